#include "dialects/anthropic_messages/request/writer.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "dialects/anthropic_messages/encoding_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

std::string fixture(const std::string& name) {
  return read_whole(std::filesystem::path(ONELLM_FIXTURES) / "anthropic_messages/requests" / name);
}

class AnthropicRequestFixture : public testing::TestWithParam<const char*> {};

TEST_P(AnthropicRequestFixture, IsSentAsWritten) {
  const std::string name = GetParam();
  const Json sent = parse(fixture(name + ".sent.json"));
  ASSERT_TRUE(sent.is_object()) << name;
  const std::string model = sent.value("model", "");
  const Encoded encoded = encode_whole(fixture(name + ".json"), {.model = model});
  ASSERT_TRUE(encoded.good) << encoded.error.message;
  EXPECT_EQ(encoded.body, sent) << encoded.body.dump(1);
}

INSTANTIATE_TEST_SUITE_P(All, AnthropicRequestFixture,
                         testing::Values("plain", "tool_loop", "thinking_loop", "media", "legacy_functions"),
                         [](const auto& fixture_name) { return std::string(fixture_name.param); });

TEST(AnthropicRequestEncoder, SendsTheProvidersNameOfTheModel) {
  const Encoded encoded = encode("claude-\"x", R"("stream":false)");
  EXPECT_EQ(member_of(encoded, "model"), "claude-\"x");
  EXPECT_EQ(encoded.reply.model, "claude-\"x");
  EXPECT_TRUE(encoded.headers.empty());
}

TEST(AnthropicRequestEncoder, ViewsLargeTextsAndImagesInTheBodyOfTheClient) {
  const std::string image(100'000, 'A');
  const std::string words(50'000, 'w');
  const std::string body = R"({"model":"m","messages":[{"role":"user","content":[
      {"type":"image_url","image_url":{"url":"data:image/png;base64,)" +
                           image + R"("}},
      {"type":"text","text":")" +
                           words + R"("}]}]})";
  const DecodedBody decoded = decode_good(body);
  Result<EncodedRequest> result = encode_request(*decoded.request, {.model = kBudgetModel});
  ASSERT_TRUE(result);
  size_t viewed = 0;
  for (const std::string_view piece : result->body.pieces()) {
    const std::string_view source = decoded.request->source.text;
    if (piece.data() >= source.data() && piece.data() < source.data() + source.size()) viewed += piece.size();
  }
  EXPECT_EQ(viewed, image.size() + words.size());
  EXPECT_FALSE(parse(result->body.flat()).is_discarded());
}

TEST(AnthropicRequestEncoder, AsksForJsonInWordsWhereThereIsNoSchema) {
  for (const char* format : {R"("response_format":{"type":"json_object"})",
                             R"("response_format":{"type":"json_schema","json_schema":{"name":"n"}})"}) {
    const Encoded encoded = encode_messages(
        kNewestModel, R"({"role":"system","content":"Be brief."},{"role":"user","content":"hi"})", format);
    ASSERT_EQ(encoded.body["system"].size(), 2u);
    EXPECT_NE(encoded.body["system"][1]["text"].dump().find("JSON"), std::string::npos);
    EXPECT_FALSE(encoded.body.contains("output_config"));
  }
}

TEST(AnthropicRequestEncoder, SendsASchemaForTheReplyWhereTheModelHasThem) {
  const Encoded encoded = encode(kBudgetModel, R"("response_format":{"type":"json_schema","json_schema":{"name":"n",
      "description":"A city","schema":{"type":"object","properties":{"name":{"type":"string","minLength":1}}}}})");
  EXPECT_EQ(encoded.body["output_config"], parse(R"({"format":{"type":"json_schema","schema":{"type":"object",
      "properties":{"name":{"type":"string","description":"{minLength: 1}"}},"additionalProperties":false,
      "description":"A city"}}})"));
  EXPECT_FALSE(encoded.body.contains("tools"));
  EXPECT_TRUE(encoded.reply.text_tool.empty());
}

TEST(AnthropicRequestEncoder, KeepsFourBreakpointsOfTheCache) {
  std::string parts;
  for (int i = 0; i < 6; ++i) {
    parts += R"({"type":"text","text":"t","prompt_cache_breakpoint":{"mode":"explicit"}},)";
  }
  parts += R"({"type":"text","text":"end"})";
  const std::string message = R"({"role":"user","content":[)" + parts + "]}";
  const auto count = [](const Encoded& encoded) {
    size_t breakpoints = 0;
    for (const Json& block : encoded.body["messages"][0]["content"]) breakpoints += block.contains("cache_control");
    return breakpoints;
  };
  const Encoded encoded = encode_messages(kBudgetModel, message);
  EXPECT_EQ(count(encoded), 4u);
  EXPECT_FALSE(encoded.body["messages"][0]["content"][0].contains("cache_control"));
  EXPECT_EQ(encoded.body["messages"][0]["content"][5]["cache_control"], Json({{"type", "ephemeral"}}));
  EXPECT_EQ(encoded.dropped, Names{"prompt_cache_breakpoint"});
  EXPECT_EQ(count(encode_messages(kBudgetModel, message, R"("cache_control":{"type":"ephemeral"})")), 3u);
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
