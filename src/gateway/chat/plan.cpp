#include "gateway/chat/plan.h"

#include <utility>

#include "base/limits.h"
#include "gateway/accounting/masked_text.h"
#include "gateway/chat/request/decoded_request.h"
#include "gateway/chat/request/encode_options.h"
#include "gateway/chat/request/field_names.h"
#include "gateway/chat/request/request_room.h"
#include "gateway/chat/request/wishes.h"
#include "gateway/chat/thought_memory.h"
#include "gateway/keys/plan/account_refusal.h"
#include "gateway/keys/plan/allowed_models.h"
#include "providers/echo/echo.h"

namespace onellm::gateway {

namespace {

Error bad(std::string param, std::string message) {
  return {.kind = ErrorKind::kBadRequest, .message = std::move(message), .param = std::move(param)};
}

Error too_many_models() {
  return bad("model", "So long a request cannot be sent to so many models: name fewer models or fallbacks.");
}

Error unsupported(const std::string& parameter) {
  return {.kind = ErrorKind::kUnsupportedParameter,
          .message = "echo cannot honour " + parameter + ", and the request is strict.",
          .param = parameter};
}

// A client that does not ask for the usage of a stream gets none. The gateway asks for it anyway and must remove the
// usage chunk from the reply, so such a stream is translated.
bool may_be_native(const chat::Request& request, const std::vector<PlannedLeg>& legs, chat::DialectId client) {
  if (legs.size() != 1 || request.options.lane == "translated" || request.options.cost) return false;
  if (!request.functions.empty()) return false;  // Calls may need their old shape: some models know only tools.
  for (const Attempt& attempt : legs[0].attempts) {
    const providers::Provider& provider = *attempt.target.provider;
    if (!provider.quirks.native || attempt.api.dialect == nullptr) return false;
    if (attempt.api.dialect->id() != client) return false;
    if (!attempt.encoded.reply.renamed_tools.empty()) return false;  // The original names must be restored.
    if (request.stream && provider.quirks.stream_usage && !request.include_usage) return false;
  }
  return true;
}

// The bytes of all texts that a model reads, as they stand in the body. Pictures and files are not counted.
int64_t prompt_bytes(const chat::Request& request) {
  size_t bytes = 0;
  for (const chat::Message& message : request.messages) {
    for (const chat::Part& part : message.parts) bytes += part.text.text.size();
    for (const chat::ToolCall& call : message.tool_calls) {
      bytes += call.arguments.text.size() + call.arguments_object.text.size();
    }
  }
  for (const auto* tools : {&request.tools, &request.functions}) {
    for (const chat::Tool& tool : *tools) bytes += tool.description.text.size() + tool.parameters.text.size();
  }
  return static_cast<int64_t>(bytes);
}

// Chooses the API for this request: the chat API, unless the model is known to refuse it there.
providers::Api choose_api(const routing::Target& target, const models::Contract& contract,
                          const chat::Request& request) {
  const providers::Kind& kind = *target.provider->kind;
  if (kind.other_api != nullptr) {
    if (const providers::Api* other = kind.other_api(contract, request)) return *other;
  }
  return {.dialect = kind.dialect, .endpoint = kind.chat_endpoint};
}

Error too_large() {
  return {.kind = ErrorKind::kBodyTooLarge,
          .message =
              "The request is too large for the memory of the gateway when it is prepared for its models. "
              "Send fewer messages, parts or tools, or name fewer models and fallbacks.",
          .param = "messages"};
}

// Counts the memory of an encoded request. The requests of all targets are encoded before anything is sent, because an
// error in one of them refuses the whole request.
std::optional<Error> take_room_for(const dialects::EncodedRequest& encoded, const Context& context, RoomShare& room) {
  const bool is_first = room.held() == 0;
  switch (take_room(room, encoded)) {
    case Fit::kTooLarge: return too_many_models();
    case Fit::kBusy: return Error{.kind = ErrorKind::kBusy};
    case Fit::kFits: break;
  }
  if (has_possible_size(context)) return std::nullopt;
  return is_first ? too_large() : too_many_models();
}

struct LegWish {
  bool strict = false;
  bool as_written = false;
};

Result<PlannedLeg> plan_leg(const Context& context, const chat::Request& request, routing::Leg leg, LegWish wish,
                            RoomShare& room) {
  const models::Overrides* const rules = context.settings->model_rules.get();
  PlannedLeg planned{.name = std::move(leg.name), .attempts = {}};
  const auto in_words = [&](const Error& error) { return in_clients_words(error, *context.client, request); };
  for (routing::Target& target : leg.targets) {
    std::optional<Error> refusal = providers::refusal_of_values(*target.provider->kind, request);
    if (refusal) return in_words(*refusal);
    const models::Contract contract = providers::contract_of(*target.provider, target.model, rules);
    const providers::Api api = choose_api(target, contract, request);
    Attempt attempt{.target = std::move(target), .api = api};
    if (api.dialect == nullptr) {
      attempt.encoded.dropped = providers::parameters_echo_drops(request);
      if (wish.strict && !attempt.encoded.dropped.empty()) {
        return in_words(unsupported(attempt.encoded.dropped.front()));
      }
    } else {
      attempt.options = options_for(context, attempt.target, api, contract, wish.strict);
      attempt.options.as_written = wish.as_written;
      take_lessons(*context.learned, request, context.now_ms, attempt);
      Result<dialects::EncodedRequest> encoded = encode_amended(attempt, attempt.amendment, request);
      if (!encoded) return in_words(encoded.error());
      // An envelope of the client may hold members that only this dialect has.
      if (!context.caller.is_master && api.dialect->id() != context.client->id()) {
        const json::Buffer body(encoded->body.flat());
        if (std::optional<Error> found = refuse_state_within(context.caller, body)) return *std::move(found);
      }
      if (std::optional<Error> full = take_room_for(*encoded, context, room)) return *full;
      attempt.encoded = std::move(*encoded);
      attempt.encoded.reply.choices = request.n;
    }
    planned.attempts.push_back(std::move(attempt));
  }
  return planned;
}

}  // namespace

Result<std::unique_ptr<ChatPlan>> plan_chat(Context& context, const json::Buffer& body) {
  auto plan = std::make_unique<ChatPlan>(*context.encoded_room);
  Result<DecodedRequest> decoded = decode_for_answer(context, body);
  if (!decoded) return decoded.error();
  if (std::optional<Error> refusal = refuse_account_state(context.caller, body)) return *std::move(refusal);
  const bool as_written = decoded->as_written;
  plan->body = &body;
  plan->as_written = as_written;
  plan->request = std::move(decoded->request);
  if (!as_written) context.thoughts->recall(context.account.key_id, context.now_ms, plan->request);
  if (!has_possible_size(context)) return too_large();
  // The cost of a stream is sent with its usage.
  plan->request.include_usage |= plan->request.stream && plan->request.options.cost;
  std::optional<bool>& auto_cache = plan->request.options.auto_cache;
  auto_cache = context.settings->auto_cache && context.caller.allows_auto_cache() && auto_cache.value_or(true);
  if (plan->request.source.rewritten != nullptr && !plan->room.grow(plan->request.source.rewritten->capacity())) {
    return Error{.kind = ErrorKind::kBusy};
  }
  context.account.model = noted_name(context, plan->request.model);
  context.account.prompt_bytes = as_written ? static_cast<int64_t>(body.size()) : prompt_bytes(plan->request);

  Result<MergeMode> merge = read_merge(plan->request, context);
  if (!merge) return merge.error();
  plan->merge = *merge;
  Result<bool> strict = read_strict(plan->request, context);
  if (!strict) return strict.error();

  std::vector<routing::Leg> legs = std::move(decoded->legs);
  if (legs.empty()) {
    Result<std::vector<routing::Leg>> resolved = resolve_allowed(context, plan->request.model);
    if (!resolved) return resolved.error();
    legs = std::move(*resolved);
  }
  if (legs.size() > 1 && plan->request.n > 1) {
    return bad("n", "n must be 1 where several models are asked: each of them is one answer.");
  }
  for (routing::Leg& leg : legs) {
    const LegWish wish{.strict = *strict, .as_written = as_written};
    Result<PlannedLeg> planned = plan_leg(context, plan->request, std::move(leg), wish, plan->room);
    if (!planned) return planned.error();
    plan->legs.push_back(std::move(*planned));
  }
  context.account.legs = static_cast<int>(plan->legs.size());
  if (plan->legs.size() > 1) context.account.merge = to_string(plan->merge);
  if (plan->legs.size() == 1) plan->legs[0].attempts[0].has_idempotency_key = true;
  plan->native = may_be_native(plan->request, plan->legs, context.client->id());
  return plan;
}

}  // namespace onellm::gateway
