#include "gateway/count_tokens/plan.h"

#include <utility>

#include "gateway/accounting/masked_text.h"
#include "gateway/chat/request/decoded_request.h"
#include "gateway/chat/request/encode_options.h"

namespace onellm::gateway {

namespace {

// Prepares the request to the provider of the leg, if it has a count of its own and takes the request. A request that
// it cannot take is estimated. Returns an error if there is no memory.
std::optional<Error> prepare(const Context& context, CountPlan& plan, CountLeg& leg) {
  const providers::Provider& provider = *leg.target.provider;
  const providers::Api* const api = provider.kind->count_api;
  if (api == nullptr) return std::nullopt;
  const models::Contract contract =
      providers::contract_of(provider, leg.target.model, context.settings->model_rules.get());
  dialects::EncodeOptions options = options_for(context, leg.target, *api, contract, false);
  options.as_written = plan.native;
  Result<dialects::EncodedRequest> encoded = api->dialect->encode_count(plan.request, options);
  if (!encoded) return std::nullopt;
  if (!plan.room.grow(encoded->body.memory_bytes())) return Error{.kind = ErrorKind::kBusy};
  leg.encoded = std::move(*encoded);
  leg.is_asked = true;
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<CountPlan>> plan_count(Context& context, const json::Buffer& body) {
  auto plan = std::make_unique<CountPlan>(*context.encoded_room);
  Result<DecodedRequest> decoded = decode_for_count(context, body);
  if (!decoded) return decoded.error();
  plan->request = std::move(decoded->request);
  plan->native = decoded->as_written;
  context.account.model = noted_name(context, plan->request.model);
  for (routing::Leg& leg : decoded->legs) {
    plan->legs.push_back({.target = std::move(leg.targets.front())});
    if (std::optional<Error> error = prepare(context, *plan, plan->legs.back())) return *std::move(error);
  }
  return plan;
}

}  // namespace onellm::gateway
