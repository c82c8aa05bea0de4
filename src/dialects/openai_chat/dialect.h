// The dialect of OpenAI's Chat Completions API. Our clients, OpenAI, Azure and all compatible hosts use it.
// https://platform.openai.com/docs/api-reference/chat
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

class ChatCompletions final : public Dialect, public ClientDialect {
 public:
  chat::DialectId id() const override { return kOpenaiChat; }
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override;
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override;
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override;
  ModelPage decode_models(std::string_view body) const override;
  Error decode_error(int status, std::string_view body, const ReplyContext& context) const override;

  Result<chat::Request> decode_request(const json::Buffer& body) const override;
  std::unique_ptr<StreamEncoder> make_stream_encoder(const ReplyMeta& meta) const override;
  void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const override;
  void encode_error(const Error& error, std::string& out) const override;
};

// Lives as long as the program; has no state.
[[nodiscard]] const ChatCompletions& dialect();

// Watches a relayed stream for accounting. In a relay the client gets the provider's bytes unchanged.
// Cheaper than decoding: only events that may carry usage, an error or the end are parsed.
class RelayWatcher {
 public:
  // `asked`: the number of choices that the request asked for.
  explicit RelayWatcher(size_t asked = 1);
  RelayWatcher(const RelayWatcher&) = delete;
  RelayWatcher& operator=(const RelayWatcher&) = delete;
  ~RelayWatcher();

  void push(std::string_view bytes);
  // The stream ended. A last event without its blank line counts. False if that event is incomplete: adding a blank
  // line would not make it valid.
  [[nodiscard]] bool end();
  // Skips the event that is being read, for lack of memory.
  void skip_event();

  [[nodiscard]] bool done_seen() const;   // `[DONE]` was read.
  [[nodiscard]] bool finished() const;    // All requested choices have their finish_reason.
  [[nodiscard]] bool awaits_end() const;  // See StreamDecoder.
  [[nodiscard]] bool error_seen() const;  // An error event was read.
  // True if the last byte pushed ended an event. The gateway may then add its own lines to the client's stream.
  [[nodiscard]] bool at_event_boundary() const;
  [[nodiscard]] const chat::Usage* usage() const;  // Null until read.
  [[nodiscard]] int64_t content_bytes() const;     // Roughly, the bytes of all texts in the deltas.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace onellm::dialects::openai_chat
