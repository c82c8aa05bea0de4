// Converts the messages of a request to PaLM's conversation: a context, examples, and alternating turns of the user and
// the model.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "chat/request.h"

namespace onellm::dialects::palm {

// All texts in this file are escaped for a JSON string.
struct Turn {
  bool is_user = false;
  std::string author;  // The message's name; may be empty.
  std::string text;
};

struct Example {
  std::string input;
  std::string output;
};

struct Conversation {
  std::string context;  // The texts of all system and developer messages.
  // From pairs of system messages with the names example_user and example_assistant:
  // https://cookbook.openai.com/examples/how_to_format_inputs_to_chatgpt_models
  std::vector<Example> examples;
  std::vector<Turn> turns;     // Alternate between user and model; the last is the user's.
  std::optional<Error> error;  // Why the request cannot be sent to PaLM; then ignore the rest.
};

[[nodiscard]] Conversation read_conversation(const std::vector<chat::Message>& messages);

// The error for a `param` that needs something that PaLM does not have: "<param> cannot be sent: PaLM has no <what>."
[[nodiscard]] Error lacks(std::string param, std::string_view what);

}  // namespace onellm::dialects::palm
