#include "dialects/anthropic_messages/client/relay_watcher.h"

#include <utility>

#include "base/limits.h"
#include "dialects/anthropic_messages/client/encode_error.h"
#include "dialects/anthropic_messages/client/reply/frames.h"

namespace onellm::dialects::anthropic_messages {

namespace {

// The members of a delta with text of the answer.
constexpr std::string_view kTextKeys[] = {"text\"", "thinking\"", "partial_json\""};

// Bytes of the string value that follows one of the keys. A key inside the text has a backslash before its quote.
int64_t text_bytes(std::string_view data) {
  for (const std::string_view key : kTextKeys) {
    const size_t at = data.rfind(key);
    if (at == data.npos || at == 0 || data[at - 1] != '"') continue;
    const size_t colon = data.find_first_not_of(' ', at + key.size());
    if (colon == data.npos || data[colon] != ':') continue;
    const size_t open = data.find('"', colon);
    if (open == data.npos) continue;
    size_t end = open + 1;
    while (end < data.size() && data[end] != '"') end += data[end] == '\\' ? 2 : 1;
    return static_cast<int64_t>(end - open) - 1;
  }
  return 0;
}

}  // namespace

void MessageRelayWatcher::push(std::string_view bytes) {
  static_cast<void>(events_.push(bytes, [&](const sse::Event& event) { take(event); }));
}

// The type stands in the `event:` line and, for hosts without that line, in the data.
void MessageRelayWatcher::take(const sse::Event& event) {
  if (stopped_) return;
  if (event.type == "content_block_delta") {
    content_bytes_ += text_bytes(event.data);
    return;
  }
  if (event.type == "ping" || event.type == "content_block_stop") return;
  if (event.type == "error") error_seen_ = true;
  const MessageEvent* read = parse(event);
  if (read == nullptr) return;
  switch (read->type) {
    case EventType::kMessage:
    case EventType::kMessageStart:
    case EventType::kMessageDelta: take_counts(*read); break;
    case EventType::kMessageStop: stopped_ = true; break;
    case EventType::kError: error_seen_ = true; break;
    case EventType::kBlockDelta: content_bytes_ += static_cast<int64_t>(read->part.text.text.size()); break;
    case EventType::kBlockStart: counts_.fell_back |= read->part.kind == PartKind::kFallback; break;
    case EventType::kBlockStop:
    case EventType::kOther: break;
  }
}

const MessageEvent* MessageRelayWatcher::parse(const sse::Event& event) {
  const MessageEvent* read = reader_.read(event.data, event.type);
  if (read != nullptr && read->has_error) error_seen_ = true;
  return read;
}

void MessageRelayWatcher::take_counts(const MessageEvent& event) {
  if (!event.model.empty()) model_ = event.model.text;
  finished_ |= !event.stop_reason.empty();
  if (!event.usage.says_something()) return;
  counts_.update(event.usage);
  usage_ = to_chat_usage(counts_, model_);
  usage_->partial = !finished_;
}

// A last event without its blank line counts. False if that event is incomplete: a blank line would not make it valid.
bool MessageRelayWatcher::read_last_event() {
  bool is_whole = events_.pending_is_silent();
  events_.end([&](const sse::Event& event) {
    take(event);
    is_whole = reader_.read(event.data, event.type) != nullptr;
  });
  return is_whole;
}

RelayEnding MessageRelayWatcher::end(const Error& cut) {
  const bool at_boundary = events_.at_boundary();
  const bool lacks_blank_line = read_last_event() && !at_boundary;
  RelayEnding ending;
  if (lacks_blank_line) ending.rest = kFrameEnd;
  const bool may_go_on = at_boundary || lacks_blank_line;
  if (stopped_ || (error_seen_ && may_go_on)) {
    ending.is_whole = true;
  } else if (finished_ && may_go_on) {
    ending.is_whole = true;
    ending.rest += kMessageStop;
  } else if (at_boundary) {
    encode_error_event(cut, request_id_, ending.rest);
  } else {
    ending.is_broken = true;
  }
  if (ending.is_broken) ending.rest.clear();
  return ending;
}

}  // namespace onellm::dialects::anthropic_messages
