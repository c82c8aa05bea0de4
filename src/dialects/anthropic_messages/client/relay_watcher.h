// Watches a relayed stream of the Messages API. Cheaper than decoding: only the events with usage, a stop reason or an
// error are parsed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dialects/anthropic_messages/reply/parse.h"
#include "dialects/anthropic_messages/usage.h"
#include "dialects/relay_watcher.h"
#include "sse/reader.h"

namespace onellm::dialects::anthropic_messages {

class MessageRelayWatcher final : public RelayWatcher {
 public:
  // `request_id` must outlive the watcher.
  explicit MessageRelayWatcher(std::string_view request_id) : request_id_(request_id) {}

  void push(std::string_view bytes) override;
  [[nodiscard]] RelayEnding end(const Error& cut) override;
  void skip_event() override { events_.skip_event(); }

  [[nodiscard]] bool end_mark_seen() const override { return stopped_; }
  [[nodiscard]] bool error_seen() const override { return error_seen_; }
  [[nodiscard]] bool awaits_end() const override { return finished_ && !stopped_; }
  [[nodiscard]] const chat::Usage* usage() const override { return usage_ ? &*usage_ : nullptr; }
  [[nodiscard]] int64_t content_bytes() const override { return content_bytes_; }

 private:
  void take(const sse::Event& event);
  [[nodiscard]] const MessageEvent* parse(const sse::Event& event);
  void take_counts(const MessageEvent& event);
  [[nodiscard]] bool read_last_event();

  const std::string_view request_id_;
  sse::Reader events_{sse::Reader::TooLong::kSkip};  // The client already has these bytes.
  ReplyReader reader_;
  std::string model_;
  TokenCounts counts_;
  std::optional<chat::Usage> usage_;
  int64_t content_bytes_ = 0;
  bool finished_ = false;  // A stop reason was read.
  bool stopped_ = false;   // `message_stop` was read.
  bool error_seen_ = false;
};

}  // namespace onellm::dialects::anthropic_messages
