// What hosts get of messages that hold more, or something else, than OpenAI documents: what a model
// reasoned, calls without their type, images from tools.
#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

constexpr HostRules kOpenAi{.mapping = HostMapping::kOpenAi};
constexpr HostRules kCompatible{.mapping = HostMapping::kCompatible};
constexpr HostRules kAsWritten{};

const std::string kBlocks = R"("thinking_blocks":[{"type":"thinking","thinking":"Hm","signature":"s"}])";
const std::string kContent = R"("content":"Hi")";

// A message of the assistant with these members, as it is sent: its members.
std::string sent_answer(const std::string& members, const HostRules& host, const std::string& model = "gpt-4o") {
  const std::string begin = R"({"role":"assistant",)";
  const Sent sent = send_messages(model, begin + members + "}", host);
  EXPECT_EQ(sent.dropped, std::vector<std::string>{}) << "it was never the client's to ask for";
  EXPECT_TRUE(sent.members.starts_with(R"({"role":"assistant")")) << sent.members;
  const std::string rest = sent.members.substr(std::min(begin.size() - 1, sent.members.size()));
  return rest.starts_with(',') ? rest.substr(1, rest.size() - 2) : rest.substr(0, rest.size() - 1);
}

// --- what a model reasoned ---

TEST(MessagesForOpenAi, AreWithoutWhatItDoesNotKnow) {
  for (const std::string& foreign :
       {kBlocks, std::string(R"("thinking_blocks":[])"), std::string(R"("thinking_blocks":null)"),
        std::string(R"("thinking_blocks":"odd")"), std::string(R"("reasoning_content":"Hm")"),
        std::string(R"("reasoning_content":null)"), std::string(R"("reasoning":"Hm")"),
        std::string(R"("reasoning_details":[{"type":"reasoning.text","text":"Hm"}])"),
        std::string(R"("extra_content":{"google":{"thought_signature":"s"}})"),
        std::string(R"("r\u0065asoning_content":"Hm")")}) {
    EXPECT_EQ(sent_answer(foreign + "," + kContent, kOpenAi), kContent) << foreign;
    EXPECT_EQ(sent_answer(kContent + "," + foreign, kOpenAi), kContent) << foreign;
    EXPECT_EQ(sent_answer(foreign + "," + kContent + R"(, "reasoning_content":"Again", "name":"n")", kOpenAi),
              kContent + R"(, "name":"n")");
  }
}

TEST(MessagesForOpenAi, KeepTheirContentWhereThereIsNothingElse) {
  EXPECT_EQ(sent_answer(R"("reasoning_content":"Hm")", kOpenAi), R"("content":"")");
  EXPECT_EQ(sent_answer(R"("reasoning_content":"Hm",)" + kBlocks, kOpenAi), R"("content":"")");
  EXPECT_EQ(sent_answer(R"("content":null,"reasoning_content":"Hm")", kOpenAi), R"("content":"")");
  EXPECT_EQ(sent_answer(R"("content":null,"audio":{"id":"a"},"reasoning_content":"Hm")", kOpenAi),
            R"("content":null,"audio":{"id":"a"})");
  EXPECT_EQ(sent_answer(R"("content":null,"refusal":"No","reasoning_content":"Hm")", kOpenAi),
            R"("content":null,"refusal":"No")");
}

TEST(MessagesForOpenAi, AreWithoutSignaturesOfCalls) {
  const std::string call = R"({"id":"a","type":"function","function":{"name":"f","arguments":"{ }"})";
  EXPECT_EQ(sent_answer(R"("tool_calls":[)" + call + R"(,"extra_content":{"google":{}}}, )" + call + "}]", kOpenAi),
            R"("tool_calls":[)" + call + "}, " + call + "}]");
}

TEST(MessagesForCompatibleHosts, KeepWhatTheirModelsReasoned) {
  const std::string members = R"("reasoning_content":"Hm","reasoning":"Hm","reasoning_details":[{}],)"
                              R"("extra_content":{"google":{"thought_signature":"s"}},)" +
                              kContent;
  EXPECT_EQ(sent_answer(members, kCompatible, "deepseek-chat"), members);
  EXPECT_EQ(sent_answer(kBlocks + "," + members, kCompatible), members) << "that of Claude is for Claude alone";
  EXPECT_EQ(sent_answer(members + R"(,"thinking_blocks":[])", kCompatible), members);
}

// Our own answer as a client has it in its next request.
TEST(MessagesForHostsWithoutEchoes, AreWithoutWhatStoodBesideTheText) {
  constexpr HostRules kStrict{.mapping = HostMapping::kCompatible, .takes_no_echoes = true};
  const std::string call = R"("tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"})";
  EXPECT_EQ(sent_answer(kContent +
                            R"(,"refusal":null,"annotations":[],"audio":null,"reasoning_content":"Hm",)"
                            R"("reasoning":"Hm","reasoning_details":[],"channel":"final","name":"n",)" +
                            kBlocks + "," + call + R"(,"extra_content":{}}])",
                        kStrict),
            kContent + R"(,"name":"n",)" + call + "}]");
  EXPECT_EQ(sent_answer(R"("content":null,"refusal":null,)" + call + "}]", kStrict),
            R"("content":null,)" + call + "}]");
  EXPECT_EQ(sent_answer(R"("content":null,"refusal":null,"reasoning_content":"Hm")", kStrict), R"("content":"")");
  EXPECT_EQ(sent_answer(kContent + R"(,"refusal":null)", kCompatible), kContent + R"(,"refusal":null)");

  const std::vector<std::string> pass = {"reasoning"};
  const HostRules passing{.mapping = HostMapping::kCompatible, .takes_no_echoes = true, .pass = pass};
  EXPECT_EQ(sent_answer(kContent + R"(,"reasoning":"Hm","reasoning_content":"Hm")", passing),
            kContent + R"(,"reasoning":"Hm")");
}

TEST(MessagesSent, LoseWhatSettingsDrop) {
  const std::vector<std::string> drop = {"reasoning_content", "channel"};
  const std::string more = R"(,"reasoning":"Hm")";
  for (const HostMapping mapping : {HostMapping::kAsWritten, HostMapping::kCompatible}) {
    const HostRules host{.mapping = mapping, .drop = drop};
    EXPECT_EQ(sent_answer(kContent + R"(,"reasoning_content":"Hm","channel":"final")" + more, host), kContent + more);
  }
}

TEST(MessagesForOpenAi, AreWithoutTheChannelOfAnotherHost) {
  EXPECT_EQ(sent_answer(kContent + R"(,"channel":"final","refusal":null)", kOpenAi), kContent + R"(,"refusal":null)");
}

TEST(MessagesForCompatibleHosts, KeepThinkingBlocksWhereSettingsSaySo) {
  const std::vector<std::string> pass = {"thinking_blocks"};
  const HostRules host{.mapping = HostMapping::kCompatible, .pass = pass};
  EXPECT_EQ(sent_answer(kBlocks + "," + kContent, host), kBlocks + "," + kContent);
}

// https://api-docs.deepseek.com/guides/thinking_mode
TEST(MessagesForCompatibleHosts, GiveDeepSeeksReasonerItsReasoningOnlyBesideCalls) {
  const std::string call = R"("tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}])";
  const std::string reasoning = R"("reasoning_content":"Hm")";
  for (const char* model : {"deepseek-reasoner", "deepseek/deepseek-reasoner"}) {
    EXPECT_EQ(sent_answer(reasoning + "," + kContent, kCompatible, model), kContent);
    EXPECT_EQ(sent_answer(reasoning + "," + call, kCompatible, model), reasoning + "," + call);
  }
}

// --- calls ---

std::string call_with(const std::string& members) { return R"("tool_calls":[{)" + members + "}]"; }

TEST(ToolCallsSent, GetTheirTypeAndAText) {
  const struct {
    const char* asked;
    const char* sent;
  } cases[] = {
      {R"("id":"a","function":{"name":"f","arguments":"{}"})",
       R"("id":"a","type":"function","function":{"name":"f","arguments":"{}"})"},
      {R"("function":{"name":"f","arguments":"{}"}, "id":"a")",
       R"("function":{"name":"f","arguments":"{}"}, "id":"a","type":"function")"},
      {R"("type":null,"id":"a","function":{"name":"f","arguments":"{}"})",
       R"("type":"function","id":"a","function":{"name":"f","arguments":"{}"})"},
      {R"("id":"a","type":"function","function":{"arguments":{ "q": "\u00e4", "n": 1.50 },"name":"f"})",
       R"("id":"a","type":"function","function":{"arguments":"{\"q\":\"\\u00e4\",\"n\":1.50}","name":"f"})"},
      {R"("id":"a","type":"function","function":{"name":"f","arguments":""})",
       R"("id":"a","type":"function","function":{"name":"f","arguments":"{}"})"},
      {R"("id":"a","type":"function","function":{"name":"f","arguments":null})",
       R"("id":"a","type":"function","function":{"name":"f","arguments":"{}"})"},
      {R"("id":"a","function":{"name":"f"})", R"("id":"a","type":"function","function":{"name":"f","arguments":"{}"})"},
      {R"("id":"a","custom":{"name":"c","input":""})", R"("id":"a","type":"custom","custom":{"name":"c","input":""})"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(sent_answer(call_with(c.asked), kOpenAi), call_with(c.sent));
    EXPECT_EQ(sent_answer(call_with(c.asked), kCompatible), call_with(c.sent));
    EXPECT_EQ(sent_answer(call_with(c.asked), kAsWritten), call_with(c.asked));
  }
}

TEST(ToolCallsSent, StayToTheByteWhereTheyAreRight) {
  const std::string right =
      R"({ "type":"function", "id" : "a","function":{"name":"f","arguments":"not JSON"} , "index":0})";
  const std::string custom = R"({"id":"c","type":"custom","custom":{"name":"c","input":""}})";
  EXPECT_EQ(sent_answer(R"("tool_calls": [ )" + right + "," + custom + "]", kOpenAi),
            R"("tool_calls": [ )" + right + "," + custom + "]");
  const std::string loose = R"({"id":"b","function":{"name":"f","arguments":"{}"}})";
  EXPECT_EQ(sent_answer(R"("tool_calls":[)" + right + " , " + loose + "," + custom + "]", kOpenAi),
            R"("tool_calls":[)" + right +
                R"( , {"id":"b","type":"function","function":{"name":"f","arguments":"{}"}},)" + custom + "]");
}

TEST(ToolCallsSent, ThatWereCallsOfFunctionsAreMendedToo) {
  EXPECT_EQ(
      sent_answer(R"("content":null,"function_call":{"name":"f","arguments":""})", kCompatible),
      R"("content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}])");
}

TEST(ToolCallsSent, ThatAreCallsOfFunctionsGetAText) {
  const auto call = [](const char* arguments) {
    return R"("content":null,"function_call":{"name":"f","arguments":)" + std::string(arguments) + "}";
  };
  EXPECT_EQ(sent_answer(call(R"({"a": 1})"), kOpenAi), call(R"("{\"a\":1}")"));
  EXPECT_EQ(sent_answer(call(R"("")"), kOpenAi), call(R"("{}")"));
  EXPECT_EQ(sent_answer(call(R"("{ }")"), kOpenAi), call(R"("{ }")"));
  EXPECT_EQ(sent_answer(call(R"({"a": 1})"), kAsWritten), call(R"({"a": 1})"));
}

TEST(ToolCallsSent, ThatGiveArgumentsTwiceAreMendedWhereTheyCount) {
  const auto call = [](const std::string& arguments) {
    return R"("tool_calls":[{"id":"a","type":"function","function":{"name":"f",)" + arguments + "}}]";
  };
  EXPECT_EQ(sent_answer(call(R"("arguments":"{}","arguments":{"a":1})"), kOpenAi),
            call(R"("arguments":"{}","arguments":"{\"a\":1}")"));
}

TEST(ToolCallsSent, AreLeftOutWhereThereAreNone) {
  EXPECT_EQ(sent_answer(kContent + R"(,"tool_calls":[])", kOpenAi), kContent);
  EXPECT_EQ(sent_answer(kContent + R"(,"tool_calls":[])", kCompatible), kContent);
  EXPECT_EQ(sent_answer(kContent + R"(,"tool_calls":[])", kAsWritten), kContent + R"(,"tool_calls":[])");
  EXPECT_EQ(sent_answer(kContent + R"(,"tool_calls":null)", kOpenAi), kContent + R"(,"tool_calls":null)");
}

// --- images from tools ---

const std::string kImage = R"({"type":"image_url", "image_url":{"url":"data:image/png;base64,AAAA"}})";

std::string result(const std::string& id, const std::string& content) {
  return R"({"role":"tool","content":)" + content + R"(,"tool_call_id":")" + id + R"("})";
}
std::string shown(const std::string& id, const std::string& images) {
  return R"({"type":"text","text":"What the tool call )" + id + R"( gave:"},)" + images;
}
std::string user_says(const std::string& parts) { return R"({"role":"user","content":[)" + parts + "]}"; }

TEST(ImagesOfTools, GoIntoAMessageOfTheUserBehindAllResults) {
  const std::string text = R"({"type":"text","text":"t"})";
  const std::string later = R"({"role":"user","content":"And now?"})";
  const std::string asked = result("a", "[" + text + ", " + kImage + "]") + "," + result("b", R"("plain")") + " , " +
                            result("c", "[" + kImage + "," + kImage + "," + text + "]") + ", " + later;
  const std::string sent = result("a", "[" + text + "]") + "," + result("b", R"("plain")") + " , " +
                           result("c", "[" + text + "]") + "," +
                           user_says(shown("a", kImage) + "," + shown("c", kImage + "," + kImage)) + ", " + later;
  EXPECT_EQ(send_messages("gpt-4o", asked, kOpenAi), (Sent{sent, {}}));
}

TEST(ImagesOfTools, LeaveAWordWhereTheyStoodAlone) {
  const std::string sent =
      result("a", R"("An image, which the next message of the user shows.")") + "," + user_says(shown("a", kImage));
  EXPECT_EQ(send_messages("gpt-4o", result("a", "[" + kImage + "]"), kOpenAi), (Sent{sent, {}}));
  const std::string answer = R"({"role":"assistant","content":"I see."})";
  const std::string round = result("a", "[" + kImage + "]") + "," + answer;
  EXPECT_EQ(send_messages("gpt-4o", round + "," + round, kOpenAi),
            (Sent{sent + "," + answer + "," + sent + "," + answer, {}}));
}

TEST(FilesOfTools, GoTheSameWay) {
  const std::string file =
      R"({"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}})";
  const std::string text = R"({"type":"text","text":"Here."})";
  EXPECT_EQ(send_messages("gpt-4o", result("a", "[" + text + "," + file + "]"), kOpenAi),
            (Sent{result("a", "[" + text + "]") + "," + user_says(shown("a", file)), {}}));
  EXPECT_EQ(send_messages("gpt-4o", result("a", "[" + file + "," + kImage + "]"), kOpenAi),
            (Sent{result("a", R"("A file, which stands in the next message of the user.")") + "," +
                      user_says(shown("a", file + "," + kImage)),
                  {}}));
  EXPECT_EQ(send_messages("llama", result("a", "[" + file + "]"), kCompatible),
            (Sent{result("a", "[" + file + "]"), {}}));
}

TEST(ImagesOfTools, StayWhereTheHostMayTakeThem) {
  const std::string asked = result("a", "[" + kImage + "]") + "," + user_says(kImage);
  EXPECT_EQ(send_messages("llama", asked, kCompatible), (Sent{asked, {}}));
  EXPECT_EQ(send_messages("llama", asked, kAsWritten), (Sent{asked, {}}));
  const HostRules text_only{.mapping = HostMapping::kCompatible, .tools_give_text = true};
  EXPECT_NE(send_messages("gemini-flash", asked, text_only).members, asked);
}

TEST(ImagesOfTools, LoseTheirMarksOfPromptCachesWithTheRest) {
  const std::string mark = R"(,"prompt_cache_breakpoint":{"mode":"explicit"}})";
  const std::string asked = result("a", R"([{"type":"text","text":"t")" + mark + "," + kImage + "]");
  const HostRules text_only{.mapping = HostMapping::kCompatible, .tools_give_text = true};
  EXPECT_EQ(send_messages("gemini-flash", asked, text_only),
            (Sent{result("a", R"([{"type":"text","text":"t"}])") + "," + user_says(shown("a", kImage)),
                  {"prompt_cache_breakpoint"}}));
}

TEST(ImagesOfTools, LoseTheirOwnMarksOfPromptCachesToo) {
  const std::string marked =
      R"({"type":"image_url","prompt_cache_breakpoint":{"mode":"explicit"}, )" + kImage.substr(1);
  const HostRules text_only{.mapping = HostMapping::kCompatible, .tools_give_text = true};
  const Sent sent = send_messages("gemini-flash", result("a", "[" + marked + "]"), text_only);
  EXPECT_EQ(sent.members.find("prompt_cache_breakpoint"), std::string::npos) << sent.members;
  EXPECT_NE(sent.members.find(kImage.substr(1)), std::string::npos) << sent.members;
  EXPECT_EQ(sent.dropped, std::vector<std::string>{"prompt_cache_breakpoint"});
}

// --- all of it ---

// What is given twice is read once, the last of it; the other one is nobody's.
TEST(MessagesSent, ThatGiveAMemberTwiceAreStillRequests) {
  const std::string text = R"({"type":"text","text":"t"})";
  for (const std::string& message :
       {R"({"role":"tool","tool_call_id":"a","content":[)" + text + "," + kImage + R"(],"content":[)" + kImage + "]}",
        R"({"role":"tool","tool_call_id":"a","content":[)" + kImage + R"(],"content":null})",
        R"({"role":"tool","tool_call_id":"a","content":[)" + kImage + R"(],"content":"t"})",
        std::string(R"({"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f"},"function":null}]})"),
        std::string(R"({"role":"assistant","content":"t","tool_calls":[{"id":"a","function":{"name":"f"}}],)"
                    R"("tool_calls":[],"role":"assistant"})")}) {
    const Sent once = send_messages("gpt-4o", message, kOpenAi);
    EXPECT_EQ(send_messages("gpt-4o", once.members, kOpenAi), once) << message;
  }
}

TEST(MessagesSent, NeedNoMoreChanges) {
  const std::string asked =
      R"({"role":"user","content":"hi"},{"role":"assistant","reasoning_content":"Hm","content":null,)"
      R"("tool_calls":[{"id":"a","function":{"name":"f","arguments":{"x":[1, 2]}},"extra_content":{}}],)" +
      kBlocks + "}," + result("a", "[" + kImage + "]") + R"(,{"role":"developer","content":"D"})";
  for (const HostRules& host : {kOpenAi, kCompatible}) {
    const Sent once = send_messages("gpt-4o", asked, host);
    EXPECT_EQ(send_messages("gpt-4o", once.members, host), once);
    EXPECT_NE(once.members, asked);
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
