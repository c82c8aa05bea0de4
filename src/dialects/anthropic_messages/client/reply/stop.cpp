#include "dialects/anthropic_messages/client/reply/stop.h"

#include <algorithm>
#include <iterator>

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::FinishReason;

// Anthropic's reasons that no finish reason of chat says. They pass from provider to client.
constexpr std::string_view kOwnReasons[] = {"pause_turn", "model_context_window_exceeded", "compaction"};
constexpr std::string_view kStopSequence = "stop_sequence";
constexpr std::string_view kRefusal = "refusal";

std::string_view reason_of(FinishReason finish) {
  switch (finish) {
    case FinishReason::kStop:
    case FinishReason::kError: return "end_turn";
    case FinishReason::kLength: return "max_tokens";
    case FinishReason::kToolCalls:
    case FinishReason::kFunctionCall: return "tool_use";
    case FinishReason::kContentFilter: return kRefusal;
  }
  __builtin_unreachable();
}

void add_text_or_null(json::ObjectWriter& object, std::string_view key, const std::string& text) {
  if (text.empty()) return object.add_null(key);
  object.add(key, json::RawString{text});
}

}  // namespace

void Stop::take(const chat::Event& event) {
  finish = event.finish;
  native_finish = event.native_finish.text;
  if (event.details != nullptr) take_details(*event.details);
}

void Stop::take_details(const chat::EventDetails& details) {
  if (!details.stop_sequence.empty()) sequence = details.stop_sequence.text;
  if (!details.refusal_category.empty()) category = details.refusal_category.text;
}

std::string_view stop_reason(const Stop& stop) {
  const auto* const own = std::find(std::begin(kOwnReasons), std::end(kOwnReasons), stop.native_finish);
  if (own != std::end(kOwnReasons)) return stop.has_calls && *own == kOwnReasons[2] ? "tool_use" : *own;
  const bool ends_turn = stop.finish != FinishReason::kLength && stop.finish != FinishReason::kContentFilter;
  if (ends_turn && stop.has_calls) return "tool_use";
  if (ends_turn && !stop.sequence.empty()) return kStopSequence;
  return ends_turn ? "end_turn" : reason_of(stop.finish);
}

void add_stop(json::ObjectWriter& object, const Stop& stop, bool full) {
  const std::string_view reason = stop_reason(stop);
  object.add("stop_reason", json::RawString{reason});
  add_text_or_null(object, "stop_sequence", reason == kStopSequence ? stop.sequence : std::string());
  if (reason != kRefusal) {
    if (full) object.add_null("stop_details");
    return;
  }
  json::ObjectWriter details(object.begin("stop_details"));
  details.add("type", json::RawString{kRefusal});
  add_text_or_null(details, "category", stop.category);
  add_text_or_null(details, "explanation", stop.refusal);
}

}  // namespace onellm::dialects::anthropic_messages
