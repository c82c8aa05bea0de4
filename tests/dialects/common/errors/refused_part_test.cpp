// Which errors say that a part of the request is not taken, and which only look like it.
#include "dialects/common/errors/refused_part.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm::dialects {
namespace {

RefusedPart read(const std::string& message, const std::string& code = "", const std::string& param = "") {
  return read_refused_part({.message = message, .type = "", .param = param, .code = code, .reason = "", .extra = ""});
}

std::string parameter(const std::string& message) {
  const RefusedPart part = read(message);
  return part.kind == RefusedKind::kParameter ? part.name : part.kind == RefusedKind::kValue ? part.name + "=" : "";
}

TEST(RefusedPart, IsNamedByACodeAndItsParam) {
  EXPECT_EQ(read("No.", "unsupported_parameter", "seed").kind, RefusedKind::kParameter);
  EXPECT_EQ(read("No.", "unsupported_parameter", "seed").name, "seed");
  EXPECT_EQ(read("No.", "unsupported_value", "temperature").kind, RefusedKind::kValue);
  EXPECT_EQ(read("", "unsupported_value", "temperature").name, "temperature");
  EXPECT_EQ(read("No.", "unsupported_parameter").kind, RefusedKind::kNothing);
}

TEST(RefusedPart, IsNamedByHowAMessageBegins) {
  EXPECT_EQ(parameter("Unsupported parameter: 'top_p' is not supported with this model."), "top_p");
  EXPECT_EQ(parameter("Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) "
                      "value is supported."),
            "temperature=");
  EXPECT_EQ(parameter("Unrecognized request argument supplied: metadata"), "metadata");
  EXPECT_EQ(parameter("Unknown parameter: 'reasoning.effort'."), "reasoning.effort");
  EXPECT_EQ(parameter("`temperature` is deprecated for this model."), "temperature");
  EXPECT_EQ(parameter("top_k: Extra inputs are not permitted"), "top_k");
  EXPECT_EQ(parameter("thinking.block_binding: Extra inputs are not permitted"), "thinking.block_binding");
  EXPECT_EQ(parameter("This model does not support the effort parameter."), "effort");
  EXPECT_EQ(parameter("Invalid JSON payload received. Unknown name \"store\": Cannot find field."), "store");
  EXPECT_EQ(parameter("Penalty is not enabled for models/gemini-9"), "Penalty");
  EXPECT_EQ(parameter("Thinking level is not supported for this model."), "thinkingLevel");
  EXPECT_EQ(parameter("property 'logit_bias' is unsupported"), "logit_bias");
  EXPECT_EQ(parameter("Argument not supported on this model: presencePenalty"), "presencePenalty");
  EXPECT_EQ(parameter("Model grok-9 does not support parameter stop."), "stop");
}

TEST(RefusedPart, IsNotNamedInTheMiddleOfAMessage) {
  EXPECT_EQ(parameter("Invalid message: \"Unsupported parameter: 'seed' is not supported with this model.\""), "");
  EXPECT_EQ(parameter("You said: Unrecognized request argument supplied: seed"), "");
  EXPECT_EQ(parameter(" Unsupported parameter: 'seed' is not supported"), "");
  EXPECT_EQ(parameter("messages.0.content: Unknown parameter: 'seed'"), "");
  EXPECT_EQ(parameter("messages.0.seed: Extra inputs are not permitted"), "messages.0.seed");
}

TEST(RefusedPart, IsNotNamedWhereTheParamIsAnother) {
  const char* message = "Unsupported parameter: 'seed' is not supported with this model.";
  EXPECT_EQ(read(message, "", "seed").kind, RefusedKind::kParameter);
  EXPECT_EQ(read(message, "", "messages[0].content").kind, RefusedKind::kNothing);
}

TEST(RefusedPart, IsNoRangeAndNoType) {
  EXPECT_EQ(parameter("Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 9."), "");
  EXPECT_EQ(parameter("temperature: Input should be less than or equal to 1"), "");
  EXPECT_EQ(parameter("Invalid type for 'seed': expected an integer, but got a string instead."), "");
  EXPECT_EQ(parameter("Unsupported value: 'temperature' does not support 9: it must be between 0 and 2."), "");
  EXPECT_EQ(read("temperature must be at most 2", "unsupported_value", "temperature").kind, RefusedKind::kNothing);
  EXPECT_EQ(read("No.", "invalid_value", "temperature").kind, RefusedKind::kNothing);
  EXPECT_EQ(read("No.", "decimal_above_max_value", "temperature").kind, RefusedKind::kNothing);
  EXPECT_EQ(read("No.", "integer_below_min_value", "seed").kind, RefusedKind::kNothing);
}

TEST(RefusedPart, MayBeSchemasThatAreTooComplex) {
  for (const char* message : {"Schema is too complex for compilation. Try reducing the number of tools.",
                              "tools.3.custom.input_schema: Schema is too complex.",
                              "The compiled grammar is too large, which would cause performance issues.",
                              "Schemas contains too many optional parameters (37)."}) {
    EXPECT_EQ(read(message).kind, RefusedKind::kSchemas) << message;
  }
  EXPECT_EQ(read("Your text: Schema is too complex").kind, RefusedKind::kNothing);
}

TEST(RefusedPart, MayBeThoughtsOfEarlierTurns) {
  for (const char* message :
       {"messages.1.content.0: Invalid `signature` in `thinking` block",
        "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different "
        "conversation.",
        "messages.3.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be "
        "modified. These blocks must remain as they were in the original response.",
        "messages.1.content.2: Invalid `data` in `redacted_thinking` block", "Thought signature is not valid"}) {
    EXPECT_EQ(read(message).kind, RefusedKind::kThoughts) << message;
  }
  EXPECT_EQ(read("No.", "invalid_encrypted_content").kind, RefusedKind::kThoughts);
  EXPECT_EQ(read("messages.1.content.0: text content blocks must be non-empty").kind, RefusedKind::kNothing);
}

TEST(RefusedPart, IsNoneOfAnEmptyOrEndlessMessage) {
  EXPECT_EQ(read("").kind, RefusedKind::kNothing);
  EXPECT_EQ(read("Unsupported parameter: '").kind, RefusedKind::kNothing);
  EXPECT_EQ(parameter("Unsupported parameter: '" + std::string(5000, 'x') + "' is not supported"), "");
}

TEST(RefusedPart, IsRefusedBesideOthersWhereTheMessageSaysSo) {
  EXPECT_EQ(read("Unsupported parameter: 'top_p' is not supported when reasoning is on.").kind, RefusedKind::kBeside);
  EXPECT_EQ(read("No, not if tools are there.", "unsupported_parameter", "logprobs").kind, RefusedKind::kBeside);
}

}  // namespace
}  // namespace onellm::dialects
