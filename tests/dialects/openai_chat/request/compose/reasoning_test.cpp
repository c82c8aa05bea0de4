// How the wish to think, said in the form of another API, reaches hosts of OpenAI's format.
#include "dialects/openai_chat/request/compose/reasoning.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "dialects/foreign_request.h"
#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

using Json = nlohmann::json;

// What a client of Messages says, and what a host gets. Empty texts: nothing.
struct Case {
  const char* thinking;
  const char* output_config;
  const char* sent;  // The members of the body beside model and messages.
  const char* dropped;
};

void expect_sent(const EncodeOptions& given, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    chat::Request request = messages_request();
    if (*c.thinking != '\0') request.unknown.push_back({.name = "thinking", .value = {c.thinking}});
    if (*c.output_config != '\0') request.unknown.push_back({.name = "output_config", .value = {c.output_config}});
    Result<EncodedRequest> encoded = encode_request(request, with_contract(given));
    ASSERT_TRUE(encoded) << c.thinking;
    Json body = Json::parse(encoded->body.flat());
    body.erase("model");
    body.erase("messages");
    EXPECT_EQ(body, Json::parse(c.sent)) << given.model << c.thinking << c.output_config;
    std::string dropped;
    for (const std::string& name : encoded->dropped) dropped += name + " ";
    EXPECT_EQ(dropped, c.dropped) << given.model << c.thinking << c.output_config;
  }
}

constexpr const char* kAdaptive = R"({"type":"adaptive"})";
constexpr const char* kDisabled = R"({"type":"disabled"})";
constexpr const char* kSmall = R"({"type":"enabled","budget_tokens":2000})";
constexpr const char* kLarge = R"({"type":"enabled","budget_tokens":20000})";
constexpr const char* kMax = R"({"effort":"max"})";

TEST(ComposedReasoning, IsAnEffortThatTheModelHas) {
  expect_sent({.model = "gpt-5.1", .host = {.mapping = HostMapping::kOpenAi}},
              {{kAdaptive, "", "{}", ""},
               {kSmall, "", R"({"reasoning_effort":"low"})", ""},
               {kLarge, "", R"({"reasoning_effort":"high"})", ""},
               {kDisabled, "", R"({"reasoning_effort":"none"})", ""},
               {kAdaptive, kMax, R"({"reasoning_effort":"high"})", ""}});
}

TEST(ComposedReasoning, IsNamedByTheClientsNameIfTheModelCannotReason) {
  expect_sent({.model = "gpt-4o", .host = {.mapping = HostMapping::kOpenAi}},
              {{kAdaptive, "", "{}", ""},
               {kSmall, "", "{}", "thinking "},
               {kDisabled, "", "{}", ""},
               {kAdaptive, kMax, "{}", "output_config.effort "}});
}

TEST(ComposedReasoning, IsAnEffortForHostsOfWhichNothingIsKnown) {
  for (const HostMapping mapping : {HostMapping::kCompatible, HostMapping::kAsWritten}) {
    expect_sent({.model = "llama", .host = {.mapping = mapping}},
                {{kAdaptive, "", "{}", ""},
                 {kSmall, "", R"({"reasoning_effort":"low"})", ""},
                 {kDisabled, "", "{}", ""},
                 {R"({"type":"between_tools"})", "", "{}", ""},
                 {R"({"type":"next"})", "", "{}", "thinking "},
                 {kAdaptive, kMax, R"({"reasoning_effort":"max"})", ""}});
  }
}

TEST(ComposedReasoning, IsTheSwitchOfTheHost) {
  expect_sent({.model = "qwen", .host = {.mapping = HostMapping::kCompatible, .thinking = ThinkingSwitch::kEnable}},
              {{kAdaptive, "", "{}", ""},
               {kSmall, "", R"({"enable_thinking":true,"thinking_budget":2000})", ""},
               {kDisabled, "", R"({"enable_thinking":false})", ""},
               {"", kMax, R"({"reasoning_effort":"max"})", ""}});
  expect_sent({.model = "glm", .host = {.mapping = HostMapping::kCompatible, .thinking = ThinkingSwitch::kType}},
              {{kAdaptive, "", "{}", ""},
               {kSmall, "", R"({"thinking":{"type":"enabled"}})", ""},
               {kDisabled, "", R"({"thinking":{"type":"disabled"}})", ""}});
  expect_sent({.model = "x", .host = {.mapping = HostMapping::kCompatible, .thinking = ThinkingSwitch::kEffort}},
              {{kAdaptive, "", "{}", ""},
               {kSmall, "", R"({"reasoning_effort":"low"})", ""},
               {kDisabled, "", R"({"reasoning_effort":"none"})", ""}});
}

TEST(ComposedReasoning, KeepsAWordThatTheClientChose) {
  chat::Request request = messages_request();
  request.parameters.push_back({.name = "reasoning_effort", .value = {R"("none")"}});
  Result<EncodedRequest> encoded =
      encode_request(request, {.model = "llama", .host = {.mapping = HostMapping::kCompatible}});
  ASSERT_TRUE(encoded);
  EXPECT_EQ(Json::parse(encoded->body.flat())["reasoning_effort"], "none");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
