// Types that OpenAI does not document but a host of its format may: what becomes of a request that holds one.
#include <gtest/gtest.h>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/palm/dialect.h"
#include "dialects/request_support.h"

namespace onellm::dialects {
namespace {

std::string message_with(const std::string& members) {
  return R"({"model":"m","messages":[{"role":"assistant",)" + members + R"(},{"role":"user","content":"x"}]})";
}

struct Case {
  std::string body;
  const char* where;
};

const Case kCases[] = {
    {message_with(R"("content":[{"type":"text","text":"a"},{"type":"video_url","video_url":{"url":"u"}}])"),
     "messages[0].content[1].type"},
    {message_with(R"("content":[{"type":"imge_url","image_url":{"url":"u"}}])"), "messages[0].content[0].type"},
    {message_with(R"("content":[{"text":"a","type":""}])"), "messages[0].content[0].type"},
    {message_with(R"("tool_calls":[{"type":"builtin_function","function":{"name":"f"}}])"),
     "messages[0].tool_calls[0].type"},
    {body_with(R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"browser_search"}])"), "tools[1].type"},
    {body_with(R"("tool_choice":"any")"), "tool_choice"},
    {body_with(R"("tool_choice":{"type":"browser_search"})"), "tool_choice.type"},
    {body_with(R"("tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"mcp"}]}})"),
     "tool_choice.allowed_tools.tools[0].type"},
    {body_with(R"("response_format":{"type":"regex","pattern":"a+"},"tools":[{"type":"mcp"}])"),
     "response_format.type"},
};

TEST(ForeignTypes, GoToHostsOfOpenAisFormatAsTheyWereWritten) {
  for (const Case& c : kCases) {
    const DecodedBody decoded = decode_good(c.body);
    EXPECT_EQ(decoded->source.foreign_type, c.where);
    for (const HostMapping mapping : {HostMapping::kAsWritten, HostMapping::kCompatible, HostMapping::kOpenAi}) {
      Result<EncodedRequest> sent = openai_chat::dialect().encode_request(
          *decoded.request, {.model = "m", .strict = true, .host = {.mapping = mapping}});
      ASSERT_TRUE(sent) << c.body;
      EXPECT_EQ(sent->body.flat(), c.body);
    }
  }
}

TEST(ForeignTypes, AreRefusedWhereTheyWouldHaveToBeTranslated) {
  for (const Case& c : kCases) {
    const DecodedBody decoded = decode_good(c.body);
    for (const Dialect* dialect : std::initializer_list<const Dialect*>{
             &anthropic_messages::dialect(), &gemini::dialect(), &openai_responses::dialect(), &palm::dialect()}) {
      Result<EncodedRequest> sent = dialect->encode_request(*decoded.request, {.model = "m"});
      ASSERT_FALSE(sent) << c.body;
      const Error error = sent.error();
      EXPECT_EQ(status_of(error), 400) << c.body;
      EXPECT_EQ(error.param, c.where) << c.body;
    }
  }
}

TEST(ForeignTypes, AreNotInOrdinaryRequests) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    const bool is_there = fixture.name == "foreign_types.json";
    EXPECT_EQ(decode_good(fixture.text)->source.foreign_type, is_there ? "messages[0].content[1].type" : "")
        << fixture.name;
  }
}

}  // namespace
}  // namespace onellm::dialects
