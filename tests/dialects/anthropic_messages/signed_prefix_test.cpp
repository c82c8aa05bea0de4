// What stands before a signed block stays as it was: the gateway itself changes neither the system, nor the tools, nor
// the texts around the block. And what is sent where the provider refused the blocks, or the strict schemas.
#include <gtest/gtest.h>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kUnboundModel = "claude-opus-4-8";

std::string history(const char* model) {
  return R"({"role":"system","content":"s"},{"role":"user","content":"u"},
      {"role":"assistant","content":null,"thinking_blocks":[{"type":"thinking","thinking":"h","signature":"sig","model":")" +
         std::string(model) +
         R"("}],"tool_calls":[{"id":"c","type":"function","function":{"name":"a","arguments":"{}"}}]},
      {"role":"tool","tool_call_id":"c","content":"3"})";
}
constexpr const char* kTools = R"("tools":[{"type":"function","function":{"name":"a"}},
    {"type":"function","function":{"name":"b"}}],"reasoning_effort":"high")";

Encoded with(const char* model, const std::string& members = "", bool strict = false, bool thoughts = false) {
  std::string body = R"({"model":"m","messages":[)" + history(model) + "]," + kTools;
  if (!members.empty()) body += "," + members;
  return encode_whole(body + "}", {.model = model, .without_strict = strict, .without_thoughts = thoughts});
}

std::string beta(const Encoded& encoded) {
  for (const auto& [name, value] : encoded.headers) {
    if (name == "anthropic-beta") return value;
  }
  return "";
}

// The conversation up to the last signed block, and what stands before it.
Json prefix(const Encoded& encoded) {
  return {member_of(encoded, "system"), member_of(encoded, "tools"), encoded.body["messages"][0],
          encoded.body["messages"][1]};
}

TEST(AnthropicSignedPrefix, IsTheSameWhereJsonIsAskedForInWords) {
  for (const char* model : {kNewestModel, kUnboundModel}) {
    const Encoded plain = with(model);
    const Encoded json = with(model, R"("response_format":{"type":"json_object"})");
    EXPECT_EQ(prefix(plain), prefix(json));
    EXPECT_NE(json.body["messages"].back().dump().find("JSON"), std::string::npos);
    EXPECT_EQ(json.body["messages"].back()["content"][0]["type"], "tool_result");
  }
}

TEST(AnthropicSignedPrefix, IsTheSameWhereAToolIsForced) {
  const Encoded plain = with(kNewestModel);
  const Encoded forced = with(kNewestModel, R"("tool_choice":{"type":"function","function":{"name":"b"}})");
  EXPECT_EQ(prefix(plain), prefix(forced));
  EXPECT_EQ(forced.body["tool_choice"]["type"], "auto");
  EXPECT_NE(forced.body["messages"].back().dump().find("Call the tool b now."), std::string::npos);
  EXPECT_EQ(forced.dropped, Names{"tool_choice"});
}

TEST(AnthropicSignedPrefix, HasTheTextsWhereTheyStood) {
  const auto order = [](const std::string& content, const char* text_after) {
    const Encoded encoded =
        encode_messages(kNewestModel, R"({"role":"user","content":"u"},{"role":"assistant","content":)" + content +
                                          R"(,"thinking_blocks":[{"type":"thinking","thinking":"","signature":"A"},
            {"type":"thinking","thinking":"","signature":"B","after":{"text":)" +
                                          text_after + R"(}}]},{"role":"user","content":"v"})");
    std::string out;
    for (const Json& block : encoded.body["messages"][1]["content"]) {
      out += block.value("signature", block.value("text", "?")) + "|";
    }
    return out;
  };
  EXPECT_EQ(order(R"("First. Second.")", "7"), "A|First. |B|Second.|");
  EXPECT_EQ(order(R"("\u00fc\n\ud83d\ude00ä. Second.")", "6"), "A|ü\n😀ä. |B|Second.|");
  EXPECT_EQ(order(R"("First. Second.")", "true"), "A|First. Second.|");
  EXPECT_EQ(order(R"("First. Second.")", "99"), "A|First. Second.|");
  EXPECT_EQ(order(R"("First. Second.")", "0"), "A|B|First. Second.|");
  EXPECT_EQ(order(R"("  Second.")", "2"), "A|B|Second.|");
  EXPECT_EQ(order(R"([{"type":"text","text":"First. "},{"type":"text","text":"Second."}])", "7"),
            "A|First. |B|Second.|");
}

TEST(AnthropicSignedPrefix, MayHaveChangedWhereTheApiDropsSuchBlocks) {
  const Encoded bound = with(kNewestModel);
  EXPECT_EQ(bound.body["thinking"]["block_binding"], parse(R"({"prefix_mismatch_behavior":"drop_block"})"));
  EXPECT_NE(beta(bound).find("thinking-binding-controls-2026-08-01"), std::string::npos);
  const Encoded unbound = with(kUnboundModel);
  EXPECT_FALSE(unbound.body["thinking"].contains("block_binding"));
  EXPECT_EQ(beta(unbound), "");
  // Where nothing goes back there is nothing to drop.
  EXPECT_FALSE(encode(kNewestModel, R"("reasoning_effort":"high")").body["thinking"].contains("block_binding"));
  EXPECT_FALSE(encode(kNewestModel, R"("seed":1)").body.contains("thinking"));
}

TEST(AnthropicSignedPrefix, IsJudgedAsTheClientSays) {
  const Encoded own =
      encode_messages(kNewestModel, history(kNewestModel),
                      R"("thinking":{"type":"adaptive","block_binding":{"prefix_mismatch_behavior":"error"}})");
  EXPECT_EQ(own.body["thinking"]["block_binding"]["prefix_mismatch_behavior"], "error");
  EXPECT_NE(beta(own).find("thinking-binding-controls-2026-08-01"), std::string::npos);
}

TEST(AnthropicRefusedParts, AreBlocksOfThinking) {
  const Encoded encoded = with(kNewestModel, "", false, true);
  EXPECT_EQ(encoded.body.dump().find("signature"), std::string::npos);
  EXPECT_EQ(encoded.dropped, Names{"messages[].thinking_blocks"});
  EXPECT_EQ(encode_whole(body_with(R"("seed":1)"), {.model = kNewestModel, .without_thoughts = true}).dropped,
            Names{"seed"});
}

TEST(AnthropicRefusedParts, AreStrictToolsBeforeTheFormatOfTheReply) {
  const std::string schema = R"({"type":"object","properties":{},"additionalProperties":false})";
  const std::string format =
      R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":)" + schema + "}}";
  const std::string tool =
      R"("tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":)" + schema + "}}]";
  const EncodeOptions options{.model = kNewestModel, .without_strict = true};
  const Encoded both = encode_whole(body_with(tool + "," + format), options);
  EXPECT_EQ(both.body.dump().find("\"strict\""), std::string::npos);
  EXPECT_TRUE(both.body.contains("output_config"));
  EXPECT_EQ(both.dropped, Names{"tools[].function.strict"});
  const Encoded alone = encode_whole(body_with(format), options);
  EXPECT_FALSE(alone.body.contains("output_config"));
  EXPECT_NE(alone.body["system"].dump().find("JSON Schema"), std::string::npos);
  EXPECT_EQ(alone.dropped, Names{"response_format"});
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
