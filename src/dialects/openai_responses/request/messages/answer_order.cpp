#include "dialects/openai_responses/request/messages/answer_order.h"

#include <algorithm>
#include <utility>

namespace onellm::dialects::openai_responses {

namespace {

using chat::Message;
using chat::Part;
using chat::ToolCall;
using Kind = AnswerPiece::Kind;

// True of an empty text: clients send "" beside tool calls.
bool is_nothing(const Part& part) {
  const bool is_text = part.kind == chat::PartKind::kText || part.kind == chat::PartKind::kRefusal;
  return is_text && part.text.empty();
}

std::vector<AnswerPiece> texts_of(const Message& message) {
  std::vector<AnswerPiece> texts;
  for (size_t at = 0; at < message.parts.size(); ++at) {
    if (!is_nothing(message.parts[at])) texts.push_back({Kind::kText, at});
  }
  if (!message.refusal.empty()) texts.push_back({Kind::kText, message.parts.size()});
  return texts;
}

uint32_t place_of(AnswerPiece piece, const Message& message, const std::vector<const ToolCall*>& calls,
                  const std::vector<PastReasoning>& reasoning) {
  switch (piece.kind) {
    case Kind::kText: return piece.index < message.parts.size() ? message.parts[piece.index].place : UINT32_MAX;
    case Kind::kCall: return calls[piece.index]->notes.place;
    case Kind::kReasoning: return reasoning[piece.index].block->place;
  }
  __builtin_unreachable();
}

}  // namespace

std::vector<AnswerPiece> order_of(const Message& message, const std::vector<const ToolCall*>& calls,
                                  const std::vector<PastReasoning>& reasoning, bool is_one_list) {
  std::vector<AnswerPiece> texts = texts_of(message);
  std::vector<AnswerPiece> pieces;
  pieces.reserve(texts.size() + calls.size() + reasoning.size());
  const auto add_texts = [&] {
    pieces.insert(pieces.end(), texts.begin(), texts.end());
    texts.clear();
  };
  size_t calls_done = 0;
  const auto add_calls_until = [&](size_t end) {
    for (; calls_done < std::min(end, calls.size()); ++calls_done) pieces.push_back({Kind::kCall, calls_done});
  };
  for (size_t at = 0; at < reasoning.size(); ++at) {
    if (reasoning[at].block->text_before > 0) add_texts();
    add_calls_until(reasoning[at].block->calls_before);
    pieces.push_back({Kind::kReasoning, at});
  }
  add_texts();
  add_calls_until(calls.size());
  if (!is_one_list) return pieces;
  std::stable_sort(pieces.begin(), pieces.end(), [&](AnswerPiece left, AnswerPiece right) {
    return place_of(left, message, calls, reasoning) < place_of(right, message, calls, reasoning);
  });
  return pieces;
}

}  // namespace onellm::dialects::openai_responses
