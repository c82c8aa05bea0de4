// The part of ReplyFlow that ends choices and replies: what a finish_reason means.
#include <utility>

#include "base/assert.h"
#include "dialects/named_keys.h"
#include "dialects/openai_chat/reply_flow.h"

namespace onellm::dialects {

namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

// OpenAI's words, and those that hosts have in their place.
constexpr NamedKey<FinishReason> kFinishReasons[] = {
    {"stop", FinishReason::kStop},
    {"length", FinishReason::kLength},
    {"tool_calls", FinishReason::kToolCalls},
    {"content_filter", FinishReason::kContentFilter},
    {"function_call", FinishReason::kFunctionCall},
    {"max_tokens", FinishReason::kLength},
    {"model_length", FinishReason::kLength},
    {"sensitive", FinishReason::kContentFilter},
    {"tool_use", FinishReason::kToolCalls},
};

FinishReason to_finish_reason(std::string_view word, bool has_calls) {
  // Google says behind a colon what the filter found.
  if (word.starts_with("content_filter:")) return FinishReason::kContentFilter;
  return find_name(kFinishReasons, word, has_calls ? FinishReason::kToolCalls : FinishReason::kStop);
}

}  // namespace

void ReplyFlow::complete(chat::EventSink& sink) {
  ONELLM_ASSERT(any_choice());
  merged_reply_extra_ = std::exchange(waiting_reply_extra_, {});
  extras_.reply = {merged_reply_extra_};
  for (uint32_t index = 0; index < choices_.size(); ++index) {
    if (!choices_[index].started) start(index, sink);  // A host skipped an index.
    if (choices_[index].finished) continue;
    hand_on_held(index, sink);
    finish(index, {}, {}, sink);
  }
  Event event{.kind = EventKind::kCompleted};
  emit(event, sink);
}

void ReplyFlow::finish(uint32_t choice_index, json::RawString reason, json::RawString native, chat::EventSink& sink) {
  Choice& choice = choices_[choice_index];
  const size_t calls = choice.tool_calls.count();
  end_calls(choice_index, calls, CallEnd::kReply, sink);
  choice.finished = true;
  const FinishReason known = to_finish_reason(reason.text, calls > 0);
  if (native.empty() && reason.text != chat::to_string(known)) native = reason;
  Event event{.kind = EventKind::kFinished, .choice = choice_index, .finish = known, .native_finish = native};
  emit(event, sink);
}

}  // namespace onellm::dialects
