// Watches a relayed stream of chunks. Cheaper than decoding: searches for a few keys first and parses only events in
// which one has a value, since most events have neither usage nor a finish_reason.
#pragma once

#include <bitset>
#include <optional>

#include "base/limits.h"
#include "dialects/openai_chat/reply/parse.h"
#include "dialects/relay_watcher.h"
#include "sse/reader.h"

namespace onellm::dialects::openai_chat {

class ChunkRelayWatcher final : public RelayWatcher {
 public:
  // `asked`: the number of choices that the request asked for.
  explicit ChunkRelayWatcher(size_t asked = 1) : asked_(asked) {}

  void push(std::string_view bytes) override;
  [[nodiscard]] RelayEnding end(const Error& cut) override;
  void skip_event() override { events_.skip_event(); }

  [[nodiscard]] bool end_mark_seen() const override { return end_mark_seen_; }
  [[nodiscard]] bool error_seen() const override { return error_seen_; }
  [[nodiscard]] bool awaits_end() const override { return !repeats_finish_ && finished(); }
  [[nodiscard]] const chat::Usage* usage() const override { return usage_ ? &*usage_ : nullptr; }
  [[nodiscard]] int64_t content_bytes() const override { return content_bytes_; }

  // All requested choices have their finish_reason.
  [[nodiscard]] bool finished() const { return finished_choices_.count() >= asked_; }

 private:
  void take(const sse::Event& event);
  void take_finish(const ChunkChoice& choice);
  [[nodiscard]] bool read_last_event();

  const size_t asked_;
  sse::Reader events_{sse::Reader::TooLong::kSkip};  // The client already has these bytes.
  ChunkReader chunks_;
  std::optional<chat::Usage> usage_;
  int64_t content_bytes_ = 0;
  bool end_mark_seen_ = false;
  std::bitset<kChoicesMax> finished_choices_;
  bool repeats_finish_ = false;  // See ReplyFlow.
  bool error_seen_ = false;
};

}  // namespace onellm::dialects::openai_chat
