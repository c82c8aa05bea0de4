// Why an answer ended, in Anthropic's words.
// https://docs.claude.com/en/api/handling-stop-reasons
#pragma once

#include <optional>
#include <string>

#include "chat/event.h"
#include "json/writer.h"

namespace onellm::dialects::anthropic_messages {

struct Stop {
  chat::FinishReason finish = chat::FinishReason::kStop;
  // The insides of JSON strings, or empty.
  std::string native_finish = {};  // The provider's own word.
  std::string sequence = {};       // The text at which the model stopped.
  std::string category = {};       // The kind of rule for which it refused.
  std::string refusal = {};        // Why it refused.
  bool has_calls = false;

  // Reads a kFinished, or the details that stand beside one.
  void take(const chat::Event& event);
  void take_details(const chat::EventDetails& details);
};

// `tool_use` if and only if there is a call, unless the answer was cut off or refused.
[[nodiscard]] std::string_view stop_reason(const Stop& stop);

// Adds stop_reason, stop_sequence and, for a refusal, stop_details. `full`: stop_details is null for the others.
void add_stop(json::ObjectWriter& object, const Stop& stop, bool full);

}  // namespace onellm::dialects::anthropic_messages
