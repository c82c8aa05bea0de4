#include "dialects/openai_chat/client/relay_watcher.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "dialects/openai_chat/client/encode_error.h"
#include "dialects/openai_chat/client/end_mark.h"
#include "dialects/openai_chat/reply/whole.h"
#include "dialects/openai_chat/usage.h"

namespace onellm::dialects::openai_chat {

namespace {

// True if the key, given with its closing quote, is followed by a value that is not null. A key quoted in the answer's
// text has a backslash before its quote and does not match.
bool has_value(std::string_view data, std::string_view key_and_quote) {
  for (size_t at = data.find(key_and_quote); at != data.npos; at = data.find(key_and_quote, at + 1)) {
    const size_t value = data.find_first_not_of(" :\t\n", at + key_and_quote.size());
    if (value != data.npos && data[value] != 'n') return true;
  }
  return false;
}

// The members of a delta with the answer's text, and the keys of texts inside them.
constexpr std::string_view kTextKeys[] = {"content", "reasoning_content", "reasoning",
                                          "refusal", "tool_calls",        "function_call"};
constexpr std::string_view kInnerKeys[] = {"text", "name", "arguments", "input"};

template <size_t kCount>
bool is_one_of(const std::string_view (&keys)[kCount], std::string_view key) {
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

// Adds the bytes of the texts in the object that begins at or after `at`; returns where it ends.
size_t add_text_bytes(std::string_view data, size_t at, int64_t& bytes) {
  int depth = 0;
  bool is_text = false;     // The current member of the delta is in kTextKeys.
  bool is_counted = false;  // The current value is text of the answer.
  for (; at < data.size(); ++at) {
    const char c = data[at];
    if (c == '{') ++depth;
    if (c == '}' && --depth <= 0) break;
    if (depth == 0 && c == ',') break;  // The value was null.
    if (c != '"') continue;
    const size_t begin = ++at;
    while (at < data.size() && data[at] != '"') at += data[at] == '\\' ? 2 : 1;
    const size_t end = std::min(at, data.size());
    const size_t next = data.find_first_not_of(" \t\n", end + 1);
    if (next == data.npos || data[next] != ':') {
      if (is_counted) bytes += static_cast<int64_t>(end - begin);
      continue;
    }
    const std::string_view key = data.substr(begin, end - begin);
    if (depth == 1) is_text = is_one_of(kTextKeys, key);
    is_counted = is_text && (depth == 1 || is_one_of(kInnerKeys, key));
  }
  return at;
}

constexpr std::string_view kDelta = "delta\"";

// The bytes of the texts in all deltas of a chunk. The first delta is at `at`.
int64_t text_bytes(std::string_view data, size_t at) {
  int64_t bytes = 0;
  for (; at < data.size(); at = data.find(kDelta, at)) {
    at = add_text_bytes(data, at + kDelta.size(), bytes);
  }
  return bytes;
}

}  // namespace

void ChunkRelayWatcher::take(const sse::Event& event) {
  if (end_mark_seen_) return;
  if (trim(event.data) == kEndMarkData) {
    end_mark_seen_ = true;
    return;
  }
  if (event.type == "error") error_seen_ = true;
  const size_t delta = event.data.find(kDelta);
  content_bytes_ += text_bytes(event.data, delta);
  const bool matters = delta == event.data.npos || has_value(event.data, "usage\"") ||
                       has_value(event.data, "finish_reason\"") || has_value(event.data, "error\"");
  if (!matters) return;

  const Chunk* chunk = chunks_.read(event.data);
  if (chunk == nullptr) return;
  error_seen_ |= !chunk->error.empty() ||
                 (event.type == "message" && chunk->choices.empty() && looks_like_error(*chunk, event.data));
  for (const ChunkChoice& choice : chunk->choices) take_finish(choice);
  std::optional<chat::Usage> read = read_usage(chunk->usage);
  if (!read && !chunk->nested_usage.empty()) read = read_nested_usage(chunk->nested_usage);
  if (read) {
    read->partial = !chunk->choices.empty() && !finished();
    usage_ = std::move(read);
  }
}

void ChunkRelayWatcher::take_finish(const ChunkChoice& choice) {
  if (choice.finish_reason.empty() || choice.index >= kChoicesMax) return;
  const bool says_more = choice.pieces_begin != choice.pieces_end;
  repeats_finish_ |= says_more && finished_choices_[choice.index];
  finished_choices_.set(choice.index);
}

void ChunkRelayWatcher::push(std::string_view bytes) {
  static_cast<void>(events_.push(bytes, [&](const sse::Event& event) { take(event); }));
}

// A last event without its blank line counts. False if that event is incomplete: a blank line would not make it valid.
bool ChunkRelayWatcher::read_last_event() {
  bool is_whole = events_.pending_is_silent();
  events_.end([&](const sse::Event& event) {
    take(event);
    is_whole = end_mark_seen_ || chunks_.read(event.data) != nullptr;
  });
  return is_whole;
}

RelayEnding ChunkRelayWatcher::end(const Error& cut) {
  const bool at_boundary = events_.at_boundary();
  const bool lacks_blank_line = read_last_event() && !at_boundary;
  RelayEnding ending;
  if (lacks_blank_line) ending.rest = "\n\n";
  if (end_mark_seen_) {
    ending.is_whole = true;
  } else if ((finished() || error_seen_) && (at_boundary || lacks_blank_line)) {
    ending.is_whole = true;
    ending.rest += kEndMark;
  } else if (at_boundary) {
    encode_error_events(cut, ending.rest);
  } else {
    ending.is_broken = true;
    ending.rest.clear();
  }
  return ending;
}

}  // namespace onellm::dialects::openai_chat
