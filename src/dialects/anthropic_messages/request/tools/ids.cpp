#include "dialects/anthropic_messages/request/tools/ids.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tuple>

#include "base/text.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr size_t kKeptBytesMax = 48;  // How much of an invalid id is kept.

bool is_legal(char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; }
bool is_legal(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return is_legal(c); });
}

class CallIds {
 public:
  explicit CallIds(const chat::Request& request) {
    for (const chat::Message& message : request.messages) {
      for (const chat::ToolCall& call : message.tool_calls) calls_.push_back(call.id);
      if (message.function_call) calls_.push_back(message.function_call->id);
    }
    for (size_t i = 0; i < calls_.size(); ++i) {
      if (is_legal(calls_[i].text)) legal_.push_back({calls_[i].text, i});
    }
    std::sort(legal_.begin(), legal_.end(), comes_before);
  }

  std::vector<std::string> make() const {
    std::vector<std::string> ids;
    ids.reserve(calls_.size());
    for (size_t i = 0; i < calls_.size(); ++i) {
      const Use* first = first_use(calls_[i].text);
      const bool is_kept = first != nullptr && first->call == i;
      ids.push_back(is_kept ? std::string(first->id) : legal_form(i));
    }
    return ids;
  }

 private:
  struct Use {
    std::string_view id;
    size_t call;
  };
  static bool comes_before(const Use& left, const Use& right) {
    return std::tie(left.id, left.call) < std::tie(right.id, right.call);
  }

  // The first call with this id; null if there is none or the id is not legal.
  const Use* first_use(std::string_view id) const {
    const auto found = std::lower_bound(legal_.begin(), legal_.end(), Use{id, 0}, comes_before);
    return found != legal_.end() && found->id == id ? &*found : nullptr;
  }

  // The legal characters of the id and the number of the call, which makes it unique among these.
  std::string legal_form(size_t call) const {
    std::string id = json::unescape({calls_[call].text});
    id.resize(std::min(id.size(), kKeptBytesMax));
    std::replace_if(
        id.begin(), id.end(), [](char c) { return !is_legal(c); }, '_');
    if (id.empty()) id = "call";
    id += '_';
    id += std::to_string(call + 1);
    while (first_use(id) != nullptr) id += '_';
    return id;
  }

  std::vector<json::RawString> calls_;
  std::vector<Use> legal_;  // The uses of legal ids, sorted.
};

}  // namespace

std::vector<std::string> legal_call_ids(const chat::Request& request) { return CallIds(request).make(); }

}  // namespace onellm::dialects::anthropic_messages
