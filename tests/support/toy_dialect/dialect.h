// A dialect that only tests have: what the core does for any dialect is tried with it, towards clients and towards
// providers. One JSON object a line, in requests and replies, streamed or whole:
//
//   request  {"ask":"a,b","stream":true,"join":"race","heat":0.5,"words":64,
//             "tools":[{"name":"f","about":"…","takes":{…}}],
//             "turns":[{"rule":"…"},{"user":"Hi"},{"model":"Yes?"},{"call":"f","id":"c1","args":"{}"},
//                      {"result":"…","of":"c1"}]}
//   reply    {"from":"model","id":"toy-1"}   a choice begins
//            {"say":"…"} {"think":"…"} {"refuse":"…"} {"call":"name","id":"c1"} {"args":"…"}
//            {"end":"stop"}                  a choice ends
//            {"read":3,"wrote":2}            usage
//            {"over":true}                   the end mark
//            {"oops":"message","status":418,"code":"overloaded","request":"req_1"}
//            {"still":"here"}                keeps a silent stream open
//   Lines of a choice other than the first have its number: "at":1.
//
// Clients have it without tools. Its fixtures are in tests/fixtures/toy/contract.
//
// Rule: nothing in it looks like any other dialect: not the content types, not the end mark, not the status of an
// overload.
#pragma once

#include "dialects/client_dialect.h"
#include "dialects/clients.h"
#include "dialects/dialect.h"

namespace onellm::test::toy {

inline constexpr std::string_view kPath = "/toy";
inline constexpr std::string_view kReplyType = "application/x-toy";
inline constexpr std::string_view kStreamType = "application/x-toy-lines";
inline constexpr std::string_view kEndMark = "{\"over\":true}\n";
inline constexpr std::string_view kKeepAlive = "{\"still\":\"here\"}\n";
inline constexpr int kOverloadedStatus = 418;  // For the error that other dialects show as 503.

class Toy final : public dialects::Dialect, public dialects::ClientDialect {
 public:
  [[nodiscard]] chat::DialectId id() const override { return dialects::kTestDialect; }

  [[nodiscard]] Result<dialects::EncodedRequest> encode_request(const chat::Request& request,
                                                                const dialects::EncodeOptions& options) const override;
  [[nodiscard]] std::string_view stream_type() const override { return kStreamType; }
  [[nodiscard]] std::unique_ptr<dialects::StreamDecoder> make_stream_decoder(
      const dialects::ReplyContext& context) const override;
  void decode_reply(std::string_view body, const dialects::ReplyContext& context, chat::EventSink& sink) const override;
  [[nodiscard]] dialects::ModelPage decode_models(std::string_view /*body*/) const override { return {}; }
  [[nodiscard]] Error decode_error(int status, std::string_view body,
                                   const dialects::ReplyContext& context) const override;

  [[nodiscard]] Result<chat::Request> decode_request(const json::Buffer& body) const override;
  [[nodiscard]] std::string_view id_prefix() const override { return "toy-"; }
  [[nodiscard]] std::string_view reply_content_type() const override { return kReplyType; }
  [[nodiscard]] std::string_view stream_content_type() const override { return kStreamType; }
  void encode_reply(const chat::Answer& answer, const dialects::ReplyMeta& meta, std::string& out) const override;
  [[nodiscard]] std::unique_ptr<dialects::StreamEncoder> make_stream_encoder(
      const dialects::ReplyMeta& meta) const override;
  [[nodiscard]] std::unique_ptr<dialects::RelayWatcher> make_relay_watcher(size_t choices,
                                                                           std::string_view request_id) const override;
  void encode_model(const dialects::ModelInfo& model, std::string& out) const override { out += model.id; }
  [[nodiscard]] std::optional<Error> encode_models(std::span<const dialects::ModelInfo> models,
                                                   std::string_view /*query*/, std::string& out) const override {
    for (const dialects::ModelInfo& model : models) out.append(model.id).append("\n");
    return std::nullopt;
  }
  [[nodiscard]] int status_for(const Error& error) const override;
  [[nodiscard]] dialects::ErrorWords words_for(const Error& error) const override;
  void encode_error(const Error& error, std::string_view request_id, std::string& out) const override;
  void encode_error_events(const Error& error, std::string_view request_id, std::string& out) const override;
  [[nodiscard]] std::string_view event_end() const override { return "\n"; }
  [[nodiscard]] bool has_choices() const override { return has_choices_; }
  [[nodiscard]] std::string legs_member(std::span<const dialects::LegSummary> legs) const override;
  [[nodiscard]] std::string failed_legs_member(std::span<const dialects::LegSummary> legs) const override;

  explicit Toy(bool has_choices) : has_choices_(has_choices) {}

 private:
  const bool has_choices_;
};

[[nodiscard]] const Toy& dialect();
// The same without choices: several models can only be joined to one.
[[nodiscard]] const Toy& single_choice_dialect();

// A table of routes with the toy alone.
[[nodiscard]] dialects::ClientRoutes routes();
[[nodiscard]] dialects::ClientRoutes single_choice_routes();

// Reads the lines of a reply, however they are cut.
[[nodiscard]] std::unique_ptr<dialects::StreamDecoder> make_line_decoder(uint32_t choices);

}  // namespace onellm::test::toy
