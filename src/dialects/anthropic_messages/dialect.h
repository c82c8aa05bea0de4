// The dialect of Anthropic's Messages API: providers that speak it (Claude) and clients that speak it.
// https://docs.claude.com/en/api/messages
#pragma once

#include "dialects/client_dialect.h"
#include "dialects/dialect.h"

namespace onellm::dialects::anthropic_messages {

inline constexpr std::string_view kRequestIdHeader = "request-id";  // Its clients read only this one.

class Messages final : public Dialect, public ClientDialect {
 public:
  chat::DialectId id() const override { return kAnthropicMessages; }

  OutputLimits output_limits() const override;

  // --- towards providers ---
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override;
  Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options) const override;
  std::optional<int64_t> decode_count(std::string_view body) const override;
  std::optional<EncodedRequest> continue_request(const EncodedRequest& request,
                                                 const chat::UnfinishedTurn& turn) const override;
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override;
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override;
  ModelPage decode_models(std::string_view body) const override;
  Error decode_error(int status, std::string_view body, const ReplyContext& context) const override;

  // --- towards clients ---
  Result<chat::Request> decode_request(const json::Buffer& body) const override;
  std::string field_name(std::string_view canonical, const chat::Request& request) const override;
  std::string_view after_field() const override;
  std::string_view id_prefix() const override { return "msg_"; }
  std::string_view reply_content_type() const override { return "application/json"; }
  std::string_view stream_content_type() const override { return "text/event-stream; charset=utf-8"; }
  bool begins_with_input_tokens() const override { return true; }
  void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const override;
  std::unique_ptr<StreamEncoder> make_stream_encoder(const ReplyMeta& meta) const override;
  bool relays_from_start() const override { return true; }
  std::unique_ptr<RelayWatcher> make_relay_watcher(size_t choices, std::string_view request_id) const override;
  std::optional<Result<chat::Request>> decode_outline(const json::Buffer& body) const override;
  Result<chat::Request> decode_count_request(const json::Buffer& body) const override;
  void encode_count(int64_t tokens, std::string& out) const override;
  std::string_view request_id_header() const override { return kRequestIdHeader; }
  std::string_view exposed_headers() const override;
  void add_rate_limits(HeaderList& headers, double now_ms) const override;
  bool passes_errors() const override { return true; }
  void encode_model(const ModelInfo& model, std::string& out) const override;
  std::optional<Error> encode_models(std::span<const ModelInfo> models, std::string_view query,
                                     std::string& out) const override;
  int status_for(const Error& error) const override;
  ErrorWords words_for(const Error& error) const override;
  void encode_error(const Error& error, std::string_view request_id, std::string& out) const override;
  void encode_error_events(const Error& error, std::string_view request_id, std::string& out) const override;
  std::string_view event_end() const override { return "\n\n"; }
  bool has_choices() const override { return false; }
  std::string legs_member(std::span<const LegSummary> legs) const override;
  std::string failed_legs_member(std::span<const LegSummary> legs) const override;
};

// Lives as long as the program; has no state.
[[nodiscard]] const Messages& dialect();

}  // namespace onellm::dialects::anthropic_messages
