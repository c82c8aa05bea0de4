// Watches a relayed stream of the toy dialect.
#include <optional>

#include "support/toy_dialect/dialect.h"

namespace onellm::test::toy {

namespace {

using chat::Event;
using chat::EventKind;

class LineWatcher final : public dialects::RelayWatcher, private chat::EventSink {
 public:
  LineWatcher(const Toy& dialect, size_t choices, std::string_view request_id)
      : dialect_(dialect),
        choices_(choices),
        request_id_(request_id),
        lines_(make_line_decoder(static_cast<uint32_t>(choices))) {}

  void push(std::string_view bytes) override {
    if (!bytes.empty()) stands_in_line_ = bytes.back() != '\n';
    lines_->push(bytes, *this);
  }
  [[nodiscard]] dialects::RelayEnding end(const Error& cut) override {
    dialects::RelayEnding ending;
    ending.is_whole = end_mark_seen_ || (!stands_in_line_ && (error_seen_ || awaits_end()));
    ending.is_broken = !ending.is_whole && stands_in_line_;
    if (ending.is_whole && !end_mark_seen_ && !error_seen_) ending.rest = kEndMark;
    if (!ending.is_whole && !ending.is_broken) dialect_.encode_error(cut, request_id_, ending.rest);
    return ending;
  }
  void skip_event() override {}
  [[nodiscard]] bool end_mark_seen() const override { return end_mark_seen_; }
  [[nodiscard]] bool error_seen() const override { return error_seen_; }
  [[nodiscard]] bool awaits_end() const override { return finished_ >= choices_; }
  [[nodiscard]] const chat::Usage* usage() const override { return usage_ ? &*usage_ : nullptr; }
  [[nodiscard]] int64_t content_bytes() const override { return content_bytes_; }

 private:
  void take(const Event& event) override {
    content_bytes_ += static_cast<int64_t>(event.text.text.size());
    if (event.kind == EventKind::kFinished) ++finished_;
    if (event.kind == EventKind::kUsage) usage_ = *event.usage;
    end_mark_seen_ |= event.kind == EventKind::kCompleted;
    error_seen_ |= event.kind == EventKind::kFailed;
  }

  const Toy& dialect_;
  const size_t choices_;
  const std::string_view request_id_;
  const std::unique_ptr<dialects::StreamDecoder> lines_;
  bool stands_in_line_ = false;
  bool end_mark_seen_ = false;
  bool error_seen_ = false;
  size_t finished_ = 0;
  std::optional<chat::Usage> usage_;
  int64_t content_bytes_ = 0;
};

}  // namespace

std::unique_ptr<dialects::RelayWatcher> Toy::make_relay_watcher(size_t choices, std::string_view request_id) const {
  return std::make_unique<LineWatcher>(*this, choices, request_id);
}

}  // namespace onellm::test::toy
