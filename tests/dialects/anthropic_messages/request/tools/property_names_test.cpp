#include "dialects/anthropic_messages/request/tools/property_names.h"

#include <gtest/gtest.h>

#include <ctime>

#include "chat/answer/answer.h"
#include "dialects/anthropic_messages/encoding_support.h"
#include "dialects/anthropic_messages/reply/property_restorer.h"
#include "dialects/anthropic_messages/reply/whole.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kTools = R"("tools":[{"type":"function","function":{"name":"list","parameters":{"type":"object",
    "properties":{"filter[id]":{"type":"string"},"$top":{"type":"integer"},"_top":{},"plain":{"properties":{"a b":{}}}},
    "required":["filter[id]","plain"]}}}])";

TEST(AnthropicPropertyNames, AreSentInAFormThatTheApiTakes) {
  const Encoded encoded = encode(kBudgetModel, kTools);
  EXPECT_EQ(encoded.body["tools"][0]["input_schema"], parse(R"({"type":"object",
      "properties":{"filter_id_":{"type":"string"},"_top_2":{"type":"integer"},"_top":{},
      "plain":{"properties":{"a b":{}}}},"required":["filter_id_","plain"]})"));
  ASSERT_EQ(encoded.reply.renamed_properties.size(), 2u);
  EXPECT_EQ(encoded.reply.renamed_properties[0].name, "$top");
  EXPECT_EQ(encoded.reply.renamed_properties[1].name, "filter[id]");
  EXPECT_TRUE(encoded.dropped.empty());
}

TEST(AnthropicPropertyNames, AreTheSameInPastCalls) {
  const Encoded encoded =
      encode_messages(kBudgetModel, R"({"role":"assistant","tool_calls":[{"id":"a","type":"function",
      "function":{"name":"list","arguments":"{\"filter[id]\":\"1\",\"plain\":{\"$top\":2}}"}}]})",
                      kTools);
  EXPECT_EQ(encoded.body["messages"][0]["content"][0]["input"], parse(R"({"filter_id_":"1","plain":{"$top":2}})"));
}

TEST(AnthropicPropertyNames, ComeBackInTheReply) {
  const Encoded encoded = encode(kBudgetModel, kTools);
  chat::Answer answer;
  decode_reply(
      R"({"type":"message","id":"m","model":"c","role":"assistant","stop_reason":"tool_use","content":[
      {"type":"tool_use","id":"t","name":"list","input":{"filter_id_":"42","_top_2":1,"_top":"_top_2"}}]})",
      encoded.reply, answer);
  ASSERT_EQ(answer.choices.at(0).tool_calls.size(), 1u);
  EXPECT_EQ(answer.choices[0].tool_calls[0].arguments, R"({\"filter[id]\":\"42\",\"$top\":1,\"_top\":\"_top_2\"})");
}

TEST(AnthropicPropertyNames, ComeBackHoweverTheReplyIsCut) {
  const std::vector<RenamedProperty> renamed = {{.tool = "f", .sent = "a_b", .name = R"(a\"b)"}};
  const std::string sent = R"({\"a_b\":\"a_b\\\"\", \"o\":{\"a_b\":[{\"a_b\":1}]},\n\"a_b\" : \"\u00e9}\"})";
  const std::string expected = R"({\"a\\\"b\":\"a_b\\\"\", \"o\":{\"a_b\":[{\"a_b\":1}]},\n\"a\\\"b\" : \"\u00e9}\"})";
  for (size_t cut = 0; cut <= sent.size(); ++cut) {
    // A piece never ends within an escape.
    const bool is_within = cut > 0 && cut < sent.size() && !parse("\"" + sent.substr(0, cut) + "\"").is_string();
    if (is_within) continue;
    PropertyRestorer restorer({"f"}, renamed);
    ASSERT_TRUE(restorer.is_needed());
    std::string out;
    restorer.push({std::string_view(sent).substr(0, cut)}, out);
    restorer.push({std::string_view(sent).substr(cut)}, out);
    EXPECT_EQ(out, expected) << cut;
  }
  EXPECT_FALSE(PropertyRestorer({"g"}, renamed).is_needed());
}

TEST(AnthropicPropertyNames, OfAToolThatStandsInForAFormatComeBackInTheText) {
  const Encoded encoded = encode(kOldModel, R"("response_format":{"type":"json_schema","json_schema":{"name":"n",
      "schema":{"type":"object","properties":{"a b":{"type":"string"}}}}})");
  EXPECT_EQ(encoded.body["tools"][0]["input_schema"]["properties"], parse(R"({"a_b":{"type":"string"}})"));
  chat::Answer answer;
  decode_reply(
      R"({"type":"message","id":"m","model":"c","role":"assistant","stop_reason":"tool_use","content":[
      {"type":"tool_use","id":"t","name":"json","input":{"a_b":"c"}}]})",
      encoded.reply, answer);
  EXPECT_EQ(answer.choices.at(0).text, R"({\"a b\":\"c\"})");
}

TEST(AnthropicPropertyNames, AreKnownHoweverTheyAreEscaped) {
  const Encoded encoded =
      encode_messages(kBudgetModel, R"({"role":"assistant","tool_calls":[{"id":"a","type":"function",
      "function":{"name":"l\u0069st","arguments":"{\"f\\u0069lter[id]\":\"1\"}"}}]})",
                      kTools);
  EXPECT_EQ(encoded.body["messages"][0]["content"][0]["input"], parse(R"({"filter_id_":"1"})"));
}

TEST(AnthropicPropertyNames, OfTwoToolsAreOfEachForItself) {
  const std::string tool = R"({"type":"function","function":{"name":"N","parameters":{"type":"object",
      "properties":{"P":{}}}}})";
  const auto make = [&tool](const char* name, const char* property) {
    std::string text = tool;
    text.replace(text.find("\"P\"") + 1, 1, property);
    return text.replace(text.find("\"N\"") + 1, 1, name);
  };
  const Encoded encoded =
      encode(kBudgetModel, R"("tools":[)" + make("b", "x y") + "," + make("a", "x[y") + "," + make("c", "x_y") + "]");
  ASSERT_EQ(encoded.reply.renamed_properties.size(), 2u);
  const auto restored = [&encoded](const char* name) {
    PropertyRestorer restorer({name}, encoded.reply.renamed_properties);
    std::string out;
    if (restorer.is_needed()) restorer.push({R"({\"x_y\":1})"}, out);
    return out;
  };
  EXPECT_EQ(restored("a"), R"({\"x[y\":1})");
  EXPECT_EQ(restored("b"), R"({\"x y\":1})");
  EXPECT_EQ(restored("c"), "");
}

// Comparing each with all others took most of a second for 7000.
TEST(AnthropicPropertyNames, OfManyPropertiesAreFoundQuickly) {
  constexpr size_t kCount = 40'000;
  std::string properties;
  std::string arguments;
  for (size_t i = 0; i < kCount; ++i) {
    const std::string name = "$p" + std::to_string(i);
    properties.append(i == 0 ? "" : ",").append("\"" + name + "\":{}");
    arguments.append(i == 0 ? "" : ",").append("\\\"" + name + "\\\":1");
  }
  const std::string tools = R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object",
      "properties":{)" + properties +
                            "}}}}]";
  const std::string call = R"({"role":"assistant","tool_calls":[{"id":"a","type":"function",
      "function":{"name":"f","arguments":"{)" +
                           arguments + R"(}"}}]})";
  const std::clock_t begin = std::clock();
  const Encoded encoded = encode_messages(kBudgetModel, call, tools);
  PropertyRestorer restorer({"f"}, encoded.reply.renamed_properties);
  std::string restored;
  const std::string sent = json::escape(encoded.body["messages"][0]["content"][0]["input"].dump());
  restorer.push({sent}, restored);
  EXPECT_EQ(restored.size(), arguments.size() + 2);
  EXPECT_EQ(restored.find("_p"), std::string::npos);
  EXPECT_LT(std::clock() - begin, 10 * CLOCKS_PER_SEC) << "Quadratic: half a minute.";
}

// Such a request once trapped the module.
TEST(AnthropicPropertyNames, OfOneOfTwoToolsOfANameAreRefused) {
  const std::string with = R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object",
      "properties":{"a b":{"type":"string"}}}}},)";
  const Encoded encoded = encode(kBudgetModel, with + R"({"type":"function","function":{"name":"f"}}])");
  EXPECT_FALSE(encoded.good);
  EXPECT_EQ(encoded.error.param, "tools[1].function.name");
  EXPECT_EQ(encode(kBudgetModel, with + R"({"type":"custom","custom":{"name":"f"}}])").error.param, "tools[1].type");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
