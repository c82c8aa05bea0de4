// OpenAI's Chat Completions, the dialect of our own clients, of OpenAI, Azure and every compatible host.
// https://platform.openai.com/docs/api-reference/chat
#pragma once

#include "dialects/dialect.h"

namespace onellm::dialects {

// Lives as long as the program; has no state.
[[nodiscard]] const Dialect& openai_chat();

// Watches a relayed stream, of which the client already has the bytes, for what accounting needs.
// Cheaper than decoding: only events that may carry usage, an error or the end are looked into.
class RelayWatcher {
 public:
  RelayWatcher();
  RelayWatcher(const RelayWatcher&) = delete;
  RelayWatcher& operator=(const RelayWatcher&) = delete;
  ~RelayWatcher();

  void push(std::string_view bytes);
  // The upstream closed the stream: a last event without its blank line counts.
  void end();

  [[nodiscard]] bool done_seen() const;            // `[DONE]` was read.
  [[nodiscard]] bool finish_seen() const;          // A finish_reason that is not null was read.
  [[nodiscard]] bool error_seen() const;           // An error event was read.
  [[nodiscard]] bool at_event_boundary() const;    // See StreamDecoder.
  [[nodiscard]] const chat::Usage* usage() const;  // Null until read.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace onellm::dialects
