// The part of ReplyFlow that ends a reply: maps the finish reasons and emits what was kept for the end.
// https://ai.google.dev/api/generate-content#FinishReason
#include "dialects/common/reply/bad_reply.h"
#include "dialects/common/reply/named_keys.h"
#include "dialects/gemini/reply/flow.h"

namespace onellm::dialects::gemini {

namespace {

using chat::EventKind;
using chat::FinishReason;

enum class Ending : uint8_t {
  kStop,
  kLength,
  kContinued,  // Like kLength. Google offers a token to continue, which only clients of Google's API can send.
  kFilter,
  kTrouble,  // The model failed, or the reason is unknown.
};

constexpr NamedKey<Ending> kEndings[] = {
    {"STOP", Ending::kStop},
    {"MAX_TOKENS", Ending::kLength},
    // https://ai.google.dev/gemini-api/docs/long-decode
    {"CONTINUATION", Ending::kContinued},
    {"SAFETY", Ending::kFilter},
    {"RECITATION", Ending::kFilter},
    {"BLOCKLIST", Ending::kFilter},
    {"PROHIBITED_CONTENT", Ending::kFilter},
    {"SPII", Ending::kFilter},
    {"LANGUAGE", Ending::kFilter},
    {"IMAGE_SAFETY", Ending::kFilter},
    {"IMAGE_PROHIBITED_CONTENT", Ending::kFilter},
    {"IMAGE_RECITATION", Ending::kFilter},
    // https://cloud.google.com/vertex-ai/docs/reference/rest/v1/FinishReason
    {"MODEL_ARMOR", Ending::kFilter},
};

Ending ending_of(std::string_view reason, bool blocked) {
  return blocked ? Ending::kFilter : find_name(kEndings, reason, Ending::kTrouble);
}

FinishReason to_finish_reason(Ending ending, bool has_calls) {
  switch (ending) {
    case Ending::kLength:
    case Ending::kContinued: return FinishReason::kLength;
    case Ending::kFilter: return FinishReason::kContentFilter;
    case Ending::kStop:
    case Ending::kTrouble: break;
  }
  return has_calls ? FinishReason::kToolCalls : FinishReason::kStop;
}

}  // namespace

void ReplyFlow::end(const Error& cut, chat::EventSink& sink) {
  if (form_ == Form::kStream && !all_finished()) return fail_cut(cut, sink);
  if (choices_.empty()) {
    if (block_reason_.empty()) return fail(bad_reply("has no candidates"), sink);
    (void)choice_at(0);
  }
  for (uint32_t index = 0; index < choices_.size(); ++index) {
    const bool is_settled = settle(choices_[index]);
    if (!choices_[index].started) start(index, sink);
    if (is_settled) continue;
    return fail(bad_reply("has a candidate without content and finishReason"), sink);
  }
  if (const Choice* choice = without_answer()) {
    return fail(gave_no_answer({choice->finish_reason}, {choice->finish_message}), sink);
  }
  for (uint32_t index = 0; index < choices_.size(); ++index) finish(index, sink);
  emit_usage(sink);
  sink.take({.kind = EventKind::kCompleted});
}

bool ReplyFlow::awaits_end() const { return !repeats_finish_ && all_finished(); }

// True once there are as many candidates as requested and each has a finish reason, or the prompt was refused.
bool ReplyFlow::all_finished() const {
  if (!block_reason_.empty()) return true;
  size_t finished = 0;
  for (const Choice& choice : choices_) {
    if (choice.started && choice.finish_reason.empty()) return false;
    if (choice.started) ++finished;
  }
  return finished > 0 && finished >= asked_;
}

// Sets a finish reason if the choice has none. False if the choice was cut off.
bool ReplyFlow::settle(Choice& choice) const {
  if (!choice.finish_reason.empty()) return true;
  if (!block_reason_.empty()) {
    choice.blocked = true;
    choice.finish_reason = block_reason_;
    choice.finish_message = block_message_;
    return true;
  }
  // A candidate index that the reply skipped never started, so it was not cut off.
  const bool is_whole = !choice.started || (form_ == Form::kWhole && choice.has_content);
  if (is_whole) choice.finish_reason = "STOP";
  return is_whole;
}

// The first choice if no choice has an answer (for the error message); else null.
const ReplyFlow::Choice* ReplyFlow::without_answer() const {
  for (const Choice& choice : choices_) {
    if (choice.has_content || choice.has_thoughts ||
        ending_of(choice.finish_reason, choice.blocked) != Ending::kTrouble)
      return nullptr;
  }
  return &choices_.front();
}

void ReplyFlow::finish(uint32_t index, chat::EventSink& sink) {
  close_call(index, sink);
  Choice& choice = choices_[index];
  const Ending ending = ending_of(choice.finish_reason, choice.blocked);
  const json::RawString why{choice.finish_message};
  if (!choice.has_content && ending == Ending::kFilter && !why.empty()) {
    sink.take({.kind = EventKind::kRefusal, .choice = index, .text = why});
  }
  if (!choice.has_content) sink.take({.kind = EventKind::kText, .choice = index});  // Content is "", not null.

  choice.sources.hand_on(index, sink);
  choice.citations.hand_on(index, sink);
  chat::EventDetails details;
  details.signature = {choice.signature};
  const bool has_more = !choice.signature.empty() || !choice.sources.empty() || !choice.citations.empty();
  if (has_more) sink.take({.kind = EventKind::kContentEnded, .choice = index, .details = &details});

  const FinishReason reason = to_finish_reason(ending, choice.calls > 0);
  const bool says_more = ending != Ending::kStop && ending != Ending::kLength;
  sink.take({.kind = EventKind::kFinished,
             .choice = index,
             .finish = reason,
             .native_finish = {says_more ? std::string_view(choice.finish_reason) : std::string_view()}});
}

// The stream was cut: still finishes the candidates that are complete, then fails.
void ReplyFlow::fail_cut(const Error& cut, chat::EventSink& sink) {
  for (uint32_t index = 0; index < choices_.size(); ++index) {
    if (choices_[index].has_content && !choices_[index].finish_reason.empty()) finish(index, sink);
  }
  fail(cut, sink);
}

void ReplyFlow::fail(const Error& error, chat::EventSink& sink) {
  emit_usage(sink);
  emit_failure(error, sink);
}

void ReplyFlow::emit_usage(chat::EventSink& sink) const {
  if (!counts_.says_something()) return;
  chat::Usage usage = to_chat_usage(counts_);
  for (const Choice& choice : choices_) usage.partial |= choice.started && choice.finish_reason.empty();
  sink.take({.kind = EventKind::kUsage, .usage = &usage});
}

}  // namespace onellm::dialects::gemini
