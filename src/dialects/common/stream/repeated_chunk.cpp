#include "dialects/common/stream/repeated_chunk.h"

#include <algorithm>
#include <functional>

#include "base/scan.h"

namespace onellm::dialects {

namespace {

constexpr int kLessonsInVainMax = 8;

// Bytes that need the parser: control characters, quotes, backslashes, and everything beyond ASCII.
constexpr auto is_special = [](auto c) { return (c < 0x20) | (c > 0x7E) | (c == '"') | (c == '\\'); };

bool is_within(std::string_view part, std::string_view whole) {
  const std::less_equal<const char*> not_after;
  return not_after(whole.data(), part.data()) && not_after(part.data() + part.size(), whole.data() + whole.size());
}

}  // namespace

void RepeatedChunk::learn(std::string_view source, const chat::Event& event) {
  const bool is_text = event.kind == chat::EventKind::kText || event.kind == chat::EventKind::kReasoning;
  const std::string_view text = event.text.text;
  if (!is_text || text.empty() || event.details != nullptr || !is_within(text, source) ||
      lessons_in_vain_ >= kLessonsInVainMax)
    return;
  ++lessons_in_vain_;
  const auto begin = static_cast<size_t>(text.data() - source.data());
  before_ = source.substr(0, begin);
  after_ = source.substr(begin + text.size());
  delta_extra_ = event.delta_extra.text;
  choice_extra_ = event.choice_extra.text;
  reply_extra_ = event.reply_extra.text;
  event_ = event;
  event_.text = {};
  event_.delta_extra = {delta_extra_};
  event_.choice_extra = {choice_extra_};
  event_.reply_extra = {reply_extra_};
}

const chat::Event* RepeatedChunk::recognise(std::string_view source) {
  if (before_.empty() || source.size() <= before_.size() + after_.size()) return nullptr;
  const size_t text_bytes = source.size() - before_.size() - after_.size();
  if (!is_same(source.substr(0, before_.size()), before_)) return nullptr;
  if (!is_same(source.substr(before_.size() + text_bytes), after_)) return nullptr;
  const std::string_view text = source.substr(before_.size(), text_bytes);
  if (find_first(text, 0, is_special) < text.size()) return nullptr;
  lessons_in_vain_ = 0;
  event_.text = {text};
  return &event_;
}

}  // namespace onellm::dialects
