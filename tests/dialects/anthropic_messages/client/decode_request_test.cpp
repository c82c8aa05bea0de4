// What a request of the Messages API becomes, and what is wrong with it.
#include "dialects/anthropic_messages/client/decode_request.h"

#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

std::string complaint_of(std::string_view members) {
  return decode_messages_body(messages_body(members)).error.message;
}
std::string complaint_of_block(std::string_view role, std::string_view block) {
  return complaint_of(R"("messages":[{"role":")" + std::string(role) + R"(","content":[)" + std::string(block) + "]}]");
}

TEST(MessagesRequest, BecomesCanonical) {
  const DecodedMessages decoded = decode_messages_body(R"({
    "model":"claude-x","max_tokens":100,"system":[{"type":"text","text":"One."},{"type":"text","text":"Two."}],
    "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"text","text":"Yes?"}]},
                {"role":"user","content":[{"type":"text","text":"Go"}]}],
    "stream":true,"temperature":0.70,"top_p":0.9,"top_k":5,"stop_sequences":["a","b"],
    "metadata":{"user_id":"u"},"service_tier":"standard_only","brand_new":{"a":1}})");
  ASSERT_TRUE(decoded.request) << decoded.error.message;
  const chat::Request& request = *decoded.request;
  EXPECT_EQ(request.model, "claude-x");
  ASSERT_EQ(request.messages.size(), 4u);
  EXPECT_EQ(request.messages[0].role, chat::Role::kSystem);
  EXPECT_EQ(request.messages[0].parts.size(), 2u);
  EXPECT_EQ(request.messages[3].parts[0].text.text, "Go");
  EXPECT_TRUE(request.stream);
  EXPECT_TRUE(request.include_usage);
  EXPECT_EQ(request.parameter("max_tokens").text, "100");
  EXPECT_EQ(request.parameter("temperature").text, "0.70");
  EXPECT_EQ(request.parameter("stop").text, R"(["a","b"])");
  EXPECT_EQ(request.parameter("user").text, R"("u")");
  EXPECT_EQ(request.parameter("service_tier").text, R"("default")");
  ASSERT_EQ(request.unknown.size(), 2u);
  EXPECT_EQ(request.unknown[0].name, "top_k");
  EXPECT_EQ(request.unknown[1].name, "brand_new");
  EXPECT_EQ(request.unknown[1].value.text, R"({"a":1})");
}

TEST(MessagesRequest, TakesNullForAbsentEverywhere) {
  const DecodedMessages decoded = decode_messages_body(messages_body(
      R"("system":null,"tools":null,"tool_choice":null,"thinking":null,"metadata":{"user_id":null},"stream":null,"brand_new":null,)"
      R"("messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":null,"citations":null}],"name":null}])"));
  ASSERT_TRUE(decoded.request) << decoded.error.message;
  EXPECT_TRUE(decoded->unknown.empty());
  EXPECT_EQ(decoded->messages.size(), 1u);
  EXPECT_TRUE(decoded->messages[0].parts[0].raw.empty());
  EXPECT_TRUE(decoded->source.left_out.empty());
}

TEST(MessagesRequest, NamesTheFieldThatIsMissingAsTheApiDoes) {
  EXPECT_EQ(decode_messages_body(R"({"model":"m","messages":[{"role":"user","content":"a"}]})").error.message,
            "max_tokens: Field required.");
  EXPECT_EQ(decode_messages_body(R"({"max_tokens":1,"messages":[{"role":"user","content":"a"}]})").error.param,
            "model");
  EXPECT_EQ(decode_messages_body(R"({"model":"m","max_tokens":1})").error.message, "messages: Field required.");
  EXPECT_EQ(complaint_of(R"("messages":[])"), "messages: must hold at least one message.");
  EXPECT_EQ(complaint_of(R"("messages":[{"content":"a"}])"), "messages.0.role: Field required.");
  EXPECT_EQ(complaint_of(R"("messages":[{"role":"user"}])"), "messages.0.content: Field required.");
  EXPECT_EQ(complaint_of_block("user", R"({"type":"text"})"), "messages.0.content.0.text: Field required.");
  EXPECT_EQ(complaint_of_block("user", R"({"text":"a"})"), "messages.0.content.0.type: Field required.");
  EXPECT_EQ(complaint_of_block("user", R"({"type":"image"})"), "messages.0.content.0.source: Field required.");
  EXPECT_EQ(complaint_of_block("user", R"({"type":"image","source":{"type":"base64","data":"a"}})"),
            "messages.0.content.0.source.media_type: Field required.");
  EXPECT_EQ(complaint_of_block("user", R"({"type":"tool_result"})"),
            "messages.0.content.0.tool_use_id: Field required.");
  EXPECT_EQ(complaint_of_block("assistant", R"({"type":"tool_use","id":"a","name":"f"})"),
            "messages.0.content.0.input: Field required.");
  EXPECT_EQ(complaint_of_block("assistant", R"({"type":"tool_use","name":"f","input":{}})"),
            "messages.0.content.0.id: Field required.");
  EXPECT_EQ(complaint_of(R"("tools":[{"input_schema":{}}])"), "tools.0.name: Field required.");
  EXPECT_EQ(complaint_of(R"("thinking":{"type":"enabled"})"), "thinking.budget_tokens: Field required.");
}

TEST(MessagesRequest, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(complaint_of(R"("messages":[{"role":"tool","content":"a"}])"),
            "messages.0.role: must be user, assistant or system.");
  EXPECT_EQ(complaint_of(R"("messages":[{"role":"user","content":5}])"),
            "messages.0.content: must be a string or an array of blocks.");
  EXPECT_EQ(complaint_of_block("assistant", R"({"type":"tool_use","id":"a","name":"f","input":"{}"})"),
            "messages.0.content.0.input: must be an object, not a string.");
  EXPECT_EQ(complaint_of_block("user", R"({"type":"tool_use","id":"a","name":"f","input":{}})"),
            "messages.0.content.0: is a tool_use, which cannot stand here.");
  EXPECT_EQ(decode_messages_body(messages_body(R"("stream":1)")).error.param, "stream");
  EXPECT_EQ(complaint_of(R"("model":"n")"), "model: is given twice.");
  EXPECT_EQ(complaint_of(R"("temperature":"a")"), "temperature: must be a number, not a string.");
  EXPECT_EQ(complaint_of(R"("stop_sequences":"a")"), "stop_sequences: must be an array, not a string.");
  EXPECT_EQ(complaint_of(R"("onellm":{"marge":"race"})").substr(0, 13), "onellm.marge:");
  EXPECT_NE(decode_messages_body("[]").error.message, "");
  EXPECT_NE(decode_messages_body("{").error.message, "");
}

TEST(MessagesRequest, RefusesToolsThatCannotBeToldApart) {
  const std::string clash =
      complaint_of(R"("tools":[{"name":"a.b","input_schema":{}},{"name":"a_b","input_schema":{}}])");
  EXPECT_EQ(clash, "tools.1.name: \"a_b\" and \"a.b\" (tools.0) are one name.");
  EXPECT_NE(complaint_of(R"("tools":[{"name":"f","input_schema":{}},{"name":"f","input_schema":{}}])"), "");
  EXPECT_EQ(complaint_of(R"("tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"tool","name":"g"})"),
            "tool_choice.name: is not the name of one of the tools.");
  EXPECT_EQ(complaint_of(R"("tool_choice":{"type":"any"})"), "tool_choice: needs tools to choose from.");
  EXPECT_EQ(complaint_of(R"("tool_choice":{"type":"auto"})"), "");
}

TEST(MessagesRequest, NeedsNoLimitWhereTokensAreOnlyCounted) {
  EXPECT_TRUE(
      decode_messages_body(R"({"model":"m","messages":[{"role":"user","content":"a"}]})", Purpose::kCount).request);
}

TEST(MessagesRequest, SaysWhetherTheClientWantsToSeeThoughts) {
  const auto hides = [](const char* thinking) {
    return decode_messages_body(messages_body(R"("thinking":)" + std::string(thinking)))->hides_thoughts;
  };
  EXPECT_TRUE(hides(R"({"type":"disabled"})"));
  EXPECT_TRUE(hides(R"({"type":"adaptive","display":"omitted"})"));
  EXPECT_FALSE(hides(R"({"type":"adaptive","display":"summarized"})"));
  EXPECT_FALSE(hides(R"({"type":"enabled","budget_tokens":2000})"));
}

TEST(MessagesRequest, ReadsTheGatewaysOwnOptions) {
  const DecodedMessages decoded =
      decode_messages_body(messages_body(R"("onellm":{"merge":"race","strict":true,"lane":"translated","cost":true})"));
  ASSERT_TRUE(decoded.request);
  EXPECT_EQ(decoded->options.merge, "race");
  EXPECT_EQ(decoded->options.strict, true);
  EXPECT_EQ(decoded->options.lane, "translated");
  EXPECT_TRUE(decoded->options.cost);
}

TEST(MessagesRequest, PutsResultsBeforeEverythingElseOfTheUsersTurn) {
  const DecodedMessages decoded = decode_messages_body(messages_body(R"("messages":[
    {"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}},{"type":"tool_use","id":"t2","name":"f","input":{"a":1}}]},
    {"role":"user","content":[{"type":"text","text":"b"},{"type":"tool_result","tool_use_id":"t2","content":"two","is_error":true}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1"}]}])"));
  ASSERT_TRUE(decoded.request) << decoded.error.message;
  ASSERT_EQ(decoded->messages.size(), 5u);
  EXPECT_EQ(decoded->messages[1].tool_calls.size(), 2u);
  EXPECT_EQ(decoded->messages[2].role, chat::Role::kTool);
  EXPECT_EQ(decoded->messages[2].tool_call_id.text, "t2");
  EXPECT_TRUE(decoded->messages[2].is_error);
  EXPECT_EQ(decoded->messages[3].tool_call_id.text, "t1");
  EXPECT_EQ(decoded->messages[4].parts[0].text.text, "b");
}

TEST(MessagesRequest, ReadsMembersInAnyOrder) {
  const DecodedMessages decoded = decode_messages_body(R"({"tool_choice":{"name":"f","type":"tool"},"messages":[
    {"content":[{"source":{"data":"aGk=","media_type":"image/png","type":"base64"},"type":"image"},
                {"content":[{"text":"x","type":"text"}],"tool_use_id":"t","type":"tool_result"}],"role":"user"}],
    "tools":[{"input_schema":{"type":"object"},"name":"f"}],"max_tokens":5,"system":"s","model":"m"})");
  ASSERT_TRUE(decoded.request) << decoded.error.message;
  EXPECT_EQ(decoded->messages[0].role, chat::Role::kSystem);
  EXPECT_EQ(decoded->messages[1].role, chat::Role::kTool);
  EXPECT_EQ(decoded->messages[2].parts[0].media_type.text, "image/png");
}

TEST(MessagesRequest, RefusesWhatOnlyAnthropicCanDoForOthersAlone) {
  const char* const only_there[] = {
      R"("messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}])",
      R"("messages":[{"role":"user","content":[{"type":"document","source":{"type":"file","file_id":"f"}}]}])",
      R"("messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"}]}])",
      R"("inference_geo":"eu")",
  };
  for (const char* const members : only_there) {
    const DecodedMessages decoded = decode_messages_body(messages_body(members));
    ASSERT_TRUE(decoded.request) << decoded.error.message;
    EXPECT_TRUE(decoded->source.out_of_range) << members;
    EXPECT_EQ(send_request(*decoded.request, claude()).error.message, "") << members;
  }
  const DecodedMessages prewarm =
      decode_messages_body(R"({"model":"m","max_tokens":0,"messages":[{"role":"user","content":"a"}]})");
  ASSERT_TRUE(prewarm.request);
  EXPECT_EQ(prewarm->source.out_of_range->param, "max_tokens");
  EXPECT_EQ(send_request(*prewarm.request, claude()).body["max_tokens"], 0);
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
