#include "dialects/openai_chat/dialect.h"

#include "dialects/common/client/leg_members.h"
#include "dialects/common/errors/reason.h"
#include "dialects/openai_chat/choice_errors.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "dialects/openai_chat/client/encode_error.h"
#include "dialects/openai_chat/client/encode_models.h"
#include "dialects/openai_chat/client/encode_reply.h"
#include "dialects/openai_chat/client/encode_stream.h"
#include "dialects/openai_chat/client/relay_watcher.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/model_list.h"
#include "dialects/openai_chat/reply/stream.h"
#include "dialects/openai_chat/reply/whole.h"
#include "dialects/openai_chat/request/writer.h"
#include "json/raw.h"

namespace onellm::dialects::openai_chat {

OutputLimits ChatCompletions::output_limits() const {
  static constexpr std::string_view kNames[] = {"max_completion_tokens", "max_tokens"};
  return {.names = kNames};
}

Result<EncodedRequest> ChatCompletions::encode_request(const chat::Request& request,
                                                       const EncodeOptions& options) const {
  return openai_chat::encode_request(request, options);
}

std::unique_ptr<StreamDecoder> ChatCompletions::make_stream_decoder(const ReplyContext& context) const {
  return std::make_unique<ChunkStreamDecoder>(context);
}

void ChatCompletions::decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const {
  openai_chat::decode_reply(body, sink, context);
}

ModelPage ChatCompletions::decode_models(std::string_view body) const {
  return {.models = openai_chat::decode_model_list(body), .next = {}};
}

Error ChatCompletions::decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const {
  return openai_chat::decode_error(status, body);
}

// The usage of a stream (`stream_options`) is always asked for, unless the host does not know that member.
bool ChatCompletions::adds_unasked(std::string_view name, const chat::Request& request,
                                   const EncodeOptions& options) const {
  return openai_chat::adds_unasked(name, request, options);
}

std::optional<std::string> ChatCompletions::mask_errors_in_reply(std::string_view reply, json::MaskText mask) const {
  return mask_choice_errors(reply, mask);
}

std::optional<std::string> ChatCompletions::mask_errors_in_events(std::string_view events, json::MaskText mask) const {
  return mask_choice_errors_in_events(events, mask);
}

std::optional<std::string> ChatCompletions::mask_error_in_choice(json::RawMembers of_choice,
                                                                 json::MaskText mask) const {
  return mask_choice_error(of_choice, mask);
}

Result<chat::Request> ChatCompletions::decode_request(const json::Buffer& body) const {
  return openai_chat::decode_request(body);
}

std::unique_ptr<StreamEncoder> ChatCompletions::make_stream_encoder(const ReplyMeta& meta) const {
  return std::make_unique<ChunkStreamEncoder>(meta);
}

void ChatCompletions::encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const {
  openai_chat::encode_reply(answer, meta, out);
}

std::unique_ptr<RelayWatcher> ChatCompletions::make_relay_watcher(size_t choices,
                                                                  std::string_view /*request_id*/) const {
  return std::make_unique<ChunkRelayWatcher>(choices);
}

void ChatCompletions::encode_model(const ModelInfo& model, std::string& out) const {
  openai_chat::encode_model(model, out);
}

std::optional<Error> ChatCompletions::encode_models(std::span<const ModelInfo> models, std::string_view /*query*/,
                                                    std::string& out) const {
  openai_chat::encode_models(models, out);
  return std::nullopt;
}

int ChatCompletions::status_for(const Error& error) const { return status_of(error); }

ErrorWords ChatCompletions::words_for(const Error& error) const {
  return {.type = type_of(error), .code = code_of(error)};
}

void ChatCompletions::encode_error(const Error& error, std::string_view /*request_id*/, std::string& out) const {
  openai_chat::encode_error(error, out);
}

void ChatCompletions::encode_error_events(const Error& error, std::string_view /*request_id*/, std::string& out) const {
  openai_chat::encode_error_events(error, out);
}

std::string ChatCompletions::legs_member(std::span<const LegSummary> legs) const {
  return onellm_legs_member(legs, *this);
}

std::string ChatCompletions::failed_legs_member(std::span<const LegSummary> legs) const {
  return bare_legs_member(legs, *this);
}

const ChatCompletions& dialect() {
  static const ChatCompletions dialect;
  return dialect;
}

}  // namespace onellm::dialects::openai_chat
