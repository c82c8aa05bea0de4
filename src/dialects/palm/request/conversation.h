// The messages of a request as PaLM knows a conversation: what stands above it, examples of it, and turns
// of the user and the model, one after the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "chat/request.h"

namespace onellm::dialects::palm {

// All texts are the insides of JSON strings.
struct Turn {
  bool is_user = false;
  std::string author;  // Empty: not named.
  std::string text;
};

struct Example {
  std::string input;
  std::string output;
};

struct Conversation {
  std::string context;  // Of system and developer messages, wherever they stand.
  // Of pairs of system messages that are named example_user and example_assistant:
  // https://cookbook.openai.com/examples/how_to_format_inputs_to_chatgpt_models
  std::vector<Example> examples;
  std::vector<Turn> turns;     // No two of the same side in a row; the last is the user's.
  std::optional<Error> error;  // Why PaLM cannot be asked this; the rest is of no use then.
};

[[nodiscard]] Conversation read_conversation(const std::vector<chat::Message>& messages);

// What PaLM lacks: `param` and why.
[[nodiscard]] Error lacks(std::string param, std::string_view what);

}  // namespace onellm::dialects::palm
