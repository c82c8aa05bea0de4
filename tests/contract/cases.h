// The cases of the contract: for each the parts that its fixture has, and the facts that they must show in any dialect.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contract/facts.h"

namespace onellm::contract {

enum Parts : uint8_t {
  kRequest = 1,    // fixtures/contract/requests/<case>.json; blocks `sent`, `dropped` or `refused`
  kReply = 2,      // blocks `reply`, `answer`
  kStream = 4,     // blocks `stream`, `events`
  kErrorBody = 8,  // blocks `status`, `body`, `error`
};

struct Case {
  std::string_view name;
  uint8_t parts;
  // The problem of an answer that does not show the case; empty: it does.
  std::string (*problem_of)(const Facts& facts) = nullptr;
  // Texts that the sent body must hold, unless the fixture says what the dialect drops or refuses.
  std::vector<std::string_view> sent_words = {};
};

inline std::string problem_of_text(const Facts& facts) {
  if (facts.text != "Hello, world.") return "its text is not \"Hello, world.\"";
  return facts.finish == chat::FinishReason::kStop && facts.completed ? "" : "it does not stop well";
}

inline std::string problem_of_calls(const Facts& facts, const std::vector<std::string_view>& arguments) {
  if (facts.calls.size() != arguments.size()) return "it has " + std::to_string(facts.calls.size()) + " calls";
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Call& call = facts.calls[i];
    if (call.id.empty() || (i > 0 && call.id == facts.calls[0].id)) return "a call has no id of its own";
    if (call.name != "get_weather") return "a call has the wrong name";
    if (call.arguments != arguments[i]) return "a call has the wrong arguments";
  }
  return facts.finish == chat::FinishReason::kToolCalls && facts.completed ? "" : "it does not finish with tool_calls";
}

inline std::string problem_of_one_call(const Facts& facts) {
  return problem_of_calls(facts, {R"({\"city\":\"Paris\"})"});
}

inline std::string problem_of_two_calls(const Facts& facts) {
  return problem_of_calls(facts, {R"({\"city\":\"Paris\"})", R"({\"city\":\"Rome\"})"});
}

inline std::string problem_of_length(const Facts& facts) {
  if (facts.text != "Hello, wor") return "its text is not \"Hello, wor\"";
  return facts.finish == chat::FinishReason::kLength && facts.completed ? "" : "it does not finish with length";
}

inline std::string problem_of_refusal(const Facts& facts) {
  if (!facts.text.empty()) return "a refusal has text";
  if (facts.refusal != "I cannot help with that.") return "the refusal is lost";
  return facts.completed && facts.finish ? "" : "it does not finish";
}

inline std::string problem_of_failure(const Facts& facts) {
  if (facts.text != "Hello") return "the text before the error is lost";
  return facts.failed && !facts.completed ? "" : "it does not fail";
}

inline std::string problem_of_usage(const Facts& facts) {
  if (!facts.usage) return "it has no usage";
  const chat::Usage& usage = *facts.usage;
  const bool is_right = usage.prompt_tokens == 10 && usage.completion_tokens == 5 && usage.total_tokens == 15;
  return is_right ? "" : "its usage is not 10 + 5 = 15";
}

inline const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"text", kRequest | kReply, problem_of_text, {"Be brief.", "Hello", "0.5"}},
      {"stream", kRequest | kStream, problem_of_text, {"Hello"}},
      {"tool_call",
       kRequest | kReply | kStream,
       problem_of_one_call,
       {"get_weather", "The weather of a city.", "city"}},
      {"parallel_calls", kReply | kStream, problem_of_two_calls},
      {"tool_result", kRequest, nullptr, {"Paris", "Rome", "mild", "hot"}},
      {"picture", kRequest, nullptr, {"What is this?", "iVBORw0KGgo="}},
      {"length", kReply | kStream, problem_of_length},
      {"refusal", kReply | kStream, problem_of_refusal},
      {"error_body", kErrorBody},
      {"error_mid_stream", kStream, problem_of_failure},
      {"usage", kReply | kStream, problem_of_usage},
  };
  return kCases;
}

}  // namespace onellm::contract
