#include "dialects/anthropic_messages/client/encode_stream.h"

#include "dialects/anthropic_messages/client/encode_error.h"
#include "dialects/anthropic_messages/client/reply/frames.h"
#include "dialects/anthropic_messages/client/reply/identity.h"
#include "dialects/anthropic_messages/client/reply/usage.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

using chat::Event;
using chat::EventKind;

MessageStreamEncoder::MessageStreamEncoder(const ReplyMeta& meta)
    : meta_(meta), content_(blocks_, meta.hides_thoughts, call_id_seed(meta)) {}

void MessageStreamEncoder::take(const Event& event, std::string& out) {
  // The usual event of a stream.
  const bool is_next_text = event.kind == EventKind::kText && content_.text_is_open() && event.choice == 0;
  if (is_next_text && state_ == State::kBegun) {
    if (!event.text.empty()) blocks_.add_text(event.text, out);
    return;
  }
  if (state_ == State::kEnded) return;
  if (event.details != nullptr && !event.details->gateway_members.empty()) {
    gateway_members_ = event.details->gateway_members.text;
  }
  switch (event.kind) {
    case EventKind::kUsage: usage_ = *event.usage; return;
    case EventKind::kCompleted: return complete(out);
    case EventKind::kFailed: return fail(*event.error, out);
    case EventKind::kFinished:
      if (event.choice == 0) stop_.take(event);
      return begin(out);
    case EventKind::kStarted: note_start(event); break;
    case EventKind::kText:
    case EventKind::kReasoning:
    case EventKind::kRefusal:
    case EventKind::kToolCallOpened:
    case EventKind::kToolArguments:
    case EventKind::kExtra:
    case EventKind::kThinkingSigned:
    case EventKind::kPartSigned:
    case EventKind::kCitation:
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kContentEnded: begin(out); break;
  }
  content_.take(event, out);
  if (content_.problem()) fail(*content_.problem(), out);
}

void MessageStreamEncoder::keep_alive(std::string& out) {
  if (state_ != State::kEnded) out += kPing;
}

// Until the message begins, the last start counts: a target that failed may have been replaced.
void MessageStreamEncoder::note_start(const Event& event) {
  if (state_ != State::kWaiting || event.choice != 0) return;
  id_ = event.id.text;
  model_ = event.name.text;
}

void MessageStreamEncoder::begin(std::string& out) {
  if (state_ != State::kWaiting) return;
  state_ = State::kBegun;
  out += "event: message_start\ndata: ";
  {
    json::ObjectWriter event(out);
    event.add("type", json::RawString{"message_start"});
    json::ObjectWriter message(event.begin("message"));
    add_identity(message, meta_, id_, model_);
    message.begin("content") += "[]";
    message.add_null("stop_reason");
    message.add_null("stop_sequence");
    append_first_usage(message.begin("usage"), usage_ ? &*usage_ : nullptr, meta_.estimated_input_tokens);
  }
  out += kFrameEnd;
}

void MessageStreamEncoder::complete(std::string& out) {
  begin(out);
  content_.end(stop_.finish, out);
  if (content_.problem()) return fail(*content_.problem(), out);
  if (stop_.finish == chat::FinishReason::kError) {
    return fail({.kind = ErrorKind::kUpstreamBadReply, .message = "The answer ended with an error."}, out);
  }
  state_ = State::kEnded;
  stop_.has_calls = content_.has_calls();
  stop_.refusal = content_.refusal();
  out += "event: message_delta\ndata: ";
  {
    json::ObjectWriter event(out);
    event.add("type", json::RawString{"message_delta"});
    {
      json::ObjectWriter delta(event.begin("delta"));
      add_stop(delta, stop_, false);
    }
    append_usage(event.begin("usage"), usage_ ? &*usage_ : nullptr);
    event.add(json::RawMembers{gateway_members_});
  }
  out += kFrameEnd;
  out += kMessageStop;
}

void MessageStreamEncoder::fail(const Error& error, std::string& out) {
  state_ = State::kEnded;
  encode_error_event(error, meta_.request_id, out);
}

}  // namespace onellm::dialects::anthropic_messages
