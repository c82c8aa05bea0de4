// What each provider gets of a Messages request: parameters, messages and blocks.
#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kToolTurn = R"("messages":[
  {"role":"user","content":"Weather?"},
  {"role":"assistant","content":[{"type":"text","text":"Looking."},{"type":"tool_use","id":"toolu_1","name":"f","input":{ "city" : "Oslo", "n":1.50 }}]},
  {"role":"user","content":[{"type":"text","text":"In Celsius."},
    {"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[{"type":"text","text":"no"},{"type":"text","text":"city"}]}]}],
  "tools":[{"name":"f","description":"d","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}])";

TEST(MessagesToOthers, HaveTheParametersUnderTheirNamesThere) {
  const char* const members = R"("temperature":0.5,"top_p":0.9,"stop_sequences":["a","b"],"metadata":{"user_id":"u"})";
  const Sent chat = send_with(members, openai());
  EXPECT_EQ(chat.body["temperature"], 0.5);
  EXPECT_EQ(chat.body["stop"], Json::parse(R"(["a","b"])"));
  EXPECT_EQ(chat.body["user"], "u");
  EXPECT_EQ(chat.dropped, Names());
  const Sent google = send_with(std::string(members) + R"(,"top_k":5)", gemini_flash());
  EXPECT_EQ(google.body["generationConfig"]["topK"], 5);
  EXPECT_EQ(google.body["generationConfig"]["stopSequences"].size(), 2u);
  EXPECT_EQ(google.body["generationConfig"]["maxOutputTokens"], 1024);
  EXPECT_EQ(google.dropped, Names());
  EXPECT_EQ(send_with("", o3()).body["max_completion_tokens"], 1024);
  EXPECT_EQ(send_with("", responses()).body["max_output_tokens"], 1024);
}

TEST(MessagesToOthers, ReportWhatIsLeftOutByTheClientsName) {
  EXPECT_EQ(send_with(R"("top_k":5)", openai()).dropped, Names{"top_k"});
  EXPECT_EQ(send_with(R"("top_k":5)", host()).dropped, Names{"top_k"});
  EXPECT_EQ(send_with(R"("stop_sequences":["1","2","3","4","5","6"])", openai()).dropped, Names{"stop_sequences"});
  EXPECT_EQ(send_with(R"("stop_sequences":["1","2","3","4","5","6"])", gemini_flash()).dropped,
            Names{"stop_sequences"});
  const Sent many = send_with(
      R"("container":"c","speed":"fast","context_management":{"edits":[]},"brand_new":1,"mcp_servers":[])", openai());
  EXPECT_EQ(many.dropped, (Names{"container", "speed", "context_management", "brand_new", "mcp_servers"}));
  EXPECT_EQ(send_with(R"("output_config":{"task_budget":{"total":1}})", gemini_flash()).dropped,
            Names{"output_config.task_budget"});
  EXPECT_EQ(send_with(R"("temperature":0.5)", o3()).dropped, Names{"temperature"});
}

TEST(MessagesToOthers, LoseHintsInSilence) {
  const char* const members = R"("cache_control":{"type":"ephemeral"},"service_tier":"auto",
    "thinking":{"type":"adaptive"},"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],
    "messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]},
      {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{},"cache_control":{"type":"ephemeral"}}]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","is_error":true,"content":"x","cache_control":{"type":"ephemeral"}}]}],
    "tools":[{"name":"f","input_schema":{"type":"object"},"defer_loading":true,"cache_control":{"type":"ephemeral"}}])";
  for (const Target* target : all_targets()) {
    if (target == &bison()) continue;  // It has no tools.
    const Sent sent = send_with(members, *target, true);
    EXPECT_EQ(sent.error.message, "") << target->model;
    EXPECT_EQ(sent.dropped, Names()) << target->model;
    if (target == &claude()) continue;
    EXPECT_EQ(sent.text.find("cache_control"), std::string::npos) << target->model;
    EXPECT_EQ(sent.text.find("is_error"), std::string::npos) << target->model;
  }
}

TEST(MessagesToOthers, HaveTheSystemPromptWhereItBelongs) {
  const char* const members = R"("system":[{"type":"text","text":"One."},{"type":"text","text":"Two."}])";
  EXPECT_EQ(send_with(members, openai()).body["messages"][0],
            Json::parse(R"({"role":"system","content":"One.\n\nTwo."})"));
  EXPECT_EQ(send_with(members, host()).body["messages"][0]["role"], "system");
  EXPECT_EQ(send_with(members, responses()).body["instructions"], "One.\n\nTwo.");
  EXPECT_EQ(send_with(members, responses()).body["input"].size(), 1u);
  EXPECT_EQ(send_with(members, gemini_flash()).body["systemInstruction"]["parts"].size(), 2u);
  const char* const middle =
      R"("messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"system","content":"Rhyme."},{"role":"user","content":"c"}])";
  EXPECT_EQ(send_with(middle, openai()).body["messages"][2], Json::parse(R"({"role":"system","content":"Rhyme."})"));
  EXPECT_EQ(send_with(middle, responses()).body["input"][2]["role"], "developer");
  EXPECT_EQ(send_with(middle, gemini_flash()).body["contents"][2]["parts"].size(), 2u);
}

TEST(MessagesToOthers, HaveCallsAndResultsInTheirForm) {
  const Json chat = send_with(kToolTurn, openai()).body;
  EXPECT_EQ(chat["messages"][1]["tool_calls"][0]["id"], "toolu_1");
  EXPECT_EQ(chat["messages"][1]["tool_calls"][0]["function"]["arguments"], R"({"city":"Oslo","n":1.50})");
  EXPECT_EQ(chat["messages"][1]["content"], "Looking.");
  EXPECT_EQ(chat["messages"][2], Json::parse(R"({"role":"tool","tool_call_id":"toolu_1","content":"no\ncity"})"));
  EXPECT_EQ(chat["messages"][3], Json::parse(R"({"role":"user","content":"In Celsius."})"));
  EXPECT_EQ(chat["tools"][0]["function"]["parameters"], Json::parse(R"({"type":"object"})"));
  const Json input = send_with(kToolTurn, responses()).body["input"];
  EXPECT_EQ(input[2]["type"], "function_call");
  EXPECT_EQ(input[2]["call_id"], "toolu_1");
  EXPECT_EQ(input[3]["type"], "function_call_output");
  const Json google = send_with(kToolTurn, gemini_flash()).body["contents"];
  EXPECT_EQ(google[1]["parts"][1]["functionCall"]["args"]["city"], "Oslo");
  EXPECT_EQ(google[2]["parts"][0]["functionResponse"]["response"], Json::parse(R"({"error":"no\ncity"})"));
  EXPECT_NE(send_with(kToolTurn, bison()).error.param.find("tools"), std::string::npos);
}

TEST(MessagesToOthers, HaveAnEmptyResultAsAnEmptyText) {
  const char* const members = R"("messages":[{"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}])";
  EXPECT_EQ(send_with(members, openai()).body["messages"][2]["content"], "");
  EXPECT_EQ(send_with(members, responses()).body["input"][2]["output"], "");
}

TEST(MessagesToOthers, HavePicturesOfResultsAfterAllResults) {
  const char* const members = R"("messages":[{"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}},{"type":"tool_use","id":"u","name":"f","input":{}}]},
    {"role":"user","content":[
      {"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]},
      {"type":"tool_result","tool_use_id":"u","content":"x"}]}])";
  const Json chat = send_with(members, openai()).body["messages"];
  EXPECT_EQ(chat[2]["role"], "tool");
  EXPECT_EQ(chat[3]["role"], "tool");
  EXPECT_EQ(chat[4]["role"], "user");
  EXPECT_NE(chat[4].dump().find("data:image/png;base64,iVBORw0KGgo="), std::string::npos);
}

TEST(MessagesToOthers, HaveDocumentsAsFilesAndTexts) {
  const char* const blocks =
      R"({"type":"document","title":"a.pdf","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}},
         {"type":"document","title":"Notes","context":"from Ann","source":{"type":"text","media_type":"text/plain","data":"plain words"}},
         {"type":"document","title":"T","source":{"type":"content","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}},
         {"type":"search_result","source":"https://s.test","title":"Hit","content":[{"type":"text","text":"hit text"}]},
         {"type":"text","text":"Sum up"})";
  const Json content = send_blocks(blocks, openai()).body["messages"][0]["content"];
  EXPECT_EQ(content[0]["file"],
            Json::parse(R"({"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="})"));
  EXPECT_EQ(content[1]["text"], "Notes\nfrom Ann\nplain words");
  EXPECT_EQ(content[2]["text"], "T\none\ntwo");
  EXPECT_EQ(content[3]["text"], "Hit\nhttps://s.test\nhit text");
  EXPECT_EQ(content[4]["text"], "Sum up");
  EXPECT_EQ(send_blocks(blocks, gemini_flash()).body["contents"][0]["parts"][0]["inlineData"]["mimeType"],
            "application/pdf");
  EXPECT_EQ(send_blocks(blocks, responses()).body["input"][0]["content"][0]["file_data"],
            "data:application/pdf;base64,JVBERi0=");
  const char* const address = R"({"type":"document","source":{"type":"url","url":"https://a.test/a.pdf"}})";
  const Sent refused = send_blocks(address, openai());
  EXPECT_EQ(refused.error.param, "messages.0.content.0.document.source");
  EXPECT_EQ(send_blocks(address, responses()).body["input"][0]["content"][0]["file_url"], "https://a.test/a.pdf");
  EXPECT_EQ(send_blocks(address, gemini_pro()).body["contents"][0]["parts"][0]["fileData"]["fileUri"],
            "https://a.test/a.pdf");
}

TEST(MessagesToOthers, HaveReferencesToToolsAsText) {
  const char* const members = R"("messages":[{"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"tool_reference","tool_name":"g"}]}]}])";
  EXPECT_EQ(send_with(members, openai()).body["messages"][2]["content"], "tool: g");
}

TEST(MessagesToOthers, LoseBlocksOfServerToolsAndSaySoOnce) {
  const char* const members = R"("messages":[{"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"q":"x"}},
      {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","encrypted_content":"zzz"}]},
      {"type":"text","text":"Found it.","citations":[{"type":"web_search_result_location","url":"u"}]}]},
    {"role":"user","content":[{"type":"hologram","x":1},{"type":"text","text":"more"}]}])";
  for (const Target* target : all_targets()) {
    const Sent sent = send_with(members, *target);
    EXPECT_EQ(sent.error.message, "") << target->model;
    const bool is_own = target == &claude();
    Names lost = is_own ? Names() : Names{"server_tool_use", "hologram"};
    if (target == &bison()) lost.emplace_back("max_tokens");
    EXPECT_EQ(sent.dropped, lost) << target->model;
    EXPECT_EQ(sent.text.find("zzz") != std::string::npos, is_own) << target->model;
    EXPECT_NE(sent.text.find("Found it."), std::string::npos) << target->model;
  }
}

TEST(MessagesToOthers, HaveTheSummaryOfACompactionAsAUsersText) {
  const char* const members = R"("messages":[{"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"compaction","content":"We met."},{"type":"text","text":"ok"}]},
    {"role":"user","content":"b"}])";
  const Sent sent = send_with(members, openai());
  EXPECT_EQ(sent.body["messages"][1], Json::parse(R"({"role":"user","content":"We met."})"));
  EXPECT_EQ(sent.body["messages"][2]["content"], "ok");
  EXPECT_EQ(sent.dropped, Names());
  const Json own = send_with(members, claude()).body["messages"];
  EXPECT_EQ(own.size(), 3u);
  EXPECT_EQ(own[1]["content"][0], Json::parse(R"({"type":"compaction","content":"We met."})"));
}

TEST(MessagesToOthers, HaveTheFormatOfTheAnswer) {
  const char* const closed =
      R"({"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false})";
  const char* const open = R"({"type":"object","properties":{"a":{"type":"string"}}})";
  const auto with = [](const char* schema, const char* begin) {
    return std::string(begin) + R"({"type":"json_schema","schema":)" + schema + "}";
  };
  const std::string inner = R"("output_config":{"format":)";
  const Json strict = send_with(with(closed, inner.c_str()) + "}", openai()).body["response_format"];
  EXPECT_EQ(strict["json_schema"]["name"], "response");
  EXPECT_EQ(strict["json_schema"]["strict"], true);
  EXPECT_EQ(strict["json_schema"]["schema"], Json::parse(closed));
  EXPECT_EQ(send_with(with(open, inner.c_str()) + "}", openai()).body["response_format"]["json_schema"]["strict"],
            false);
  EXPECT_EQ(send_with(with(open, R"("output_format":)"), openai()).body["response_format"]["json_schema"]["name"],
            "response");
  EXPECT_EQ(send_with(with(closed, inner.c_str()) + "}", responses()).body["text"]["format"]["name"], "response");
  EXPECT_EQ(send_with(with(closed, inner.c_str()) + "}", gemini_flash()).body["generationConfig"]["responseMimeType"],
            "application/json");
  EXPECT_EQ(send_with(with(open, R"("output_format":)"), gemini_flash()).dropped, Names());
}

TEST(MessagesToOthers, HaveTheThinkingAsAnEffort) {
  const auto effort = [](const char* members, const Target& target) {
    return send_with(members, target).body["reasoning_effort"];
  };
  EXPECT_EQ(effort(R"("thinking":{"type":"enabled","budget_tokens":2048})", o3()), "low");
  EXPECT_EQ(effort(R"("thinking":{"type":"enabled","budget_tokens":8000})", o3()), "medium");
  EXPECT_EQ(effort(R"("thinking":{"type":"enabled","budget_tokens":20000})", o3()), "high");
  EXPECT_EQ(effort(R"("thinking":{"type":"adaptive"},"output_config":{"effort":"high"})", o3()), "high");
  EXPECT_EQ(effort(R"("thinking":{"type":"disabled"},"output_config":{"effort":"high"})", o3()), "high");
  EXPECT_EQ(effort(R"("thinking":{"type":"enabled","budget_tokens":20000},"output_config":{"effort":"low"})", o3()),
            "low");
  EXPECT_EQ(effort(R"("thinking":{"type":"adaptive"})", o3()), Json());
  EXPECT_EQ(send_with(R"("thinking":{"type":"enabled","budget_tokens":2048})", gemini_flash())
                .body["generationConfig"]["thinkingConfig"],
            Json::parse(R"({"thinkingBudget":2048,"includeThoughts":true})"));
}

TEST(MessagesToOthers, NameTheThinkingOnlyWhereItWasAskedForAndIsLost) {
  EXPECT_EQ(send_with(R"("thinking":{"type":"enabled","budget_tokens":2048})", openai()).dropped, Names{"thinking"});
  for (const char* const harmless : {R"("thinking":{"type":"adaptive"})", R"("thinking":{"type":"disabled"})",
                                     R"("thinking":{"type":"between_tools"})"}) {
    for (const Target* target : all_targets()) {
      if (target == &claude()) continue;
      const Sent sent = send_with(harmless, *target);
      EXPECT_EQ(sent.error.message, "");
      EXPECT_FALSE(sent.drops("thinking")) << harmless << target->model;
      EXPECT_EQ(sent.text.find("adaptive"), std::string::npos);
    }
  }
}

TEST(MessagesToOthers, MarkThePromptCacheWhereTheModelHasSuchMarks) {
  const char* const blocks =
      R"({"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"})";
  const Json part = send_blocks(blocks, newest_openai()).body["messages"][0]["content"][0];
  EXPECT_TRUE(part.contains("prompt_cache_breakpoint")) << part;
  EXPECT_TRUE(
      send_blocks(blocks, newest_responses()).body["input"][0]["content"][0].contains("prompt_cache_breakpoint"));
  EXPECT_FALSE(send_blocks(blocks, responses()).body["input"][0]["content"][0].contains("prompt_cache_breakpoint"));
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
