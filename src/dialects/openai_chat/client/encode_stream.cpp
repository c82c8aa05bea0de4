#include "dialects/openai_chat/client/encode_stream.h"

#include "base/assert.h"
#include "base/limits.h"
#include "chat/members.h"
#include "dialects/common/client/one_line.h"
#include "dialects/openai_chat/client/encode_error.h"
#include "dialects/openai_chat/client/end_mark.h"
#include "dialects/openai_chat/usage.h"
#include "json/writer.h"
#include "sse/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Event;
using chat::EventKind;

// `"a":1` becomes `,"a":1`.
void append_after_comma(std::string& out, json::RawMembers members) {
  if (members.empty()) return;
  out += ',';
  append_on_one_line(out, members.text);
}

}  // namespace

void ChunkStreamEncoder::take(const Event& event, std::string& out) {
  if (OwnForm::has(event)) return write(event, out);
  const Event* own = form_.of(event);
  if (own == nullptr) return;
  write(*own, out);
  form_.release_memory();
}

void ChunkStreamEncoder::write(const Event& event, std::string& out) {
  switch (event.kind) {
    case EventKind::kStarted: return start(event, event.choice);
    case EventKind::kText:
    case EventKind::kReasoning:
    case EventKind::kRefusal: return take_text(event, out);
    case EventKind::kToolCallOpened: return take_tool_call_opened(event, out);
    case EventKind::kToolArguments: return take_tool_arguments(event, out);
    case EventKind::kExtra: return take_extra(event, out);
    case EventKind::kThinkingSigned:
    case EventKind::kPartSigned:
    case EventKind::kCitation:
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kContentEnded: return;  // Their form here is a kExtra (OwnForm).
    case EventKind::kFinished: return take_finished(event, out);
    case EventKind::kUsage:
      usage_.clear();
      append_usage(usage_, *event.usage);
      chat::add_members(usage_reply_extra_, event.reply_extra, chat::SameKey::kReplace);
      return;
    case EventKind::kCompleted: return take_completed(event, out);
    case EventKind::kFailed: return encode_error_events(*event.error, out);
  }
}

void ChunkStreamEncoder::keep_alive(std::string& out) { out += sse::kKeepAlive; }

// The state of a choice. A choice without a kStarted (its leg failed before) is started with the known values.
ChunkStreamEncoder::Choice& ChunkStreamEncoder::choice_at(uint32_t index) {
  if (index >= choices_.size() || choices_[index].head.empty()) start(Event{.kind = EventKind::kStarted}, index);
  return choices_[index];
}

void ChunkStreamEncoder::start(const Event& event, uint32_t index) {
  ONELLM_ASSERT(index < kChoicesMax);
  if (index >= choices_.size()) choices_.resize(index + 1);
  if (id_.empty()) {
    id_ = meta_.one_envelope || event.id.empty() ? meta_.id : std::string(event.id.text);
    if (id_.empty()) id_ = event.id.empty() ? json::escape(meta_.fallback_id) : event.id.text;
    created_s_ = meta_.one_envelope || event.created_s == 0 ? meta_.created_s : event.created_s;
  }
  envelope_ = R"(data: {"id":")" + id_ + R"(","object":"chat.completion.chunk","created":)";
  json::append_integer(envelope_, created_s_);
  envelope_ += R"(,"model":")";
  envelope_ += event.name.text;
  envelope_ += R"(","choices":)";

  Choice& choice = choices_[index];
  choice.head = envelope_ + R"([{"index":)";
  json::append_integer(choice.head, index);
  choice.head += R"(,"delta":{)";
  choice.text_head = choice.head + R"("content":")";
  choice.waiting.reply_extra = event.reply_extra.text;
  choice.waiting.choice_extra = event.choice_extra.text;
  choice.waiting.delta_extra = event.delta_extra.text;
}

void ChunkStreamEncoder::take_text(const Event& event, std::string& out) {
  Choice& choice = choice_at(event.choice);
  const bool is_bare = event.text.empty();
  if (!choice.role_sent && (!is_bare || event.kind == EventKind::kText)) write_role(choice, R"("")", out);
  if (is_bare) return take_extra(event, out);
  if (event.kind == EventKind::kText) {
    out += choice.text_head;
  } else {
    out += choice.head;
    out += event.kind == EventKind::kReasoning ? R"("reasoning_content":")" : R"("refusal":")";
  }
  out += event.text.text;
  out += '"';
  append_after_comma(out, event.delta_extra);
  end_open_chunk({event.choice_extra, event.reply_extra, {}}, out);
}

void ChunkStreamEncoder::take_tool_call_opened(const Event& event, std::string& out) {
  if (has_no_place(event, shape_)) return;
  Choice& choice = choice_at(event.choice);
  Extras extras{event.choice_extra, event.reply_extra, {}};
  const bool extras_collide = (!extras.choice.empty() && !choice.waiting.choice_extra.empty()) ||
                              (!extras.reply.empty() && !choice.waiting.reply_extra.empty());
  if (!choice.role_sent && extras_collide) write_role(choice, "null", out);

  out += choice.head;
  if (!choice.role_sent) {
    choice.role_sent = true;
    out += R"("role":"assistant","content":null)";
    append_after_comma(out, {choice.waiting.delta_extra});
    out += ',';
    if (extras.choice.empty()) extras.choice = {choice.waiting.choice_extra};
    if (extras.reply.empty()) extras.reply = {choice.waiting.reply_extra};
  }
  append_opening(event, shape_, out);
  end_open_chunk(extras, out);
}

void ChunkStreamEncoder::take_tool_arguments(const Event& event, std::string& out) {
  if (has_no_place(event, shape_)) return;
  Choice& choice = choice_at(event.choice);
  if (!choice.role_sent) write_role(choice, "null", out);
  out += choice.head;
  append_arguments(event, shape_, out);
  end_open_chunk({event.choice_extra, event.reply_extra, {}}, out);
}

// Extras of a chunk or a choice that come before the role wait for the next event, which decides whether the content is
// "" or null. Extras of the delta are part of the answer and are written at once.
void ChunkStreamEncoder::take_extra(const Event& event, std::string& out) {
  if (event.delta_extra.empty() && event.choice_extra.empty() && event.reply_extra.empty()) return;
  Choice& choice = choice_at(event.choice);
  if (!choice.role_sent) {
    chat::add_members(choice.waiting.delta_extra, event.delta_extra, chat::SameKey::kAccumulate);
    chat::add_members(choice.waiting.choice_extra, event.choice_extra, chat::SameKey::kAccumulate);
    chat::add_members(choice.waiting.reply_extra, event.reply_extra, chat::SameKey::kReplace);
    const size_t waiting_bytes = choice.waiting.choice_extra.size() + choice.waiting.reply_extra.size();
    const bool may_wait = event.delta_extra.empty() && waiting_bytes < kHeldExtraBytesMax;
    if (!may_wait) write_role(choice, "null", out);
    return;
  }
  out += choice.head;
  append_on_one_line(out, event.delta_extra.text);
  end_open_chunk({event.choice_extra, event.reply_extra, {}}, out);
}

void ChunkStreamEncoder::take_finished(const Event& event, std::string& out) {
  Choice& choice = choice_at(event.choice);
  if (!choice.role_sent) write_role(choice, R"("")", out);
  out += choice.head;
  append_on_one_line(out, event.delta_extra.text);
  end_chunk({event.choice_extra, event.reply_extra, event.native_finish}, finish_word(event.finish, shape_), out);
}

// Only the usage chunk has empty choices. It carries the last extras of the reply. A client that did not ask for usage
// gets new ones in a chunk with an empty delta.
void ChunkStreamEncoder::take_completed(const Event& event, std::string& out) {
  chat::add_members(usage_reply_extra_, event.reply_extra, chat::SameKey::kReplace);
  if (meta_.include_usage && !usage_.empty()) {
    out += envelope_;
    out += "[]";
    end_envelope({usage_reply_extra_}, usage_, out);
  } else if (!usage_reply_extra_.empty() && usage_reply_extra_ != last_reply_extra_ && !choices_.empty()) {
    out += choice_at(0).head;
    end_open_chunk({{}, {usage_reply_extra_}, {}}, out);
  }
  out += kEndMark;
}

// Writes the chunk with the role. `content` is JSON: "" before text and null before tool calls, as from OpenAI.
void ChunkStreamEncoder::write_role(Choice& choice, std::string_view content, std::string& out) {
  choice.role_sent = true;
  out += choice.head;
  out += R"("role":"assistant","content":)";
  out += content;
  out += R"(,"refusal":null)";
  append_after_comma(out, {choice.waiting.delta_extra});
  end_open_chunk({{choice.waiting.choice_extra}, {choice.waiting.reply_extra}, {}}, out);
  choice.waiting = {};
}

// Ends a chunk that does not finish its choice.
void ChunkStreamEncoder::end_open_chunk(const Extras& extras, std::string& out) {
  const bool is_known =
      !ending_.text.empty() && ending_.choice_extra == extras.choice.text && ending_.reply_extra == extras.reply.text;
  if (is_known) {
    out += ending_.text;
    if (!extras.reply.empty()) last_reply_extra_ = ending_.reply_extra;
    return;
  }
  const bool may_come_again = last_reply_extra_ == extras.reply.text;
  const size_t begin = out.size();
  end_chunk(extras, "null", out);
  if (may_come_again) ending_ = {std::string(extras.choice.text), std::string(extras.reply.text), out.substr(begin)};
}

// Ends the delta, the choice and the chunk.
void ChunkStreamEncoder::end_chunk(const Extras& extras, std::string_view finish_reason, std::string& out) {
  out += '}';
  if (!chat::has_member(extras.choice, "logprobs")) out += R"(,"logprobs":null)";
  if (finish_reason == "null") {
    out += R"(,"finish_reason":null)";
  } else {
    out += R"(,"finish_reason":")";
    out += finish_reason;
    out += '"';
  }
  if (!extras.native_finish.empty()) {
    out += R"(,"native_finish_reason":")";
    out += extras.native_finish.text;
    out += '"';
  }
  append_after_comma(out, extras.choice);
  out += "}]";
  end_envelope(extras.reply, "null", out);
}

// Ends the chunk. `usage` is JSON and is written only for clients that asked for it.
void ChunkStreamEncoder::end_envelope(json::RawMembers reply_extra, std::string_view usage, std::string& out) {
  if (!reply_extra.empty()) last_reply_extra_ = reply_extra.text;
  append_after_comma(out, reply_extra);
  if (meta_.include_usage) {
    out += R"(,"usage":)";
    append_on_one_line(out, usage);
  }
  out += '}';
  sse::end_event(out);
}

}  // namespace onellm::dialects::openai_chat
