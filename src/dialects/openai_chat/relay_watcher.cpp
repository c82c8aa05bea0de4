// RelayWatcher (openai_chat.h). Looks for words first, and parses only the few events that have one: a
// stream says most of the time that there is no usage and no finish_reason yet.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "dialects/openai_chat/chunk.h"
#include "dialects/openai_chat/openai_chat.h"
#include "dialects/openai_chat/usage_json.h"
#include "sse/reader.h"

namespace onellm::dialects {

namespace {

// True if `key` with its closing quote is followed by a value that is not null. Text that an answer quotes
// has a backslash before each quote, and does not match.
bool has_value(std::string_view data, std::string_view key_and_quote) {
  for (size_t at = data.find(key_and_quote); at != data.npos; at = data.find(key_and_quote, at + 1)) {
    const size_t value = data.find_first_not_of(" :\t\n", at + key_and_quote.size());
    if (value != data.npos && data[value] != 'n') return true;
  }
  return false;
}

// The bytes of the texts that the delta of a chunk holds, whatever their keys are.
int64_t text_bytes(std::string_view data) {
  size_t at = data.find("delta\"");
  if (at == data.npos) return 0;
  int64_t bytes = 0;
  int depth = 0;
  for (at += sizeof("delta\"") - 1; at < data.size(); ++at) {
    const char c = data[at];
    if (c == '{') ++depth;
    if (c == '}' && --depth <= 0) break;
    if (c != '"') continue;
    const size_t begin = ++at;
    while (at < data.size() && data[at] != '"') at += data[at] == '\\' ? 2 : 1;
    const bool is_key = at + 1 < data.size() && data[at + 1] == ':';
    if (!is_key) bytes += static_cast<int64_t>(std::min(at, data.size()) - begin);
  }
  return bytes;
}

}  // namespace

struct RelayWatcher::State {
  void take(const sse::Event& event);

  sse::Reader events;
  ChunkReader chunks;
  std::optional<chat::Usage> usage;
  int64_t content_bytes = 0;
  bool done_seen = false;
  bool finish_seen = false;
  bool error_seen = false;
};

void RelayWatcher::State::take(const sse::Event& event) {
  if (done_seen) return;
  if (trim(event.data) == "[DONE]") {
    done_seen = true;
    return;
  }
  if (event.type == "error") error_seen = true;
  content_bytes += text_bytes(event.data);
  const bool matters =
      has_value(event.data, "usage\"") || has_value(event.data, "finish_reason\"") || has_value(event.data, "error\"");
  if (!matters) return;

  const Chunk* chunk = chunks.read(event.data);
  if (chunk == nullptr) return;
  if (!chunk->error.empty()) error_seen = true;
  for (const ChunkChoice& choice : chunk->choices) finish_seen |= !choice.finish_reason.empty();
  std::optional<chat::Usage> read = read_usage(chunk->usage);
  if (!read && !chunk->nested_usage.empty()) read = read_nested_usage(chunk->nested_usage);
  if (read) usage = std::move(read);
}

RelayWatcher::RelayWatcher() : state_(std::make_unique<State>()) {}
RelayWatcher::~RelayWatcher() = default;

void RelayWatcher::push(std::string_view bytes) {
  // An event over the limit stops the watching, not the relaying: the client has its bytes.
  static_cast<void>(state_->events.push(bytes, [&](const sse::Event& event) { state_->take(event); }));
}

void RelayWatcher::end() {
  state_->events.end([&](const sse::Event& event) { state_->take(event); });
}

bool RelayWatcher::done_seen() const { return state_->done_seen; }
bool RelayWatcher::finish_seen() const { return state_->finish_seen; }
bool RelayWatcher::error_seen() const { return state_->error_seen; }
bool RelayWatcher::at_event_boundary() const { return state_->events.at_boundary(); }
int64_t RelayWatcher::content_bytes() const { return state_->content_bytes; }
const chat::Usage* RelayWatcher::usage() const { return state_->usage ? &*state_->usage : nullptr; }

}  // namespace onellm::dialects
