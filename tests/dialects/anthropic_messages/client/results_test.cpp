// What tools gave, in the messages of OpenAI's format: texts are one string, and the rest goes to the user's message.
#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kPicture =
    R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}})";
constexpr const char* kPdf =
    R"({"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}})";

std::string result_of(const std::string& content) {
  return messages_body(R"("messages":[{"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[)" +
                       content + "]}]}]");
}

// The messages after the call, at a host that says that of its tool messages.
Json messages_at_host(const std::string& content, std::optional<bool> tool_images) {
  const DecodedMessages decoded = decode_messages_body(result_of(content));
  EXPECT_TRUE(decoded.request) << decoded.error.message;
  EncodeOptions options{.model = "llama"};
  options.host.mapping = HostMapping::kCompatible;
  options.host.tools_give_text = tool_images == false;
  options.host.tools_give_media = tool_images == true;
  Result<EncodedRequest> encoded = openai_chat::dialect().encode_request(*decoded.request, options);
  if (!encoded) return encoded.error().message;
  Json messages = Json::parse(encoded->body.flat())["messages"];
  messages.erase(0);
  messages.erase(0);
  return messages;
}

const std::string kMixed = R"({"type":"text","text":"one"},)" + std::string(kPicture) + "," + kPdf +
                           R"(,{"type":"text","text":""},{"type":"text","text":"two"})";

TEST(MessagesResults, AreOneTextAndTheirMediaFollow) {
  for (const std::optional<bool> said : {std::optional<bool>(), std::optional<bool>(false)}) {
    const Json messages = messages_at_host(kMixed, said);
    ASSERT_EQ(messages.size(), 2U) << messages;
    EXPECT_EQ(messages[0]["content"], "one\ntwo");
    EXPECT_EQ(messages[1]["role"], "user");
    EXPECT_EQ(messages[1]["content"][1]["image_url"]["url"], "data:image/png;base64,iVBORw0KGgo=");
    EXPECT_EQ(messages[1]["content"][2]["type"], "file");
  }
  EXPECT_EQ(send_body(result_of(kMixed), openai()).body["messages"][2]["content"], "one\ntwo");
  EXPECT_TRUE(messages_at_host(kPicture, std::nullopt)[0]["content"].is_string());
}

TEST(MessagesResults, KeepTheirMediaWhereTheHostSaysThatItTakesThem) {
  const Json messages = messages_at_host(kMixed, true);
  ASSERT_EQ(messages.size(), 1U) << messages;
  EXPECT_EQ(messages[0]["content"][1]["type"], "image_url");
}

// A mark that comes later must change nothing else.
TEST(MessagesResults, StayPartsWhereTheyMayHaveMarks) {
  const Json content = send_body(result_of(kMixed), newest_openai()).body["messages"][2]["content"];
  ASSERT_TRUE(content.is_array()) << content;
  EXPECT_EQ(content[0]["text"], "one");
}

TEST(MessagesResults, AndInstructionsLoseEmptyTexts) {
  EXPECT_EQ(send_body(result_of(R"({"type":"text","text":""},{"type":"text","text":"b"})"), host())
                .body["messages"][2]["content"],
            "b");
  EXPECT_EQ(
      send_with(R"("system":[{"type":"text","text":""},{"type":"text","text":"b"},{"type":"text","text":"c"}])", host())
          .body["messages"][0]["content"],
      "b\n\nc");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
