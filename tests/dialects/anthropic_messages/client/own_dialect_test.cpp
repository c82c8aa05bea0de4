// A Messages request that goes to Claude through chat::Request says the same as before.
#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

// A text and a list of that one text mean the same.
Json as_list(const Json& content) {
  if (!content.is_string()) return content;
  return Json::array({Json{{"type", "text"}, {"text", content}}});
}

Json with_lists(Json request) {
  if (request.contains("system")) request["system"] = as_list(request["system"]);
  for (Json& message : request["messages"]) {
    message["content"] = as_list(message["content"]);
    for (Json& block : message["content"]) {
      if (block["type"] != "tool_result") continue;
      block["content"] = as_list(block.contains("content") ? block["content"] : Json(""));
      if (block["content"] == as_list("")) block["content"] = Json::array();
      if (block.contains("is_error") && block["is_error"] == false) block.erase("is_error");
    }
  }
  return request;
}

void expect_kept(std::string_view members) {
  const std::string body = messages_body(members);
  const Sent sent = send_body(body, claude());
  EXPECT_EQ(sent.error.message, "") << body;
  EXPECT_EQ(sent.dropped, Names()) << body;
  Json asked = with_lists(Json::parse(body));
  asked["model"] = claude().model;
  EXPECT_EQ(with_lists(sent.body), asked) << sent.text;
}

TEST(MessagesToClaude, KeepEveryParameter) {
  expect_kept(R"("stream":true)");
  expect_kept(R"("system":"S.","stop_sequences":["a","b"],"metadata":{"user_id":"u@example.com","x":1})");
  expect_kept(R"("service_tier":"auto","cache_control":{"type":"ephemeral"},"container":"c","speed":"fast",)"
              R"("context_management":{"edits":[{"type":"clear_thinking_20251015"}]},"mcp_servers":[{"type":"url"}],)"
              R"("inference_geo":"eu","fallbacks":[{"model":"x"}],"brand_new":{"a":[1.0e2]},"diagnostics":{"p":null})");
  expect_kept(R"("service_tier":"standard_only")");
  expect_kept(
      R"("thinking":{"type":"adaptive","display":"omitted"},"output_config":{"effort":"high","task_budget":{"total":9}})");
  expect_kept(R"("thinking":{"type":"adaptive"})");
  expect_kept(
      R"("output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"string","minLength":3}}}}})");
  expect_kept(R"("output_format":{"type":"json_schema","schema":{"type":"object","properties":{}}})");
}

TEST(MessagesToClaude, KeepEveryBlock) {
  expect_kept(
      R"("system":[{"type":"text","text":"A","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"B"}],
    "messages":[{"role":"user","content":[
      {"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b","citations":[{"x":1}]},
      {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="},"cache_control":{"type":"ephemeral"}},
      {"type":"image","source":{"type":"url","url":"https://a.test/a.png"}},
      {"type":"image","source":{"type":"file","file_id":"file_1"}},
      {"type":"document","title":"t","context":"c","citations":{"enabled":true},"source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}},
      {"type":"document","source":{"type":"text","media_type":"text/plain","data":""}},
      {"type":"document","source":{"type":"content","content":[{"type":"text","text":"x"},{"type":"image","source":{"type":"url","url":"https://a.test/b.png"}},{"type":"text","text":"y"}]}},
      {"type":"document","source":{"type":"file","file_id":"file_2"}},
      {"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"z"}],"cache_control":{"type":"ephemeral"}},
      {"type":"container_upload","file_id":"file_3"},{"type":"hologram","x":[1]}]}])");
}

TEST(MessagesToClaude, KeepTurnsInTheirOrder) {
  expect_kept(R"("messages":[{"role":"user","content":"a"},
    {"role":"assistant","content":[{"type":"thinking","thinking":"t1","signature":"s1"},{"type":"text","text":"b"},
      {"type":"server_tool_use","id":"srv_1","name":"web_search","input":{"q":1}},
      {"type":"web_search_tool_result","tool_use_id":"srv_1","content":[{"type":"web_search_result"}]},
      {"type":"redacted_thinking","data":"dd"},
      {"type":"tool_use","id":"t1","name":"f","input":{"a":1.50},"caller":{"type":"direct"}},
      {"type":"thinking","thinking":"t2","signature":"s2"},{"type":"text","text":"c"},
      {"type":"tool_use","id":"t2","name":"f","input":{},"cache_control":{"type":"ephemeral"}}]},
    {"role":"user","content":[
      {"type":"tool_result","tool_use_id":"t1","is_error":true,"content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}},{"type":"tool_reference","tool_name":"g"}],"brand_new":1},
      {"type":"tool_result","tool_use_id":"t2","content":"two","cache_control":{"type":"ephemeral"}},
      {"type":"text","text":"d"}]},
    {"role":"assistant","content":[{"type":"text","text":"e"}]},{"role":"user","content":"f"}],
    "tools":[{"name":"f","input_schema":{"type":"object"}}])");
}

TEST(MessagesToClaude, KeepEveryToolAndChoice) {
  expect_kept(
      R"("tools":[{"name":"f","description":"d","input_schema":{"type":"object","properties":{"a b":{"type":"string"}}},"strict":true,"defer_loading":true,
      "input_examples":[{"a b":"x"}],"cache_control":{"type":"ephemeral"}},
    {"type":"custom","name":"g","input_schema":{"type":"object"}},
    {"type":"bash_20250124","name":"bash"},{"type":"text_editor_20250728","name":"str_replace_based_edit_tool","max_characters":9},
    {"type":"web_search_20250305","name":"web_search","max_uses":3},{"type":"web_fetch_20250910","name":"web_fetch"},
    {"type":"code_execution_20250825","name":"code_execution"},{"type":"computer_20250124","name":"computer","display_width_px":1},
    {"type":"mcp_toolset","mcp_server_name":"m"},{"type":"tool_search_tool_regex_20251119","name":"tool_search_tool_regex"}],
    "tool_choice":{"type":"auto","disable_parallel_tool_use":true})");
  const char* const tools =
      R"("tools":[{"type":"web_search_20250305","name":"web_search"},{"type":"custom","name":"g","input_schema":{"type":"object"}}],)";
  expect_kept(std::string(tools) + R"("tool_choice":{"type":"any"})");
  expect_kept(std::string(tools) + R"("tool_choice":{"type":"tool","name":"g"})");
  expect_kept(std::string(tools) + R"("tool_choice":{"type":"tool","name":"web_search"})");
  expect_kept(std::string(tools) + R"("tool_choice":{"type":"none"})");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
