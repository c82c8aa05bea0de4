// Implements RelayWatcher (dialect.h). Searches for a few keys first and parses only events in which one has a value:
// most events have neither usage nor a finish_reason.
#include <algorithm>
#include <bitset>
#include <iterator>
#include <optional>
#include <string_view>

#include "base/limits.h"
#include "base/text.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_chat/reply/parse.h"
#include "dialects/openai_chat/reply/whole.h"
#include "dialects/openai_chat/usage.h"
#include "sse/reader.h"

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

struct RelayWatcher::State {
  explicit State(size_t asked_choices) : asked(asked_choices) {}
  void take(const sse::Event& event);
  void take_finish(const ChunkChoice& choice);
  [[nodiscard]] bool finished() const { return finished_choices.count() >= asked; }

  const size_t asked;
  sse::Reader events{sse::Reader::TooLong::kSkip};  // The client already has these bytes.
  ChunkReader chunks;
  std::optional<chat::Usage> usage;
  int64_t content_bytes = 0;
  bool done_seen = false;
  std::bitset<kChoicesMax> finished_choices;
  bool repeats_finish = false;  // See ReplyFlow.
  bool error_seen = false;
};

void RelayWatcher::State::take(const sse::Event& event) {
  if (done_seen) return;
  if (trim(event.data) == "[DONE]") {
    done_seen = true;
    return;
  }
  if (event.type == "error") error_seen = true;
  const size_t delta = event.data.find(kDelta);
  content_bytes += text_bytes(event.data, delta);
  const bool matters = delta == event.data.npos || has_value(event.data, "usage\"") ||
                       has_value(event.data, "finish_reason\"") || has_value(event.data, "error\"");
  if (!matters) return;

  const Chunk* chunk = chunks.read(event.data);
  if (chunk == nullptr) return;
  error_seen |= !chunk->error.empty() ||
                (event.type == "message" && chunk->choices.empty() && looks_like_error(*chunk, event.data));
  for (const ChunkChoice& choice : chunk->choices) take_finish(choice);
  std::optional<chat::Usage> read = read_usage(chunk->usage);
  if (!read && !chunk->nested_usage.empty()) read = read_nested_usage(chunk->nested_usage);
  if (read) {
    read->partial = !chunk->choices.empty() && !finished();
    usage = std::move(read);
  }
}

void RelayWatcher::State::take_finish(const ChunkChoice& choice) {
  if (choice.finish_reason.empty() || choice.index >= kChoicesMax) return;
  const bool says_more = choice.pieces_begin != choice.pieces_end;
  repeats_finish |= says_more && finished_choices[choice.index];
  finished_choices.set(choice.index);
}

RelayWatcher::RelayWatcher(size_t asked) : state_(std::make_unique<State>(asked)) {}
RelayWatcher::~RelayWatcher() = default;

void RelayWatcher::push(std::string_view bytes) {
  static_cast<void>(state_->events.push(bytes, [&](const sse::Event& event) { state_->take(event); }));
}

bool RelayWatcher::end() {
  bool is_whole = state_->events.pending_is_silent();
  state_->events.end([&](const sse::Event& event) {
    state_->take(event);
    is_whole = state_->done_seen || state_->chunks.read(event.data) != nullptr;
  });
  return is_whole;
}

void RelayWatcher::skip_event() { state_->events.skip_event(); }

bool RelayWatcher::done_seen() const { return state_->done_seen; }
bool RelayWatcher::finished() const { return state_->finished(); }
bool RelayWatcher::awaits_end() const { return !state_->repeats_finish && state_->finished(); }
bool RelayWatcher::error_seen() const { return state_->error_seen; }
bool RelayWatcher::at_event_boundary() const { return state_->events.at_boundary(); }
int64_t RelayWatcher::content_bytes() const { return state_->content_bytes; }
const chat::Usage* RelayWatcher::usage() const { return state_->usage ? &*state_->usage : nullptr; }

}  // namespace onellm::dialects::openai_chat
