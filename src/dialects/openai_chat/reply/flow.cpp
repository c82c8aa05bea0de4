#include "dialects/openai_chat/reply/flow.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/scan.h"
#include "chat/members.h"
#include "dialects/openai_chat/usage.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Event;
using chat::EventKind;

bool is_answer(const Chunk& chunk, const ChunkChoice& choice) {
  const bool finishes = !choice.finish_reason.empty() && chunk.error.empty();
  return finishes || choice.extra_is_answer || choice.pieces_begin != choice.pieces_end;
}

// Keeps the extras (unknown members) of a choice for later. False if they exceed kHeldExtraBytesMax.
bool hold(const ChunkChoice& choice, std::string& delta, std::string& of_choice, chat::ExtraHolds& holds) {
  if (!choice.extra_says_something) return true;
  const size_t bytes = choice.delta_extra.text.size() + choice.choice_extra.text.size();
  if (delta.size() + of_choice.size() + bytes > kHeldExtraBytesMax) return false;
  chat::add_members(delta, choice.delta_extra, chat::SameKey::kAccumulate);
  chat::add_members(of_choice, choice.choice_extra, chat::SameKey::kAccumulate);
  holds = std::max(holds, choice.extra_holds);
  return true;
}

EventKind event_kind(PieceKind kind) {
  switch (kind) {
    case PieceKind::kReasoning: return EventKind::kReasoning;
    case PieceKind::kText: return EventKind::kText;
    case PieceKind::kRefusal: return EventKind::kRefusal;
    case PieceKind::kToolCall: return EventKind::kToolArguments;
  }
  return EventKind::kExtra;
}

}  // namespace

bool ReplyFlow::take(const Chunk& chunk, chat::EventSink& sink) {
  if (id_.empty()) id_ = chunk.id.text;
  if (model_.empty()) model_ = chunk.model.text;
  if (created_s_ == 0) created_s_ = chunk.created_s;

  take_extra_of_reply(chunk);
  if (!is_same(chunk.service_tier.text, service_tier_)) note_service_tier(chunk.service_tier);
  for (const ChunkChoice& choice : chunk.choices) take_choice(chunk, choice, sink);
  take_usage(chunk, sink);
  if (!extras_.reply.empty()) keep_extra_of_reply(chunk, sink);
  return *problem_ == '\0' && interrupted_by_.empty();
}

void ReplyFlow::take_extra_of_reply(const Chunk& chunk) {
  extras_.reply = chunk.extra;
  if (waiting_reply_extra_.empty()) return;
  merged_reply_extra_ = std::exchange(waiting_reply_extra_, {});
  chat::add_members(merged_reply_extra_, chunk.extra, chat::SameKey::kReplace);
  extras_.reply = {merged_reply_extra_};
}

// Members of the reply that no event of this chunk carried wait for the next chunk. More than kWaitingExtraBytesMax are
// passed on at once, since every chunk processes all that waits.
void ReplyFlow::keep_extra_of_reply(const Chunk& chunk, chat::EventSink& sink) {
  if (extras_.reply.text.size() > kWaitingExtraBytesMax) hand_on_extra_of_reply(chunk, sink);
  waiting_reply_extra_ = extras_.reply.text;
  extras_.reply = {};
}

void ReplyFlow::hand_on_extra_of_reply(const Chunk& chunk, chat::EventSink& sink) {
  if (choices_.empty()) {
    choices_.resize(1);
    return start(0, sink);
  }
  const auto is_open = [](const Choice& choice) { return choice.started && !choice.finished; };
  const auto open = std::find_if(choices_.begin(), choices_.end(), is_open);
  if (open == choices_.end()) {  // No chunk may follow a finish_reason; usage or the end carries them.
    if (extras_.reply.text.size() > kHeldExtraBytesMax) extras_.reply = chunk.extra;  // The latest values count.
    return;
  }
  const auto index = static_cast<uint32_t>(open - choices_.begin());
  if (!std::exchange(open->answered, true)) hand_on_held(index, sink);
  if (extras_.reply.empty()) return;
  Event event{.kind = EventKind::kExtra, .choice = index};
  emit(event, sink);
}

void ReplyFlow::take_choice(const Chunk& chunk, const ChunkChoice& choice, chat::EventSink& sink) {
  Choice& state = choice_at(choice.index);
  if (!state.started) start(choice.index, sink);
  if (is_interrupted(chunk, choice)) {
    interrupted_by_ = choice.finish_reason.text;
    return;
  }
  if (choice.source == PieceSource::kMessage && state.answered) {
    // The message repeats text that was already passed on. Only its finish_reason is new.
    // https://www.minimax.io/platform/document/ChatCompletion_v2
    const ChunkChoice end{.index = choice.index,
                          .finish_reason = choice.finish_reason,
                          .native_finish_reason = choice.native_finish_reason};
    return take_choice(chunk, end, sink);
  }
  if (!is_answer(chunk, choice)) {
    // https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming
    if (choice.has_filter_offsets) return;
    if (!state.answered && hold(choice, state.held_delta, state.held_choice, state.held_holds)) return;
  }
  if (!std::exchange(state.answered, true)) hand_on_held(choice.index, sink);

  const bool was_finished = state.finished;
  const bool says_more = choice.pieces_begin != choice.pieces_end;
  if (was_finished && says_more && !choice.finish_reason.empty()) repeats_finish_ = true;
  extras_.delta = choice.delta_extra;
  extras_.choice = choice.choice_extra;
  extras_.holds = choice.extra_holds;
  extras_.logprobs = choice.logprobs;
  for (size_t at = choice.pieces_begin; at < choice.pieces_end; ++at) {
    const Piece& piece = chunk.pieces[at];
    if (piece.kind == PieceKind::kToolCall) {
      take_tool_call(piece, choice.index, sink);
    } else {
      Event event{.kind = event_kind(piece.kind), .choice = choice.index, .text = piece.text};
      emit(event, sink);
    }
  }
  if (!was_finished) hand_on_typed(choice, sink);
  if (!choice.finish_reason.empty() && !state.finished && chunk.error.empty()) {
    finish(choice.index, choice.finish_reason, choice.native_finish_reason, sink);
  }
  // No extras may follow the chunk with the finish_reason: clients use the last finish_reason that they see.
  const bool extras_left = !extras_.delta.empty() || !extras_.choice.empty();
  if (extras_left && choice.extra_says_something && !was_finished) {
    Event event{.kind = EventKind::kExtra, .choice = choice.index};
    emit(event, sink);
  }
  extras_.delta = extras_.choice = {};
  extras_.logprobs = {};
}

void ReplyFlow::hand_on_held(uint32_t choice_index, chat::EventSink& sink) {
  Choice& state = choices_[choice_index];
  if (state.held_delta.empty() && state.held_choice.empty()) return;
  const std::string delta = std::exchange(state.held_delta, {});
  const std::string of_choice = std::exchange(state.held_choice, {});
  extras_.delta = {delta};
  extras_.choice = {of_choice};
  extras_.holds = state.held_holds;
  extras_.logprobs = {};
  Event event{.kind = EventKind::kExtra, .choice = choice_index};
  emit(event, sink);
}

void ReplyFlow::take_usage(const Chunk& chunk, chat::EventSink& sink) {
  std::optional<chat::Usage> usage = read_usage(chunk.usage);
  if (!usage && !chunk.nested_usage.empty()) usage = read_nested_usage(chunk.nested_usage);
  if (!usage) return;
  usage->partial = !chunk.choices.empty() && !all_finished();  // Some hosts send usage in every chunk.
  Event event{.kind = EventKind::kUsage, .usage = &*usage};
  emit(event, sink);
}

bool ReplyFlow::all_finished() const {
  size_t finished = 0;
  for (const Choice& choice : choices_) {
    if (choice.started && !choice.finished) return false;
    if (choice.finished) ++finished;
  }
  return finished > 0 && finished >= asked_;
}

ReplyFlow::Choice& ReplyFlow::choice_at(uint32_t index) {
  if (choices_.size() <= index) choices_.resize(index + 1);
  return choices_[index];
}

void ReplyFlow::start(uint32_t choice_index, chat::EventSink& sink) {
  choices_[choice_index].started = true;
  Event event{
      .kind = EventKind::kStarted, .choice = choice_index, .id = {id_}, .name = {model_}, .created_s = created_s_};
  emit(event, sink);
}

void ReplyFlow::emit(chat::Event& event, chat::EventSink& sink) {
  const bool of_tool_call = event.kind == EventKind::kToolCallOpened || event.kind == EventKind::kToolArguments;
  const bool of_reply =
      event.kind == EventKind::kStarted || event.kind == EventKind::kUsage || event.kind == EventKind::kCompleted;
  event.extra_of = kOpenaiChat;
  event.reply_extra = std::exchange(extras_.reply, {});
  json::Raw logprobs;
  if (!of_reply) {
    event.choice_extra = std::exchange(extras_.choice, {});
    logprobs = std::exchange(extras_.logprobs, {});
  }
  if (!of_reply && !of_tool_call) {
    event.delta_extra = std::exchange(extras_.delta, {});
    if (!event.delta_extra.empty()) event.extra_holds = extras_.holds;
  }
  const bool may_be_signed = of_tool_call && !event.delta_extra.empty();
  if (has_new_tier_ || may_be_signed || !logprobs.empty()) return emit_with_details(event, logprobs, sink);
  sink.take(event);
}

}  // namespace onellm::dialects::openai_chat
