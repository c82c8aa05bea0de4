#include "gateway/chat/request/decoded_request.h"

#include <algorithm>
#include <utility>

#include "gateway/keys/plan/allowed_models.h"

namespace onellm::gateway {

namespace {

// True if the provider gets the client's own text: the one leg has only targets that speak the client's dialect, and
// whose replies need no correction.
bool is_as_written(const chat::Request& request, const std::vector<routing::Leg>& legs, chat::DialectId client) {
  if (legs.size() != 1 || request.options.lane == "translated" || request.options.cost) return false;
  return std::all_of(legs[0].targets.begin(), legs[0].targets.end(), [client](const routing::Target& target) {
    const dialects::Dialect* const dialect = target.provider->kind->dialect;
    return target.provider->quirks.native && dialect != nullptr && dialect->id() == client;
  });
}

enum class Targets : uint8_t { kAll, kFirst };

// Fills in the targets of the model. Returns an error if there are none.
std::optional<Error> find_legs(const Context& context, Targets targets, DecodedRequest& decoded) {
  Result<std::vector<routing::Leg>> legs = resolve_allowed(context, decoded.request.model);
  if (!legs) return legs.error();
  decoded.legs = std::move(*legs);
  if (targets == Targets::kFirst) {
    for (routing::Leg& leg : decoded.legs) leg.targets.erase(leg.targets.begin() + 1, leg.targets.end());
  }
  return std::nullopt;
}

// Tries the outline. The result is complete if it is `as_written`.
Result<DecodedRequest> decode_outline(const Context& context, const json::Buffer& body, Targets targets) {
  DecodedRequest decoded;
  std::optional<Result<chat::Request>> outline = context.client->decode_outline(body);
  if (!outline) return decoded;
  if (!*outline) return outline->error();
  decoded.request = std::move(**outline);
  if (std::optional<Error> error = find_legs(context, targets, decoded)) return *std::move(error);
  decoded.as_written = is_as_written(decoded.request, decoded.legs, context.client->id());
  return decoded;
}

}  // namespace

Result<DecodedRequest> decode_for_answer(const Context& context, const json::Buffer& body) {
  Result<DecodedRequest> decoded = decode_outline(context, body, Targets::kAll);
  if (!decoded || decoded->as_written) return decoded;
  Result<chat::Request> request = context.client->decode_request(body);
  if (!request) return request.error();
  decoded->request = std::move(*request);
  return decoded;
}

Result<DecodedRequest> decode_for_count(const Context& context, const json::Buffer& body) {
  Result<DecodedRequest> decoded = decode_outline(context, body, Targets::kFirst);
  if (!decoded || decoded->as_written) return decoded;
  Result<chat::Request> request = context.client->decode_count_request(body);
  if (!request) return request.error();
  decoded->request = std::move(*request);
  if (!decoded->legs.empty()) return decoded;
  if (std::optional<Error> error = find_legs(context, Targets::kFirst, *decoded)) return *std::move(error);
  return decoded;
}

}  // namespace onellm::gateway
