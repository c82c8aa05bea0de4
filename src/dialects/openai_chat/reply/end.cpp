// The part of ReplyFlow that ends choices and replies, with the meaning of each finish_reason.
#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "base/text.h"
#include "dialects/common/reply/bad_reply.h"
#include "dialects/common/reply/named_keys.h"
#include "dialects/openai_chat/reply/flow.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

// The finish_reasons of OpenAI and other hosts, in lower case. A word that is not here is new or reports an
// interruption. It counts as an ordinary end if there is an answer, and as a failure if there is none.
constexpr NamedKey<FinishReason> kFinishReasons[] = {
    {"stop", FinishReason::kStop},
    {"length", FinishReason::kLength},
    {"tool_calls", FinishReason::kToolCalls},
    {"content_filter", FinishReason::kContentFilter},
    {"function_call", FinishReason::kFunctionCall},
    // https://huggingface.co/docs/text-generation-inference/reference/api_reference
    {"eos_token", FinishReason::kStop},
    {"stop_sequence", FinishReason::kStop},
    // https://docs.together.ai/reference/chat-completions-1
    {"eos", FinishReason::kStop},
    // https://docs.cohere.com/reference/chat
    {"complete", FinishReason::kStop},
    {"tool_call", FinishReason::kToolCalls},
    {"error_toxic", FinishReason::kContentFilter},
    // https://docs.mistral.ai/api/#tag/chat
    {"model_length", FinishReason::kLength},
    // https://docs.z.ai/api-reference/llm/chat-completion
    {"sensitive", FinishReason::kContentFilter},
    // Anthropic's, from hosts that do not translate them. https://docs.claude.com/en/api/handling-stop-reasons
    {"end_turn", FinishReason::kStop},
    {"max_tokens", FinishReason::kLength},
    {"tool_use", FinishReason::kToolCalls},
    {"model_context_window_exceeded", FinishReason::kLength},
    {"refusal", FinishReason::kContentFilter},
    // Google's, likewise. https://ai.google.dev/api/generate-content#FinishReason
    {"continuation", FinishReason::kLength},
    {"safety", FinishReason::kContentFilter},
    {"recitation", FinishReason::kContentFilter},
    {"blocklist", FinishReason::kContentFilter},
    {"prohibited_content", FinishReason::kContentFilter},
    {"spii", FinishReason::kContentFilter},
    // Amazon's. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
    {"content_filtered", FinishReason::kContentFilter},
    {"guardrail_intervened", FinishReason::kContentFilter},
};

// The meaning of `word`; `other` if it is not in the table.
FinishReason to_finish_reason(std::string_view word, FinishReason other) {
  // Google adds what the filter found after a colon.
  if (word.starts_with("content_filter:")) return FinishReason::kContentFilter;
  return find_name(kFinishReasons, ascii_lower(word), other);
}

}  // namespace

void ReplyFlow::complete(chat::EventSink& sink) {
  ONELLM_ASSERT(any_choice());
  merged_reply_extra_ = std::exchange(waiting_reply_extra_, {});
  extras_.reply = {merged_reply_extra_};
  for (uint32_t index = 0; index < choices_.size(); ++index) {
    if (!choices_[index].started) start(index, sink);  // The host skipped this index.
    if (choices_[index].finished) continue;
    hand_on_held(index, sink);
    finish(index, {}, {}, sink);
  }
  Event event{.kind = EventKind::kCompleted};
  emit(event, sink);
}

// True if this chunk ends an answer that was interrupted before its first word. Always false if there are several
// choices: one empty choice must not fail the others.
bool ReplyFlow::is_interrupted(const Chunk& chunk, const ChunkChoice& choice) const {
  const bool is_last_word = !choice.finish_reason.empty() && chunk.error.empty();
  if (!is_last_word || choices_.size() > 1 || chunk.choices.size() > 1) return false;
  if (choices_.front().answered || choice.extra_is_answer) return false;
  if (to_finish_reason(choice.finish_reason.text, FinishReason::kError) != FinishReason::kError) return false;
  const auto is_empty = [](const Piece& piece) { return piece.kind != PieceKind::kToolCall && piece.text.empty(); };
  return std::all_of(chunk.pieces.begin(), chunk.pieces.end(), is_empty);
}

Error ReplyFlow::failure() const {
  if (interrupted_by_.empty()) return bad_reply(problem_);
  return gave_no_answer({interrupted_by_});
}

void ReplyFlow::finish(uint32_t choice_index, json::RawString reason, json::RawString native, chat::EventSink& sink) {
  Choice& choice = choices_[choice_index];
  const size_t calls = choice.tool_calls.count();
  end_calls(choice_index, calls, CallEnd::kReply, sink);
  end_content(choice_index, sink);
  choice.finished = true;
  const FinishReason known = to_finish_reason(reason.text, calls > 0 ? FinishReason::kToolCalls : FinishReason::kStop);
  if (native.empty() && reason.text != chat::to_string(known)) native = reason;
  Event event{.kind = EventKind::kFinished, .choice = choice_index, .finish = known, .native_finish = native};
  emit(event, sink);
}

}  // namespace onellm::dialects::openai_chat
