// What each provider gets of the tools of a Messages request.
#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

std::string with_tools(std::string_view tools, std::string_view more = {}) {
  return R"("tools":[)" + std::string(tools) + "]" + std::string(more);
}

constexpr const char* kFunction = R"({"name":"f","input_schema":{"type":"object"}})";
constexpr const char* kSearch =
    R"({"type":"web_search_20250305","name":"web_search","max_uses":5,"allowed_domains":["a.test"],"user_location":{"type":"approximate","city":"Oslo"}})";

TEST(MessagesTools, AreFunctionsElsewhere) {
  const char* const tools =
      R"({"name":"f","description":"d","input_schema":{"type":"object"},"strict":true,"defer_loading":true,"input_examples":[{}],"allowed_callers":["direct"]},
    {"type":"custom","name":"g","input_schema":{"type":"object"},"strict":false})";
  const Sent chat = send_with(with_tools(tools), openai(), true);
  EXPECT_EQ(chat.body["tools"], Json::parse(R"([
    {"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},
    {"type":"function","function":{"name":"g","parameters":{"type":"object"}}}])"));
  const Json item = send_with(with_tools(tools), responses(), true).body["tools"][1];
  EXPECT_EQ(item["name"], "g");
  EXPECT_EQ(item["strict"], false);
  EXPECT_EQ(send_with(with_tools(tools), gemini_flash()).body["tools"][0]["functionDeclarations"].size(), 2u);
}

TEST(MessagesTools, AreEmulatedWhereTheClientRunsThem) {
  const char* const tools =
      R"({"type":"bash_20250124","name":"bash"},{"type":"text_editor_20250728","name":"str_replace_based_edit_tool"},{"type":"memory_20250818","name":"memory"})";
  const Json chat = send_with(with_tools(tools), openai(), true).body["tools"];
  ASSERT_EQ(chat.size(), 3u);
  EXPECT_EQ(chat[0]["function"]["name"], "bash");
  EXPECT_TRUE(chat[0]["function"]["parameters"]["properties"].contains("command"));
  EXPECT_EQ(chat[1]["function"]["name"], "str_replace_based_edit_tool");
  EXPECT_EQ(chat[1]["function"]["parameters"]["required"], Json::parse(R"(["command","path"])"));
  EXPECT_EQ(chat[2]["function"]["name"], "memory");
  EXPECT_EQ(chat.dump().find("20250"), std::string::npos);
  EXPECT_EQ(send_with(with_tools(tools), gemini_flash(), true).body["tools"][0]["functionDeclarations"].size(), 3u);
  EXPECT_EQ(send_with(with_tools(tools), responses(), true).body["tools"].size(), 3u);
}

TEST(MessagesTools, AreLeftOutAndNamedWhereTheProviderLacksThem) {
  const std::string tools =
      std::string(kFunction) + "," + kSearch +
      R"(,{"type":"web_fetch_20250910","name":"web_fetch"},{"type":"code_execution_20250825","name":"code_execution"},
    {"type":"computer_20250124","name":"computer"},{"type":"mcp_toolset","mcp_server_name":"m"},{"type":"hologram_20300101","name":"h"})";
  const Names all = {"tools.web_search", "tools.web_fetch",   "tools.code_execution",
                     "tools.computer",   "tools.mcp_toolset", "tools.hologram"};
  for (const Target* target : {&openai(), &host()}) {
    const Sent sent = send_with(with_tools(tools), *target);
    EXPECT_EQ(sent.dropped, all) << target->model;
    EXPECT_EQ(sent.body["tools"].size(), 1u);
  }
  const Sent search = send_with(with_tools(tools), responses());
  EXPECT_FALSE(search.drops("tools.web_search"));
  EXPECT_TRUE(search.drops("tools.code_execution"));
  EXPECT_EQ(search.body["tools"].size(), 2u);
  EXPECT_EQ(
      search.body["tools"][1],
      Json::parse(
          R"({"type":"web_search","user_location":{"type":"approximate","city":"Oslo"},"filters":{"allowed_domains":["a.test"]}})"));
  const Sent google = send_with(
      with_tools(std::string(kSearch) +
                 R"(,{"type":"web_fetch_20250910","name":"web_fetch"},{"type":"code_execution_20250825","name":"c"})"),
      gemini_flash());
  EXPECT_EQ(google.body["tools"], Json::parse(R"([{"googleSearch":{}},{"codeExecution":{}},{"urlContext":{}}])"));
}

TEST(MessagesTools, AreNoErrorByTheirMerePresence) {
  for (const Target* target : {&openai(), &host(), &responses(), &gemini_flash(), &gemini_pro()}) {
    const Sent sent = send_with(with_tools(R"({"type":"computer_20250124","name":"computer"})",
                                           R"(,"tool_choice":{"type":"auto","disable_parallel_tool_use":true})"),
                                *target);
    EXPECT_EQ(sent.error.message, "") << target->model;
    EXPECT_FALSE(sent.body.contains("tools")) << sent.text;
    EXPECT_FALSE(sent.body.contains("tool_choice")) << sent.text;
    EXPECT_FALSE(sent.body.contains("parallel_tool_calls")) << sent.text;
  }
}

TEST(MessagesTools, CannotBeForcedWhereTheyAreLeftOut) {
  const char* const named = R"(,"tool_choice":{"type":"tool","name":"computer"})";
  const std::string computer = R"({"type":"computer_20250124","name":"computer"})";
  for (const Target* target : {&openai(), &host(), &responses(), &gemini_flash()}) {
    EXPECT_EQ(send_with(with_tools(computer, named), *target).error.param, "tool_choice") << target->model;
    EXPECT_EQ(send_with(with_tools(computer + "," + kFunction, named), *target).error.param, "tool_choice")
        << target->model;
    EXPECT_EQ(send_with(with_tools(computer, R"(,"tool_choice":{"type":"any"})"), *target).error.param, "tool_choice")
        << target->model;
  }
}

TEST(MessagesTools, AreSearchedWithWhereTheClientForcesASearch) {
  const char* const named = R"(,"tool_choice":{"type":"tool","name":"web_search"})";
  EXPECT_EQ(send_with(with_tools(kSearch, named), responses()).body["tool_choice"],
            Json::parse(R"({"type":"web_search"})"));
  const Sent google = send_with(with_tools(kSearch, named), gemini_flash());
  EXPECT_EQ(google.body["tools"], Json::parse(R"([{"googleSearch":{}}])"));
  EXPECT_TRUE(google.drops("tool_choice"));
}

TEST(MessagesTools, AreChosenAmongAsTheClientSays) {
  const auto choice = [](const char* given, const Target& target) {
    return send_with(with_tools(kFunction, R"(,"tool_choice":)" + std::string(given)), target).body;
  };
  EXPECT_EQ(choice(R"({"type":"any","disable_parallel_tool_use":true})", openai())["tool_choice"], "required");
  EXPECT_EQ(choice(R"({"type":"any","disable_parallel_tool_use":true})", openai())["parallel_tool_calls"], false);
  EXPECT_EQ(choice(R"({"type":"none"})", openai())["tool_choice"], "none");
  EXPECT_EQ(choice(R"({"type":"tool","name":"f"})", openai())["tool_choice"]["function"]["name"], "f");
  EXPECT_EQ(choice(R"({"type":"tool","name":"f"})", gemini_flash())["toolConfig"]["functionCallingConfig"],
            Json::parse(R"({"mode":"ANY","allowedFunctionNames":["f"]})"));
  EXPECT_EQ(send_with(with_tools(kFunction, R"(,"tool_choice":{"type":"auto","disable_parallel_tool_use":true})"),
                      gemini_flash())
                .dropped,
            Names{"tool_choice.disable_parallel_tool_use"});
}

TEST(MessagesTools, HaveNamesThatEveryProviderTakes) {
  const Sent sent = send_with(with_tools(R"({"name":"a.b c","input_schema":{"type":"object"}})"), host());
  EXPECT_EQ(sent.body["tools"][0]["function"]["name"], "a_b_c");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
