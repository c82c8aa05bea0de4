// Random content blocks and tools as clients of the Messages API write them: the parts of support/random/messages.h
// that need no conversation. https://docs.claude.com/en/api/messages
//
// Rule: `cache_control` is the last member of what has it, as the writer puts it there.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "support/random/choice.h"

namespace onellm::test {

class RandomBlocks : protected RandomChoice {
 protected:
  using Json = nlohmann::ordered_json;

  using RandomChoice::RandomChoice;

  Json parsed(std::string_view text) { return Json::parse(text); }

  void mark(Json& object) {
    if (!one_in(6)) return;
    object["cache_control"] = {{"type", "ephemeral"}};
    if (one_in(2)) object["cache_control"]["ttl"] = pick({"5m", "1h"});
  }

  Json text_block() {
    Json block = {{"type", "text"}, {"text", words()}};
    if (one_in(6)) block["citations"] = parsed(R"([{"type":"char_location","cited_text":"c","document_index":0}])");
    mark(block);
    return block;
  }

  Json image_block() {
    Json block = {{"type", "image"}};
    switch (below(5)) {
      case 0: block["source"] = {{"type", "url"}, {"url", "https://a.example/b.png"}}; break;
      case 1: block["source"] = {{"type", "file"}, {"file_id", "file_1"}}; break;
      case 2: block["source"] = parsed(R"({"type":"base64","media_type":"image/jpeg","data":"/9j/4AAQSkY="})"); break;
      default: block["source"] = parsed(R"({"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="})");
    }
    mark(block);
    return block;
  }

  Json document_block() {
    Json block = {{"type", "document"}};
    switch (below(5)) {
      case 0: block["source"] = {{"type", "url"}, {"url", "https://a.example/b.pdf"}}; break;
      case 1: block["source"] = {{"type", "file"}, {"file_id", "file_2"}}; break;
      case 2: block["source"] = {{"type", "text"}, {"media_type", "text/plain"}, {"data", words()}}; break;
      case 3: block["source"] = {{"type", "content"}, {"content", Json::array({text_block(), image_block()})}}; break;
      default: block["source"] = parsed(R"({"type":"base64","media_type":"application/pdf","data":"JVBERi0="})");
    }
    if (one_in(2)) block["title"] = words();
    if (one_in(4)) block["context"] = words();
    if (one_in(4)) block["citations"] = {{"enabled", true}};
    mark(block);
    return block;
  }

  Json search_result_block() {
    Json block = {{"type", "search_result"}, {"source", "https://a.example"}, {"title", words()}};
    block["content"] = Json::array({{{"type", "text"}, {"text", words()}}});
    mark(block);
    return block;
  }

  // Of a user's message, or of a tool's result.
  Json said_block(bool is_result) {
    switch (below(10)) {
      case 0:
      case 1: return image_block();
      case 2: return document_block();
      case 3: return search_result_block();
      case 4:
        if (is_result) return {{"type", "tool_reference"}, {"tool_name", "f0"}};
        return one_in(2) ? parsed(R"({"type":"container_upload","file_id":"file_3"})")
                         : parsed(R"({"type":"brand_new","x":[1.50,null]})");
      default: return text_block();
    }
  }

  // A text, or blocks of which one at least has a text.
  Json content(bool is_result) {
    if (one_in(3)) return words();
    Json blocks = Json::array({text_block()});
    for (uint32_t i = below(4); i > 0; --i) blocks.push_back(said_block(is_result));
    if (one_in(12)) blocks.push_back({{"type", "text"}, {"text", pick({"", " \n"})}});
    return blocks;
  }

  Json function_tool(const std::string& name) {
    Json tool = Json::object();
    if (one_in(4)) tool["type"] = "custom";
    tool["name"] = name;
    if (one_in(2)) tool["description"] = words();
    tool["input_schema"] = parsed(pick({R"({"type":"object"})", R"({"type":"object","properties":{"city":{}}})",
                                        R"({"type":"object","properties":{"n":{"type":"integer","minimum":1.0}},)"
                                        R"("required":["n"],"additionalProperties":false})"}));
    if (one_in(4)) tool["strict"] = one_in(2);
    if (one_in(6)) tool["defer_loading"] = true;
    if (one_in(8)) tool["input_examples"] = parsed(R"([{"n":1}])");
    mark(tool);
    return tool;
  }

  // Tools that Anthropic has defined; some are run by the client.
  Json defined_tools() {
    Json tools = Json::array();
    for (const std::string_view tool :
         {R"({"type":"bash_20250124","name":"bash"})",
          R"({"type":"text_editor_20250728","name":"str_replace_based_edit_tool","max_characters":9000})",
          R"({"type":"memory_20250818","name":"memory"})",
          R"({"type":"web_search_20250305","name":"web_search","max_uses":3,"allowed_domains":["a.example"]})",
          R"({"type":"web_fetch_20250910","name":"web_fetch"})",
          R"({"type":"code_execution_20250825","name":"code_execution"})",
          R"({"type":"computer_20250124","name":"computer","display_width_px":1024,"display_height_px":768})",
          R"({"type":"mcp_toolset","mcp_server_name":"m"})",
          R"({"type":"tool_search_tool_regex_20251119","name":"tool_search_tool_regex"})"}) {
      if (!one_in(6)) continue;
      tools.push_back(parsed(tool));
      mark(tools.back());
    }
    return tools;
  }
};

}  // namespace onellm::test
