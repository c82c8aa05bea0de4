#include "gateway/count_tokens/plan.h"

#include <optional>
#include <utility>

#include "gateway/accounting/masked_text.h"
#include "gateway/chat/request/decoded_request.h"
#include "gateway/chat/request/encode_options.h"
#include "gateway/chat/request/field_names.h"
#include "gateway/chat/request/request_room.h"
#include "gateway/chat/request/wishes.h"
#include "gateway/keys/plan/account_refusal.h"

namespace onellm::gateway {

namespace {

// Prepares the request to the provider of the leg, if it has a count of its own, takes the request, and there is memory
// for it beside the requests of the other legs. Otherwise the leg is estimated. Returns an error if a strict request
// would lose a parameter, or if there is no memory now.
std::optional<Error> prepare(const Context& context, CountPlan& plan, CountLeg& leg, bool strict) {
  const providers::Provider& provider = *leg.target.provider;
  const providers::Api* const api = provider.kind->count_api;
  if (api == nullptr) return std::nullopt;
  const models::Contract contract =
      providers::contract_of(provider, leg.target.model, context.settings->model_rules.get());
  dialects::EncodeOptions options = options_for(context, leg.target, *api, contract, strict);
  options.as_written = plan.native;
  Result<dialects::EncodedRequest> encoded = api->dialect->encode_count(plan.request, options);
  if (!encoded) {
    const Error error = encoded.error();
    if (!strict || error.kind != ErrorKind::kUnsupportedParameter) return std::nullopt;
    return in_clients_words(error, *context.client, plan.request);
  }
  const Fit fit = take_room(plan.room, *encoded);
  if (fit == Fit::kBusy) return Error{.kind = ErrorKind::kBusy};
  if (fit == Fit::kTooLarge || !has_possible_size(context)) return std::nullopt;
  leg.encoded = std::move(*encoded);
  leg.is_asked = true;
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<CountPlan>> plan_count(Context& context, const json::Buffer& body) {
  auto plan = std::make_unique<CountPlan>(*context.encoded_room);
  Result<DecodedRequest> decoded = decode_for_count(context, body);
  if (!decoded) return decoded.error();
  if (std::optional<Error> refusal = refuse_account_state(context.caller, body)) return *std::move(refusal);
  plan->body = &body;
  plan->request = std::move(decoded->request);
  plan->native = decoded->as_written;
  context.account.model = noted_name(context, plan->request.model);
  if (!has_possible_size(context)) {
    return Error{.kind = ErrorKind::kBodyTooLarge,
                 .message =
                     "The request is too large for the memory of the gateway when its tokens are counted. Send fewer "
                     "messages, parts or tools.",
                 .param = "messages"};
  }
  // Nothing is merged here, but a request that its answer would be refused for is refused for its count too.
  if (Result<MergeMode> merge = read_merge(plan->request, context); !merge) return merge.error();
  Result<bool> strict = read_strict(plan->request, context);
  if (!strict) return strict.error();
  for (routing::Leg& leg : decoded->legs) {
    plan->legs.push_back({.name = std::move(leg.name), .target = std::move(leg.targets.front())});
    if (std::optional<Error> error = prepare(context, *plan, plan->legs.back(), *strict)) return *std::move(error);
  }
  return plan;
}

}  // namespace onellm::gateway
