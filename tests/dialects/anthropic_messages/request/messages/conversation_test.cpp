#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kCallA =
    R"("tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}])";
constexpr const char* kUseA = R"({"type":"tool_use","id":"a","name":"f","input":{}})";

struct Case {
  const char* why;
  const char* messages;
  std::string sent;  // The turns.
};

void expect_sent(const char* model, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const Encoded encoded = encode_messages(model, c.messages);
    EXPECT_EQ(member_of(encoded, "messages"), parse(c.sent)) << c.why << "\n" << encoded.body.dump();
  }
}

std::string with_call(std::string text) {
  for (size_t at = text.find("CALL_A"); at != std::string::npos; at = text.find("CALL_A")) text.replace(at, 6, kCallA);
  for (size_t at = text.find("USE_A"); at != std::string::npos; at = text.find("USE_A")) text.replace(at, 5, kUseA);
  return text;
}

TEST(AnthropicConversation, PutsLeadingInstructionsApart) {
  const Encoded one = encode_messages(kBudgetModel, R"({"role":"system","content":"S"},{"role":"user","content":"u"})");
  EXPECT_EQ(member_of(one, "system"), "S");
  const Encoded two = encode_messages(
      kBudgetModel,
      R"({"role":"system","content":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}},{"type":"text","text":" "}]},
         {"role":"developer","content":"D"},{"role":"user","content":"u"})");
  EXPECT_EQ(member_of(two, "system"),
            parse(R"([{"type":"text","text":"S","cache_control":{"type":"ephemeral"}},{"type":"text","text":"D"}])"));
  EXPECT_EQ(member_of(two, "messages"), parse(R"([{"role":"user","content":"u"}])"));
}

TEST(AnthropicConversation, BeginsWhereThereAreOnlyInstructions) {
  expect_sent(kBudgetModel, {{"system alone", R"({"role":"system","content":"Write a poem"})",
                              R"([{"role":"user","content":"Begin."}])"}});
}

TEST(AnthropicConversation, FoldsLaterInstructionsIntoTheUsersTurn) {
  expect_sent(
      kBudgetModel,
      {{"after the user", R"({"role":"user","content":"u"},{"role":"system","content":"S"})",
        R"([{"role":"user","content":[{"type":"text","text":"u"},{"type":"text","text":"<system>\nS\n</system>"}]}])"},
       {"between answers",
        R"({"role":"user","content":"u"},{"role":"assistant","content":"a"},{"role":"developer","content":"D"},
                   {"role":"assistant","content":"b"},{"role":"user","content":"v"})",
        R"([{"role":"user","content":"u"},{"role":"assistant","content":"a"},
                    {"role":"user","content":"<system>\nD\n</system>"},
                    {"role":"assistant","content":"b"},{"role":"user","content":"v"}])"}});
}

TEST(AnthropicConversation, LeavesLaterInstructionsInTheirPlaceWhereTheModelKnowsThem) {
  const char* messages = R"({"role":"user","content":"u"},{"role":"system","content":"S"},{"role":"user","content":"v"},
      {"role":"developer","content":"D"},{"role":"assistant","content":"a"},{"role":"user","content":"w"})";
  const Encoded encoded = encode_messages(kAdaptiveModel, messages);
  EXPECT_EQ(member_of(encoded, "messages"), parse(R"([
      {"role":"user","content":[{"type":"text","text":"u"},{"type":"text","text":"v"}]},
      {"role":"system","content":[{"type":"text","text":"S"},{"type":"text","text":"D"}]},
      {"role":"assistant","content":"a"},{"role":"user","content":"w"}])"));
  ASSERT_EQ(encoded.headers.size(), 1u);
  EXPECT_EQ(encoded.headers[0].first, "anthropic-beta");
  EXPECT_EQ(encoded.headers[0].second, "mid-conversation-system-2026-04-07");
}

TEST(AnthropicConversation, KeepsInstructionsFromPartingCallsAndResults) {
  const Encoded encoded =
      encode_messages(kAdaptiveModel, with_call(R"({"role":"user","content":"u"},{"role":"assistant",CALL_A},
          {"role":"system","content":"S"},{"role":"tool","tool_call_id":"a","content":"1"})"));
  EXPECT_EQ(member_of(encoded, "messages"), parse(with_call(R"([{"role":"user","content":"u"},
      {"role":"assistant","content":[USE_A]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"}]},
      {"role":"system","content":"S"}])")));
}

TEST(AnthropicConversation, JoinsMessagesOfOneRole) {
  const std::string merged_calls = with_call(
      R"({"role":"user","content":"u"},{"role":"assistant",CALL_A},{"role":"assistant","content":"b"},
         {"role":"tool","tool_call_id":"a","content":"1"},{"role":"user","content":"v"})");
  expect_sent(kBudgetModel,
              {{"user", R"({"role":"user","content":"u"},{"role":"user","content":"v"})",
                R"([{"role":"user","content":[{"type":"text","text":"u"},{"type":"text","text":"v"}]}])"},
               {"assistant, calls last", merged_calls.c_str(), with_call(R"([{"role":"user","content":"u"},
                    {"role":"assistant","content":[{"type":"text","text":"b"},USE_A]},
                    {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"},
                                              {"type":"text","text":"v"}]}])")}});
}

TEST(AnthropicConversation, PutsResultsFirstInTheNextTurn) {
  const std::string late = with_call(
      R"({"role":"user","content":"u"},{"role":"assistant","content":"x",CALL_A},{"role":"user","content":"v"},
         {"role":"tool","tool_call_id":"a","content":""})");
  expect_sent(kBudgetModel,
              {{"result after the user's words", late.c_str(), with_call(R"([{"role":"user","content":"u"},
      {"role":"assistant","content":[{"type":"text","text":"x"},USE_A]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":""},{"type":"text","text":"v"}]}])")}});
}

TEST(AnthropicConversation, AnswersCallsThatHaveNoResult) {
  const std::string missing = R"x({"type":"tool_result","tool_use_id":"a","content":"(no result)","is_error":true})x";
  const std::string then_user =
      with_call(R"({"role":"user","content":"u"},{"role":"assistant",CALL_A},{"role":"user","content":"v"})");
  const std::string at_end = with_call(R"({"role":"user","content":"u"},{"role":"assistant",CALL_A})");
  expect_sent(kBudgetModel, {{"the user goes on", then_user.c_str(),
                              with_call(R"([{"role":"user","content":"u"},{"role":"assistant","content":[USE_A]},
                    {"role":"user","content":[)" +
                                        missing + R"(,{"type":"text","text":"v"}]}])")},
                             {"nothing follows", at_end.c_str(),
                              with_call(R"([{"role":"user","content":"u"},{"role":"assistant","content":[USE_A]},
                    {"role":"user","content":[)" +
                                        missing + "]}]")}});
}

TEST(AnthropicConversation, TellsResultsThatNobodyAskedForAsText) {
  expect_sent(kBudgetModel,
              {{"tool", R"({"role":"user","content":"u"},{"role":"tool","tool_call_id":"x\"1","content":"r"})",
                R"([{"role":"user","content":[{"type":"text","text":"u"},
                    {"type":"text","text":"Result of the tool call x\"1:"},{"type":"text","text":"r"}]}])"},
               {"function", R"({"role":"function","name":"g","content":null},{"role":"user","content":"u"})",
                R"x([{"role":"user","content":[{"type":"text","text":"Result of the function g: (no result)"},
                                              {"type":"text","text":"u"}]}])x"}});
  const std::string twice = with_call(
      R"({"role":"user","content":"u"},{"role":"assistant",CALL_A},{"role":"tool","tool_call_id":"a","content":"1"},
         {"role":"tool","tool_call_id":"a","content":"2"})");
  expect_sent(kBudgetModel, {{"a second time", twice.c_str(), with_call(R"([{"role":"user","content":"u"},
      {"role":"assistant","content":[USE_A]},{"role":"user","content":[
        {"type":"tool_result","tool_use_id":"a","content":"1"},
        {"type":"text","text":"Result of the tool call a:"},{"type":"text","text":"2"}]}])")}});
}

TEST(AnthropicConversation, PairsByPlaceWhereThereAreNoIds) {
  const Encoded encoded =
      encode_messages(kBudgetModel, R"({"role":"user","content":"u"},{"role":"assistant","tool_calls":[
      {"id":"","type":"function","function":{"name":"f"}},{"id":"","type":"function","function":{"name":"g"}}]},
      {"role":"tool","tool_call_id":"","content":"1"},{"role":"tool","tool_call_id":"","content":"2"})");
  const Json& turns = encoded.body["messages"];
  EXPECT_EQ(turns[1]["content"][0]["id"], "call_1");
  EXPECT_EQ(turns[1]["content"][1]["id"], "call_2");
  EXPECT_EQ(turns[2]["content"], parse(R"([{"type":"tool_result","tool_use_id":"call_1","content":"1"},
                                           {"type":"tool_result","tool_use_id":"call_2","content":"2"}])"));
}

TEST(AnthropicConversation, SaysSomethingForEmptyMessages) {
  expect_sent(kBudgetModel,
              {{"of the user", R"({"role":"user","content":" \n\t"})", R"x([{"role":"user","content":"(empty)"}])x"},
               {"of the assistant: they are left out",
                R"({"role":"user","content":"u"},{"role":"assistant","content":""},{"role":"user","content":"v"})",
                R"([{"role":"user","content":[{"type":"text","text":"u"},{"type":"text","text":"v"}]}])"},
               {"parts", R"({"role":"user","content":[{"type":"text","text":""},{"type":"text","text":"v"}]})",
                R"([{"role":"user","content":"v"}])"}});
}

TEST(AnthropicConversation, EndsWithTheAssistantOnlyWhereTheModelGoesOn) {
  const char* messages = R"({"role":"user","content":"u"},{"role":"assistant","content":"1, 2,\u0020\n "})";
  const std::string trimmed = R"([{"role":"user","content":"u"},{"role":"assistant","content":"1, 2,"}])";
  expect_sent(kBudgetModel, {{"prefill", messages, trimmed}});
  const Json asked = parse(R"([{"role":"user","content":"u"},{"role":"assistant","content":"1, 2, \n "},
                               {"role":"user","content":"Continue."}])");
  EXPECT_EQ(member_of(encode_messages(kAdaptiveModel, messages), "messages"), asked);
  EXPECT_EQ(member_of(encode_messages(kBudgetModel, messages, R"("reasoning_effort":"low")"), "messages"), asked);
  const char* schema =
      R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"a":{}}}}})";
  EXPECT_EQ(member_of(encode_messages(kBudgetModel, messages, schema), "messages"), asked);
  EXPECT_EQ(member_of(encode_messages(kOldModel, messages, schema), "messages"), asked);
}

TEST(AnthropicConversation, AcceptsTheAssistantFirst) {
  expect_sent(kNewestModel, {{"first", R"({"role":"assistant","content":"a"},{"role":"user","content":"u"})",
                              R"([{"role":"assistant","content":"a"},{"role":"user","content":"u"}])"}});
}

TEST(AnthropicConversation, NamesTheNamesThatItDrops) {
  EXPECT_EQ(encode_messages(kBudgetModel, R"({"role":"user","name":"Ann","content":"u"})").dropped,
            Names{"messages[].name"});
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
