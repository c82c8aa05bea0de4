// Forced tools at a host that refuses them while the model thinks. (The switches themselves: host_edits_test.cpp.)
#include "dialects/openai_chat/request/splice/thinking_edits.h"

#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

constexpr const char* kTools = R"("tools":[{"type":"function","function":{"name":"f"}}],)";
constexpr const char* kNamed = R"("tool_choice":{"type":"function","function":{"name":"f"}})";
constexpr const char* kRequired = R"("tool_choice":"required")";
constexpr const char* kLowered = R"("tool_choice":"auto")";
constexpr const char* kOff = R"("thinking":{"type":"disabled"})";
const std::vector<std::string> kChoice = {"tool_choice"};

HostRules host(ThinkingSwitch form = ThinkingSwitch::kType) {
  return {.mapping = HostMapping::kCompatible, .thinking = form, .forces_while_thinking = false};
}

struct Case {
  std::string asked;
  std::string sent;
  std::vector<std::string> dropped;
};

void expect(const char* model, const HostRules& rules, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(send_members(model, kTools + c.asked, rules), (Sent{kTools + c.sent, c.dropped})) << model << c.asked;
  }
}

std::string with(std::string_view members, std::string_view more) {
  return std::string(members) + "," + std::string(more);
}

TEST(ForcedTools, SwitchThinkingOffThatNobodyAskedFor) {
  for (const char* model : {"deepseek-v4-pro", "deepseek/deepseek-v4-flash", "deepseek-v4.1"}) {
    expect(model, host(),
           {{kNamed, with(kNamed, kOff), {}},
            {kRequired, with(kRequired, kOff), {}},
            {with(kRequired, R"("thinking":null)"), with(kRequired, kOff), {}},
            {with(kRequired, kOff), with(kRequired, kOff), {}},
            {with(R"("reasoning_effort":"none")", kRequired), with(kOff, kRequired), {}},
            {R"("tool_choice":"auto")", R"("tool_choice":"auto")", {}},
            {R"("tool_choice":"none")", R"("tool_choice":"none")", {}}});
  }
  expect("deepseek-v4-pro", host(ThinkingSwitch::kEnable), {{kNamed, with(kNamed, R"("enable_thinking":false)"), {}}});
}

TEST(ForcedTools, AreLoweredWhereTheClientAskedForThinking) {
  const char* on = R"("thinking":{"type":"enabled"})";
  const char* effort = R"("reasoning_effort":"high")";
  expect("deepseek-v4-pro", host(),
         {{with(on, kRequired), with(on, kLowered), kChoice},
          {with(effort, kNamed), with(effort, kLowered), kChoice},
          {with(R"("reasoning":{"effort":"high"})", kNamed), with(on, kLowered), kChoice}});
  expect("deepseek-chat", host(), {{with(on, kRequired), with(on, kLowered), kChoice}});
  expect("qwen3.8-max", host(ThinkingSwitch::kEnable),
         {{with(R"("enable_thinking":true)", kNamed), with(R"("enable_thinking":true)", kLowered), kChoice},
          {with(R"("enable_thinking":false)", kNamed), with(R"("enable_thinking":false)", kNamed), {}}});
  expect("m", host(ThinkingSwitch::kNone), {{with(effort, kNamed), with(effort, kLowered), kChoice}});
}

TEST(ForcedTools, AreLoweredWhereTheModelAlwaysThinks) {
  expect("deepseek-reasoner", host(),
         {{kNamed, kLowered, kChoice}, {with(kRequired, kOff), kLowered, {"tool_choice", "thinking"}}});
}

TEST(ForcedTools, StayWhereTheModelDoesNotThinkByDefault) {
  expect("deepseek-chat", host(), {{kNamed, kNamed, {}}, {kRequired, kRequired, {}}});
  expect("m", host(ThinkingSwitch::kNone), {{kNamed, kNamed, {}}});
}

TEST(ForcedTools, OfAnotherHostStay) {
  HostRules rules = host();
  rules.forces_while_thinking = true;
  expect("deepseek-v4-pro", rules, {{kNamed, kNamed, {}}});
}

TEST(ForcedTools, OfTheDeprecatedFormAreTreatedAlike) {
  const char* function = R"("functions":[{"name":"f"}],"function_call":{"name":"f"})";
  EXPECT_EQ(send_members("deepseek-v4-pro", function, host()), (Sent{kTools + with(kNamed, kOff), {}}));
  EXPECT_EQ(send_members("deepseek-reasoner", function, host()),
            (Sent{kTools + std::string(kLowered), {"function_call"}}));
}

TEST(ForcedTools, AreRefusedInAStrictRequestIfTheyWouldBeLowered) {
  EXPECT_EQ(refused_parameter(body_for("deepseek-reasoner", kTools + std::string(kNamed)),
                              {.model = "deepseek-reasoner", .host = host()}),
            "tool_choice");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
