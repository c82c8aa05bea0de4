// Fields are called as clients of the Messages API know them.
#include "dialects/anthropic_messages/client/field_names.h"

#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(MessagesFieldNames, AreThoseOfTheApi) {
  const chat::Request request;
  const std::pair<const char*, const char*> names[] = {
      {"max_tokens", "max_tokens"},
      {"max_completion_tokens", "max_tokens"},
      {"stop", "stop_sequences"},
      {"user", "metadata.user_id"},
      {"parallel_tool_calls", "tool_choice.disable_parallel_tool_use"},
      {"reasoning_effort", "output_config.effort"},
      {"output_config.effort", "output_config.effort"},
      {"response_format", "output_config.format"},
      {"response_format.json_schema.schema", "output_config.format.schema"},
      {"messages[].thinking_blocks", "thinking"},
      {"messages[].extra_content", "thinking"},
      {"messages[].tool_calls[].extra_content", "thinking"},
      {"web_search_options.user_location", "tools.web_search.user_location"},
      {"tools[].function.strict", "tools.strict"},
      {"tools[0].function.parameters.properties", "tools.0.input_schema.properties"},
      {"tools[1].function.name", "tools.1.name"},
      {"tools[2].type", "tools.2.type"},
      {"stopper", "stopper"},
      {"brand_new[3].x", "brand_new.3.x"},
      {"", ""},
  };
  for (const auto& [canonical, own] : names) EXPECT_EQ(field_name(canonical, request), own) << canonical;
}

TEST(MessagesFieldNames, HaveThePlacesOfTheClientsOwnMessages) {
  const DecodedMessages decoded =
      decode_messages_body(messages_body(R"("system":[{"type":"text","text":"s"}],"messages":[
    {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
    {"role":"user","content":[{"type":"text","text":"a"},{"type":"image","source":{"type":"url","url":"u"}},
      {"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"x"},{"type":"image","source":{"type":"url","url":"u"}}]}]}])"));
  ASSERT_TRUE(decoded.request) << decoded.error.message;
  const auto name = [&](const char* canonical) { return field_name(canonical, *decoded.request); };
  EXPECT_EQ(name("messages[0].content[0]"), "system.0");
  EXPECT_EQ(name("messages[1].tool_calls[0].function"), "messages.0.content");
  EXPECT_EQ(name("messages[2].content[1].image_url.url"), "messages.1.content.2.content.1.image.source");
  EXPECT_EQ(name("messages[3].content[1].image_url.url"), "messages.1.content.1.image.source");
  EXPECT_EQ(name("messages[3].role"), "messages.1.role");
  EXPECT_EQ(name("messages[9].role"), "messages.9.role");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
