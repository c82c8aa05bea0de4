#include "dialects/openai_chat/reply/tool_call_table.h"

#include <utility>

#include "base/limits.h"

namespace onellm::dialects::openai_chat {

namespace {

// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
uint64_t hash(uint64_t state, std::string_view text) {
  for (const char c : text) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return state;
}

}  // namespace

bool TrackedToolCall::hear(json::RawString fragment) {
  const std::string_view text = fragment.text;
  const bool may_repeat = !custom && text.size() == heard_bytes && text.starts_with('{') && text.ends_with('}');
  if (may_repeat && hash(kNothingHeard, text) == heard_hash) return false;
  heard_hash = hash(heard_hash, text);
  heard_bytes += text.size();
  return true;
}

// The arguments are JSON inside a JSON string, so their quotes and backslashes are escaped once more.
void TrackedToolCall::follow(json::RawString fragment) {
  const std::string_view text = fragment.text;
  has_arguments |= !text.empty();
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '\\') {
      c = text[++at];
      if (c == 'u') {
        const std::string_view code = text.substr(at + 1, 4);
        c = code == "0022" ? '"' : code == "005c" || code == "005C" ? '\\' : ' ';
        at += 4;
      } else if (c != '"' && c != '\\') {
        c = ' ';
      }
    }
    if (std::exchange(after_backslash, false)) continue;
    if (c == '"') in_string = !in_string;
    if (in_string) {
      after_backslash = c == '\\';
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

size_t ToolCallTable::place(const Piece& fragment) {
  current_ = find(fragment);
  if (current_ == kToolCallsMax) return current_;
  if (current_ == calls_.size()) calls_.push_back({.wire_index = fragment.wire_index});
  TrackedToolCall& call = calls_[current_];
  if (call.id.empty()) keep(fragment.id, call.id);
  if (call.name.empty()) keep(fragment.name, call.name);
  call.custom |= fragment.custom;
  return named_bytes_ <= kToolNamesBytesMax ? current_ : kToolCallsMax;
}

void ToolCallTable::keep(json::RawString text, std::string& in) {
  named_bytes_ += text.text.size();
  if (named_bytes_ <= kToolNamesBytesMax) in = text.text;
}

size_t ToolCallTable::find(const Piece& fragment) const {
  if (calls_.empty()) return 0;
  if (fragment.wire_index >= 0) return find_by_index(fragment);

  if (!fragment.id.empty()) {
    for (size_t call = 0; call < calls_.size(); ++call) {
      if (calls_[call].id == fragment.id.text) return call;
    }
    return calls_.size();
  }
  // Neither index nor id. A name other than the current call's begins a new call. So does any name in a later element
  // of the same array.
  const bool begins_another =
      !fragment.name.empty() && (fragment.repeats_index || calls_[current_].name != fragment.name.text);
  return begins_another ? calls_.size() : current_;
}

size_t ToolCallTable::find_by_index(const Piece& fragment) const {
  for (size_t call = calls_.size(); call-- > 0;) {
    if (calls_[call].wire_index != fragment.wire_index) continue;
    // Some hosts give every call the index 0. A fragment with a name and another id is then another call. Without an
    // id, another name means another call.
    const bool is_other_id = !fragment.id.empty() && calls_[call].id != fragment.id.text;
    const bool is_other_name = fragment.id.empty() && !calls_[call].name.empty() &&
                               (fragment.repeats_index || calls_[call].name != fragment.name.text);
    const bool begins_another = !fragment.name.empty() && (is_other_id || is_other_name);
    return begins_another ? calls_.size() : call;
  }
  return calls_.size();
}

}  // namespace onellm::dialects::openai_chat
