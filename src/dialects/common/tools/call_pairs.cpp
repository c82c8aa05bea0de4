#include "dialects/common/tools/call_pairs.h"

#include <algorithm>

namespace onellm::dialects {

using chat::ToolCall;

void CallPairs::add(const ToolCall& call) {
  calls_.push_back(&call);
  is_open_.push_back(true);
  ++open_count_;
}

void CallPairs::clear() {
  calls_.clear();
  is_open_.clear();
  open_count_ = first_open_ = 0;
  by_id_ = {};
  by_name_ = {};
}

std::optional<size_t> CallPairs::answer(const chat::Message& message) {
  if (!any_open()) return {};
  const std::optional<size_t> call = find_open(message);
  if (call) {
    is_open_[*call] = false;
    --open_count_;
  }
  return call;
}

std::optional<size_t> CallPairs::find_open(const chat::Message& message) {
  if (message.role == chat::Role::kFunction) {
    fill(by_name_, &ToolCall::name);
    return find(by_name_, message.name);
  }
  fill(by_id_, &ToolCall::id);
  const std::optional<size_t> call = find(by_id_, message.tool_call_id);
  if (call || !message.tool_call_id.empty()) return call;
  while (!is_open_[first_open_]) ++first_open_;
  return first_open_;
}

void CallPairs::fill(Index& index, json::RawString ToolCall::*text) const {
  if (index.entries.size() == calls_.size()) return;
  index = {};
  std::vector<size_t> ends;
  for (const ToolCall* call : calls_) {
    index.texts += json::unescape(call->*text);
    ends.push_back(index.texts.size());
  }
  size_t begin = 0;
  for (size_t call = 0; call < ends.size(); ++call) {
    index.entries.push_back({std::string_view(index.texts).substr(begin, ends[call] - begin), call});
    begin = ends[call];
  }
  std::sort(index.entries.begin(), index.entries.end(), [](const Entry& left, const Entry& right) {
    return left.text == right.text ? left.call < right.call : left.text < right.text;
  });
}

std::optional<size_t> CallPairs::find(Index& index, json::RawString text) const {
  const std::string plain = json::unescape(text);
  const auto first =
      std::lower_bound(index.entries.begin(), index.entries.end(), plain,
                       [](const Entry& entry, const std::string& wanted) { return entry.text < wanted; });
  if (first == index.entries.end()) return {};
  for (size_t at = static_cast<size_t>(first - index.entries.begin()) + first->passed;
       at < index.entries.size() && index.entries[at].text == plain; ++at) {
    ++first->passed;
    if (is_open_[index.entries[at].call]) return index.entries[at].call;
  }
  return {};
}

}  // namespace onellm::dialects
