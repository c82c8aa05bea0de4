// What Claude refuses of a request beside parameters: strict schemas that are too complex together, and signed blocks.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

constexpr const char* kTooComplex = "Schema is too complex for compilation. Try reducing the number of tools.";
constexpr const char* kBadSignature =
    "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation.";

struct ClaudeAmendments : ::testing::Test {
  static std::string refusal(const std::string& message) {
    return Json{{"type", "error"}, {"error", {{"type", "invalid_request_error"}, {"message", message}}}}.dump();
  }
  static std::string message(const std::string& text) {
    return Json{{"id", "msg_1"},
                {"type", "message"},
                {"role", "assistant"},
                {"model", "claude-sonnet-4-6"},
                {"content", {{{"type", "text"}, {"text", text}}}},
                {"stop_reason", "end_turn"},
                {"usage", {{"input_tokens", 10}, {"output_tokens", 5}}}}
        .dump();
  }
  static Json strict_tools(const std::string& name = "f") {
    const Json schema = {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    const Json function = {{"name", name}, {"strict", true}, {"parameters", schema}};
    return chat_request("claude-sonnet-4-6", false, {{"tools", {{{"type", "function"}, {"function", function}}}}});
  }
  static Json with_thoughts(const std::string& model) {
    Json request = chat_request(model, false, {{"reasoning_effort", "high"}});
    const Json block = {{"type", "thinking"}, {"thinking", "Hm."}, {"signature", "sig"}, {"model", model}};
    request["messages"].push_back({{"role", "assistant"}, {"content", "Wait."}, {"thinking_blocks", {block}}});
    request["messages"].push_back({{"role", "user"}, {"content", "And now?"}});
    return request;
  }

  Configured gateway{settings_with({{"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                    {"ANTHROPIC_API_BASE", "https://claude.test"},
                                    {"GEMINI_API_KEY", "key-of-google"},
                                    {"GEMINI_API_BASE", "https://gemini.test"}})};
};

TEST_F(ClaudeAmendments, GoWithoutStrictSchemasThatAreTooComplex) {
  Driver driver(gateway);
  driver.chat(strict_tools());
  driver.answer(0, 400, refusal(kTooComplex));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.fetches[1].body.find("\"strict\""), std::string::npos);
  driver.answer(1, 200, message("Well."));
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "tools[].function.strict");
}

TEST_F(ClaudeAmendments, RememberTheSchemasThatWereTooComplexAndNoOthers) {
  Driver driver(gateway);
  driver.chat(strict_tools());
  driver.answer(0, 400, refusal(kTooComplex));
  driver.answer(1, 200, message("Well."));
  Driver same(gateway);
  same.chat(strict_tools());
  EXPECT_EQ(same.fetches[0].body.find("\"strict\""), std::string::npos);
  Driver other(gateway);
  other.chat(strict_tools("g"));
  EXPECT_NE(other.fetches[0].body.find("\"strict\""), std::string::npos);
}

TEST_F(ClaudeAmendments, AreNoneWhereNothingIsStrict) {
  Driver driver(gateway);
  driver.chat(chat_request("claude-sonnet-4-6", false));
  driver.answer(0, 400, refusal(kTooComplex));
  EXPECT_EQ(driver.calls(), 1U);
  EXPECT_EQ(driver.reply.status, 400);
}

TEST_F(ClaudeAmendments, GoWithoutBlocksWhoseSignatureIsRefused) {
  for (const char* model : {"claude-opus-4-8", "claude-opus-5-5"}) {
    Driver driver(gateway);
    driver.chat(with_thoughts(model));
    EXPECT_NE(driver.fetches[0].body.find("\"sig\""), std::string::npos);
    driver.answer(0, 400, refusal(kBadSignature));
    ASSERT_EQ(driver.calls(), 2U);
    EXPECT_EQ(driver.fetches[1].body.find("\"sig\""), std::string::npos);
    driver.answer(1, 200, message("Well."));
    EXPECT_EQ(driver.reply.status, 200);
    EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "messages[].thinking_blocks");
    EXPECT_TRUE(gateway.learned().empty()) << "it is of this conversation";
  }
}

TEST_F(ClaudeAmendments, KeepTheBlocksOfAStrictRequest) {
  Json request = with_thoughts("claude-opus-4-8");
  request["onellm"] = {{"strict", true}};
  Driver driver(gateway);
  driver.chat(request);
  driver.answer(0, 400, refusal(kBadSignature));
  EXPECT_EQ(driver.calls(), 1U);
}

TEST_F(ClaudeAmendments, GoWithoutTheBindingThatASurfaceDoesNotKnow) {
  Driver driver(gateway);
  driver.chat(with_thoughts("claude-opus-5-5"));
  EXPECT_NE(driver.fetches[0].body.find("block_binding"), std::string::npos);
  driver.answer(0, 400, refusal("thinking.block_binding: Extra inputs are not permitted"));
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.fetches[1].body.find("block_binding"), std::string::npos);
  EXPECT_NE(driver.fetches[1].body.find("\"sig\""), std::string::npos);
  // It is another kind of part: that the blocks are refused as well is mended, too.
  driver.answer(1, 400, refusal(kBadSignature));
  ASSERT_EQ(driver.calls(), 3U);
  EXPECT_EQ(driver.fetches[2].body.find("\"sig\""), std::string::npos);
  driver.answer(2, 200, message("Well."));
  EXPECT_EQ(driver.reply.status, 200);
  Driver next(gateway);
  next.chat(with_thoughts("claude-opus-5-5"));
  EXPECT_EQ(next.fetches[0].body.find("block_binding"), std::string::npos);
}

TEST_F(ClaudeAmendments, AreByTheNamesOfTheClient) {
  Driver driver(gateway);
  driver.chat(chat_request("claude-opus-4-5", false, {{"reasoning_effort", "high"}, {"temperature", 1}}));
  driver.answer(0, 400, refusal("This model does not support the effort parameter."));
  ASSERT_EQ(driver.calls(), 2U);
  driver.answer(1, 200, message("Well."));
  EXPECT_NE(driver.reply.header("x-onellm-dropped").find("reasoning_effort"), std::string::npos);
}

TEST_F(ClaudeAmendments, HaveTheirLikeInTheSignaturesOfGemini) {
  Json request = chat_request("gemini-3-pro-preview", false);
  const Json call = {{"id", "c"},
                     {"type", "function"},
                     {"function", {{"name", "f"}, {"arguments", "{}"}}},
                     {"extra_content", {{"google", {{"thought_signature", "c2ln"}}}}}};
  request["tools"] = {{{"type", "function"}, {"function", {{"name", "f"}}}}};
  request["messages"].push_back({{"role", "assistant"}, {"content", nullptr}, {"tool_calls", {call}}});
  request["messages"].push_back({{"role", "tool"}, {"tool_call_id", "c"}, {"content", "3"}});
  Driver driver(gateway);
  driver.chat(request);
  ASSERT_NE(driver.fetches[0].body.find("c2ln"), std::string::npos) << driver.fetches[0].body;
  driver.answer(0, 400, Json{{"error", {{"code", 400}, {"message", "Thought signature is not valid."}}}}.dump());
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.fetches[1].body.find("c2ln"), std::string::npos);
}

TEST_F(ClaudeAmendments, HaveTheirLikeAtGemini) {
  Driver driver(gateway);
  driver.chat(chat_request("gemini-2.5-flash", false));
  ASSERT_NE(driver.fetches[0].body.find("\"store\":false"), std::string::npos);
  driver.answer(0, 400,
                Json{{"error",
                      {{"code", 400},
                       {"message", "Invalid JSON payload received. Unknown name \"store\": Cannot find field."},
                       {"status", "INVALID_ARGUMENT"}}}}
                    .dump());
  ASSERT_EQ(driver.calls(), 2U);
  EXPECT_EQ(driver.fetches[1].body.find("\"store\""), std::string::npos);
  driver.answer(1, 200,
                Json{{"candidates",
                      {{{"content", {{"role", "model"}, {"parts", {{{"text", "Well."}}}}}}, {"finishReason", "STOP"}}}}}
                    .dump());
  EXPECT_EQ(driver.reply.status, 200);
  EXPECT_EQ(driver.reply.header("x-onellm-dropped"), "store");
  Driver next(gateway);
  next.chat(chat_request("gemini-2.5-flash", false));
  EXPECT_EQ(next.fetches[0].body.find("\"store\""), std::string::npos);
}

}  // namespace
}  // namespace onellm::gateway::test
