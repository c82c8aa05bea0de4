#include "dialects/anthropic_messages/request/splice/thought_cuts.h"

#include <algorithm>
#include <vector>

#include "base/limits.h"
#include "dialects/common/reasoning/envelope.h"
#include "dialects/common/splice/source_members.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::anthropic_messages {

namespace {

// Letters, digits and the point are never escaped by JSON writers.
constexpr std::string_view kEnvelopeBegin = "onellm1.";

using Elements = std::vector<std::string_view>;

// Reads the elements of all arrays of a request. A list of more than any request may have is given as empty: its array
// is then left as it is, and its provider judges it.
class ElementReader {
 public:
  Elements read(std::string_view array) {
    Elements elements;
    bool is_whole = true;
    read_elements(
        array, [](size_t) { return true; },
        [&](size_t, std::string_view element) {
          is_whole = is_whole && room_ > 0;
          if (!is_whole) return;
          --room_;
          elements.push_back(element);
        });
    return is_whole ? elements : Elements();
  }

 private:
  size_t room_ = kRequestElementsMax;
};

// The inside of a string value; empty if the member is absent or no string.
json::RawString text_of(const std::vector<chat::SourceMember>& members, std::string_view key) {
  const chat::SourceMember* member = what_counts(members, key);
  if (member == nullptr || !member->value.starts_with('"')) return {};
  return {member->value.substr(1, member->value.size() - 2)};
}

bool is_cut(std::string_view block, Thoughts which) {
  if (!block.starts_with('{')) return false;
  const std::vector<chat::SourceMember> members = read_members(block);
  const json::RawString type = text_of(members, "type");
  const bool is_thinking = json::key_is(type, "thinking");
  if (!is_thinking && !json::key_is(type, "redacted_thinking")) return false;
  if (which == Thoughts::kAll) return true;
  return is_envelope(json::unescape(text_of(members, is_thinking ? "signature" : "data")));
}

const char* end_of(std::string_view text) { return text.data() + text.size(); }

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<size_t>(end - begin)}; }

// Cuts elements of an array, each with one comma. Call take() for each element, in order.
class ArrayCutter {
 public:
  ArrayCutter(const Elements& elements, SourceSplice& splice) : elements_(elements), splice_(splice) {}

  void take(size_t index, bool cut) {
    if (!cut) {
      one_stays_ = true;
    } else if (one_stays_) {
      splice_.replace(between(end_of(elements_[index - 1]), end_of(elements_[index])), {});
    } else if (index + 1 < elements_.size()) {
      splice_.replace(between(elements_[index].data(), elements_[index + 1].data()), {});
    } else {
      splice_.replace(elements_[index], {});
    }
  }

 private:
  const Elements& elements_;
  SourceSplice& splice_;
  bool one_stays_ = false;
};

class ThoughtCutter {
 public:
  ThoughtCutter(Thoughts which, SourceSplice& splice) : which_(which), splice_(splice) {}

  bool cut_from(std::string_view messages) {
    const Elements elements = reader_.read(messages);
    ArrayCutter cutter(elements, splice_);
    for (size_t i = 0; i < elements.size(); ++i) cutter.take(i, take_message(elements[i]));
    return has_cut_;
  }

 private:
  // Returns true if the whole message is to be cut. Otherwise its blocks have been cut.
  bool take_message(std::string_view message) {
    if (!message.starts_with('{')) return false;
    if (which_ == Thoughts::kForeign && !may_have_foreign_thoughts(message)) return false;
    const std::vector<chat::SourceMember> members = read_members(message);
    const chat::SourceMember* content = what_counts(members, "content");
    if (content == nullptr || !content->value.starts_with('[')) return false;
    const Elements blocks = reader_.read(content->value);
    std::vector<bool> cuts(blocks.size());
    for (size_t i = 0; i < blocks.size(); ++i) cuts[i] = is_cut(blocks[i], which_);
    const auto cut_count = static_cast<size_t>(std::count(cuts.begin(), cuts.end(), true));
    if (cut_count == 0) return false;
    has_cut_ = true;
    if (cut_count == blocks.size()) return true;
    ArrayCutter cutter(blocks, splice_);
    for (size_t i = 0; i < blocks.size(); ++i) cutter.take(i, cuts[i]);
    return false;
  }

  const Thoughts which_;
  SourceSplice& splice_;
  ElementReader reader_;
  bool has_cut_ = false;
};

}  // namespace

bool may_have_foreign_thoughts(std::string_view text) { return text.find(kEnvelopeBegin) != text.npos; }

bool cut_thoughts(std::string_view messages, Thoughts which, SourceSplice& splice) {
  return messages.starts_with('[') && ThoughtCutter(which, splice).cut_from(messages);
}

}  // namespace onellm::dialects::anthropic_messages
