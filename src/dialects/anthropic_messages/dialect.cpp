#include "dialects/anthropic_messages/dialect.h"

#include "dialects/anthropic_messages/client/decode_outline.h"
#include "dialects/anthropic_messages/client/decode_request.h"
#include "dialects/anthropic_messages/client/encode_error.h"
#include "dialects/anthropic_messages/client/encode_models.h"
#include "dialects/anthropic_messages/client/encode_reply.h"
#include "dialects/anthropic_messages/client/encode_stream.h"
#include "dialects/anthropic_messages/client/field_names.h"
#include "dialects/anthropic_messages/client/rate_limits.h"
#include "dialects/anthropic_messages/client/relay_watcher.h"
#include "dialects/anthropic_messages/client/request/field_words.h"
#include "dialects/anthropic_messages/errors.h"
#include "dialects/anthropic_messages/model_list.h"
#include "dialects/anthropic_messages/reply/stream.h"
#include "dialects/anthropic_messages/reply/whole.h"
#include "dialects/anthropic_messages/request/continued.h"
#include "dialects/anthropic_messages/request/count.h"
#include "dialects/anthropic_messages/request/splice/as_written.h"
#include "dialects/anthropic_messages/request/writer.h"
#include "dialects/common/client/leg_members.h"
#include "dialects/common/request/count_body.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

OutputLimits Messages::output_limits() const {
  static constexpr std::string_view kNames[] = {"max_tokens"};
  return {.names = kNames, .may_be_zero = true};
}

Result<EncodedRequest> Messages::encode_request(const chat::Request& request, const EncodeOptions& options) const {
  if (options.as_written) return encode_as_written(request, options);
  return anthropic_messages::encode_request(request, options);
}

Result<EncodedRequest> Messages::encode_count(const chat::Request& request, const EncodeOptions& options) const {
  return anthropic_messages::encode_count(request, options);
}

std::optional<int64_t> Messages::decode_count(std::string_view body) const { return read_count(body, "input_tokens"); }

Result<chat::Request> Messages::decode_count_request(const json::Buffer& body) const {
  return anthropic_messages::decode_request(body, Purpose::kCount);
}

void Messages::encode_count(int64_t tokens, std::string& out) const {
  json::ObjectWriter object(out);
  object.add("input_tokens", tokens);
}

std::optional<EncodedRequest> Messages::continue_request(const EncodedRequest& request,
                                                         const chat::UnfinishedTurn& turn) const {
  return anthropic_messages::continue_request(request, turn);
}

std::unique_ptr<StreamDecoder> Messages::make_stream_decoder(const ReplyContext& context) const {
  return std::make_unique<MessageStreamDecoder>(context);
}

void Messages::decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const {
  anthropic_messages::decode_reply(body, context, sink);
}

ModelPage Messages::decode_models(std::string_view body) const { return anthropic_messages::decode_model_list(body); }

Error Messages::decode_error(int status, std::string_view body, const ReplyContext& context) const {
  return anthropic_messages::decode_error(status, body, context.model);
}

Result<chat::Request> Messages::decode_request(const json::Buffer& body) const {
  return anthropic_messages::decode_request(body);
}

std::string_view Messages::after_field() const { return kFieldWords.after_path; }

std::string Messages::field_name(std::string_view canonical, const chat::Request& request) const {
  return anthropic_messages::field_name(canonical, request);
}

void Messages::encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const {
  anthropic_messages::encode_reply(answer, meta, out);
}

std::unique_ptr<StreamEncoder> Messages::make_stream_encoder(const ReplyMeta& meta) const {
  return std::make_unique<MessageStreamEncoder>(meta);
}

std::unique_ptr<RelayWatcher> Messages::make_relay_watcher(size_t /*choices*/, std::string_view request_id) const {
  return std::make_unique<MessageRelayWatcher>(request_id);
}

std::optional<Result<chat::Request>> Messages::decode_outline(const json::Buffer& body) const {
  return anthropic_messages::decode_outline(body);
}

std::string_view Messages::exposed_headers() const {
  static const std::string names = std::string(kRequestIdHeader).append(", ").append(kRateLimitHeaders);
  return names;
}

void Messages::add_rate_limits(HeaderList& headers, double now_ms) const {
  anthropic_messages::add_rate_limits(headers, now_ms);
}

void Messages::encode_model(const ModelInfo& model, std::string& out) const {
  anthropic_messages::encode_model(model, out);
}

std::optional<Error> Messages::encode_models(std::span<const ModelInfo> models, std::string_view query,
                                             std::string& out) const {
  return anthropic_messages::encode_models(models, query, out);
}

int Messages::status_for(const Error& error) const { return anthropic_messages::status_for(error); }

ErrorWords Messages::words_for(const Error& error) const {
  return {.type = std::string(type_for(anthropic_messages::status_for(error))), .code = {}};
}

void Messages::encode_error(const Error& error, std::string_view request_id, std::string& out) const {
  anthropic_messages::encode_error(error, request_id, out);
}

void Messages::encode_error_events(const Error& error, std::string_view request_id, std::string& out) const {
  anthropic_messages::encode_error_event(error, request_id, out);
}

std::string Messages::legs_member(std::span<const LegSummary> legs) const { return onellm_legs_member(legs, *this); }

std::string Messages::failed_legs_member(std::span<const LegSummary> legs) const {
  return bare_legs_member(legs, *this);
}

const Messages& dialect() {
  static const Messages dialect;
  return dialect;
}

}  // namespace onellm::dialects::anthropic_messages
