#include "dialects/anthropic_messages/model_list.h"

#include <gtest/gtest.h>

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(AnthropicModels, ReadsAPage) {
  const ModelPage page = decode_model_list(R"({"data":[
    {"type":"model","id":"claude-opus-5-5","display_name":"Claude","created_at":"2026-10-01T00:00:00Z"},
    {"type":"model","id":"claude-old","created_at":"1970-01-01T00:00:00Z"},
    {"type":"model","id":"claude-odd","created_at":"yesterday"},
    {"type":"model","display_name":"without an id"}],
    "has_more":true,"first_id":"claude-opus-5-5","last_id":"claude-odd"})");
  ASSERT_EQ(page.models.size(), 3U);
  EXPECT_EQ(page.models[0].id, "claude-opus-5-5");
  EXPECT_EQ(page.models[0].created_s, 1790812800);
  EXPECT_EQ(page.models[1].created_s, 0);
  EXPECT_EQ(page.models[2].created_s, 0);
  EXPECT_EQ(page.next, "claude-odd");
}

TEST(AnthropicModels, KnowsTheLastPage) {
  EXPECT_EQ(decode_model_list(R"({"last_id":"a","data":[{"id":"a"}],"has_more":false})").next, "");
  EXPECT_EQ(decode_model_list(R"({"data":[{"id":"a"}],"last_id":"a"})").next, "");
}

TEST(AnthropicModels, FindsNothingInWhatIsNoList) {
  for (const char* body : {"", "[]", "{}", "<html>", R"({"data":{}})", R"({"data":[{"id":"a"}])"}) {
    const ModelPage page = decode_model_list(body);
    EXPECT_TRUE(page.models.empty()) << body;
    EXPECT_EQ(page.next, "") << body;
  }
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
