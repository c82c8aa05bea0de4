// The part of ReplyFlow that emits content and the end of the reply.
#include <utility>

#include "base/assert.h"
#include "base/limits.h"
#include "dialects/anthropic_messages/reply/flow.h"
#include "dialects/common/reply/bad_reply.h"
#include "dialects/common/reply/named_keys.h"
#include "dialects/common/tools/tool_call_id.h"
#include "dialects/common/tools/tool_names.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::EventKind;
using chat::FinishReason;

// https://docs.claude.com/en/api/handling-stop-reasons
struct StopReason {
  FinishReason finish = FinishReason::kStop;
  bool says_more = true;  // More exact than OpenAI's finish reason, so it is also passed to the client.
  bool is_known = true;
  bool operator==(const StopReason&) const = default;
};

constexpr NamedKey<StopReason> kStopReasons[] = {
    {"end_turn", {FinishReason::kStop, false}},
    {"tool_use", {FinishReason::kToolCalls, false}},
    {"max_tokens", {FinishReason::kLength, false}},
    {"stop_sequence", {FinishReason::kStop, true}},
    {"model_context_window_exceeded", {FinishReason::kLength, true}},
    {"refusal", {FinishReason::kContentFilter, true}},
    // The model paused between steps of the provider's own tools. OpenAI has no finish reason for this.
    {"pause_turn", {FinishReason::kStop, true}},
    {"compaction", {FinishReason::kStop, true}},
};
constexpr StopReason kOther{.is_known = false};

// The value as compact JSON, escaped to stand inside a JSON string.
std::string as_string(json::Raw value) {
  std::string compact;
  json::compact_to(compact, value);
  return json::escape(compact);
}

}  // namespace

void ReplyFlow::open_tool_call(const Part& part, Block& block, chat::EventSink& sink) {
  if (!part.input.empty()) block.input = as_string(part.input);
  if (block.input == "{}") block.input.clear();
  const json::RawString name = known_tool_name(renamed_tools_, part.name);
  if (!renamed_.empty()) {
    PropertyRestorer names(name, renamed_);
    if (names.is_needed()) block.names = std::move(names);
  }
  if (!text_tool_.empty() && json::key_is(part.name, text_tool_)) {
    block.is_text_tool = text_tool_called_ = true;
    return release_held_text(EventKind::kReasoning, sink);
  }
  if (calls_ == kToolCallsMax) {
    problem_ = "has too many tool calls";
    return;
  }
  block.call = calls_++;
  const std::string made_id = part.id.empty() ? make_tool_call_id(id_, part.name.text, 0, block.call) : std::string();
  sink.take({.kind = EventKind::kToolCallOpened,
             .tool_call = block.call,
             .has_made_id = part.id.empty(),
             .id = part.id.empty() ? json::RawString{made_id} : part.id,
             .name = name});
}

// The text tool is a tool of ours whose arguments are the answer in the wanted format. Once it is called, other text
// is not part of the answer and becomes reasoning. Before that, text is held: it may still be the answer.
void ReplyFlow::take_text(json::RawString text, chat::EventSink& sink) {
  if (text.empty()) return;
  if (text_tool_called_) return sink.take({.kind = EventKind::kReasoning, .text = text});
  if (text_tool_.empty() || has_text_) return emit_text(text, sink);
  held_text_ += text.text;
  if (held_text_.size() > kHeldTextBytesMax) release_held_text(EventKind::kText, sink);
}

void ReplyFlow::release_held_text(EventKind kind, chat::EventSink& sink) {
  if (held_text_.empty()) return;
  const std::string text = std::exchange(held_text_, {});
  if (kind == EventKind::kText) return emit_text({text}, sink);
  sink.take({.kind = kind, .text = {text}});
}

void ReplyFlow::emit_text(json::RawString text, chat::EventSink& sink) {
  has_text_ = true;
  text_characters_ += json::count_characters(text);
  sink.take({.kind = EventKind::kText, .text = text});
}

// Emits an empty text if no content was emitted yet, so that the client's content is "", not null.
void ReplyFlow::begin_content(chat::EventSink& sink) {
  if (content_begun_ || has_text_ || calls_ > 0 || refusal_said_) return;
  content_begun_ = true;
  sink.take({.kind = EventKind::kText});
}

void ReplyFlow::take_thinking(json::RawString text, chat::EventSink& sink) {
  if (!thinking_.is_open()) thinking_.open(place());
  if (text.empty()) return;
  thinking_.add_text(text);
  sink.take({.kind = EventKind::kReasoning, .text = text});
}

void ReplyFlow::sign(json::RawString signature) {
  if (signature.empty()) return;
  if (!thinking_.is_open()) thinking_.open(place());
  thinking_.sign(signature);
}

void ReplyFlow::close_thinking(chat::EventSink& sink) {
  if (thinking_.is_open()) has_signed_ |= thinking_.close({model_}, sink);
}

void ReplyFlow::hand_on_redacted(json::RawString data, chat::EventSink& sink) {
  has_signed_ = true;
  chat::EventDetails details;
  details.thinking = {.redacted = true,
                      .text = data,
                      .model = {model_},
                      .calls_before = place().calls_before,
                      .text_before = place().text_before};
  sink.take({.kind = EventKind::kThinkingSigned, .details = &details});
}

void ReplyFlow::take_fragment(Block& block, json::RawString text, chat::EventSink& sink) {
  if (text.empty()) return;
  block.has_fragments = true;
  std::string restored;
  if (block.names) {
    block.names->push(text, restored);
    text = {restored};
    if (restored.empty()) return;
  }
  if (block.is_text_tool) return emit_text(text, sink);
  sink.take({.kind = EventKind::kToolArguments, .tool_call = block.call, .text = text});
}

void ReplyFlow::add_citations(const MessageEvent& event, const Part& part) {
  for (size_t at = part.citations_begin; at < part.citations_end; ++at) {
    citations_.add(event.citations[at]);
  }
}

void ReplyFlow::complete(chat::EventSink& sink) {
  ONELLM_ASSERT(started_);
  if (is_interrupted()) return emit_failure(gave_no_answer({stop_reason_}, {explanation_}), sink);
  for (Block& block : blocks_) close_block(block, sink);
  close_thinking(sink);
  release_held_text(EventKind::kText, sink);
  hand_on_refusal(sink);
  begin_content(sink);
  end_content(sink);
  hand_on_finish(sink);
  sink.take({.kind = EventKind::kCompleted});
}

// True of a message that has no content and an unknown stop reason.
bool ReplyFlow::is_interrupted() const {
  if (has_blocks_ || has_text_ || !held_text_.empty() || stop_reason_.empty()) return false;
  return !find_key(kStopReasons, {stop_reason_}, kOther).is_known;
}

// A refusal has an explanation and usually no text.
void ReplyFlow::hand_on_refusal(chat::EventSink& sink) {
  if (refusal_said_ || stop_reason_ != "refusal" || explanation_.empty()) return;
  refusal_said_ = true;
  sink.take({.kind = EventKind::kRefusal, .text = {explanation_}});
}

void ReplyFlow::end_content(chat::EventSink& sink) {
  const bool has_cited = citations_.hand_on(sink);
  if (has_signed_ || has_cited) sink.take({.kind = EventKind::kContentEnded});
}

void ReplyFlow::hand_on_finish(chat::EventSink& sink) const {
  StopReason reason = find_key(kStopReasons, {stop_reason_}, kOther);
  if (reason.finish == FinishReason::kToolCalls && calls_ == 0 && text_tool_called_)
    reason.finish = FinishReason::kStop;
  if (stop_reason_.empty() && calls_ > 0) reason.finish = FinishReason::kToolCalls;
  const json::RawString native = {reason.says_more ? std::string_view(stop_reason_) : std::string_view()};
  chat::EventDetails details;
  details.stop_sequence = {stop_sequence_};
  details.refusal_category = {refusal_category_};
  details.container = {container_};
  // A paused turn is not continued if the client has tool calls to answer, or if the text came from the text tool.
  const bool goes_on = stop_reason_ == "pause_turn" && !content_.empty() && calls_ == 0 && !text_tool_called_;
  const chat::UnfinishedTurn turn{.content = {content_}, .characters = text_characters_};
  sink.take({.kind = EventKind::kFinished,
             .finish = reason.finish,
             .native_finish = native,
             .unfinished = goes_on ? &turn : nullptr,
             .details = details.is_of_choice() || details.is_of_reply() ? &details : nullptr});
}

}  // namespace onellm::dialects::anthropic_messages
