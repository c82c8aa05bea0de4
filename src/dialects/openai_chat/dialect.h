// The dialect of OpenAI's Chat Completions API. Our clients, OpenAI, Azure and all compatible hosts use it.
// https://platform.openai.com/docs/api-reference/chat
#pragma once

#include "dialects/client_dialect.h"
#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

class ChatCompletions final : public Dialect, public ClientDialect {
 public:
  chat::DialectId id() const override { return kOpenaiChat; }
  OutputLimits output_limits() const override;
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override;
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override;
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override;
  ModelPage decode_models(std::string_view body) const override;
  Error decode_error(int status, std::string_view body, const ReplyContext& context) const override;

  bool adds_unasked(std::string_view name, const chat::Request& request, const EncodeOptions& options) const override;
  std::optional<std::string> mask_errors_in_reply(std::string_view reply, json::MaskText mask) const override;
  std::optional<std::string> mask_errors_in_events(std::string_view events, json::MaskText mask) const override;
  std::optional<std::string> mask_error_in_choice(json::RawMembers of_choice, json::MaskText mask) const override;

  Result<chat::Request> decode_request(const json::Buffer& body) const override;
  std::string_view id_prefix() const override { return "chatcmpl-"; }
  std::string_view reply_content_type() const override { return "application/json"; }
  std::string_view stream_content_type() const override { return "text/event-stream; charset=utf-8"; }
  void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const override;
  std::unique_ptr<StreamEncoder> make_stream_encoder(const ReplyMeta& meta) const override;
  std::unique_ptr<RelayWatcher> make_relay_watcher(size_t choices, std::string_view request_id) const override;
  void encode_model(const ModelInfo& model, std::string& out) const override;
  std::optional<Error> encode_models(std::span<const ModelInfo> models, std::string_view query,
                                     std::string& out) const override;
  int status_for(const Error& error) const override;
  ErrorWords words_for(const Error& error) const override;
  void encode_error(const Error& error, std::string_view request_id, std::string& out) const override;
  void encode_error_events(const Error& error, std::string_view request_id, std::string& out) const override;
  std::string_view event_end() const override { return "\n\n"; }
  bool has_choices() const override { return true; }
  std::string legs_member(std::span<const LegSummary> legs) const override;
  std::string failed_legs_member(std::span<const LegSummary> legs) const override;
};

// Lives as long as the program; has no state.
[[nodiscard]] const ChatCompletions& dialect();

}  // namespace onellm::dialects::openai_chat
