// OpenAI's Chat Completions, the dialect of our own clients, of OpenAI, Azure and every compatible host.
// https://platform.openai.com/docs/api-reference/chat
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects::openai_chat {

class ChatCompletions final : public Dialect, public ClientDialect {
 public:
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

// Watches a relayed stream, of which the client already has the bytes, for what accounting needs.
// Cheaper than decoding: only events that may carry usage, an error or the end are looked into.
class RelayWatcher {
 public:
  // Of a reply to a request for `asked` choices.
  explicit RelayWatcher(size_t asked = 1);
  RelayWatcher(const RelayWatcher&) = delete;
  RelayWatcher& operator=(const RelayWatcher&) = delete;
  ~RelayWatcher();

  void push(std::string_view bytes);
  // Nothing more comes: a last event without its blank line counts. False if it is half of one, which no
  // blank line makes whole.
  [[nodiscard]] bool end();
  // There is no memory for the event that is being read: it is not watched.
  void skip_event();

  [[nodiscard]] bool done_seen() const;            // `[DONE]` was read.
  [[nodiscard]] bool finished() const;             // As many choices as asked have their finish_reason.
  [[nodiscard]] bool awaits_end() const;           // See StreamDecoder.
  [[nodiscard]] bool error_seen() const;           // An error event was read.
  [[nodiscard]] bool at_event_boundary() const;    // See StreamDecoder.
  [[nodiscard]] const chat::Usage* usage() const;  // Null until read.
  [[nodiscard]] int64_t content_bytes() const;     // Of the texts in the deltas, roughly.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace onellm::dialects::openai_chat
