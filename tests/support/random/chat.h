// Makes random requests as clients of OpenAI's chat API write them, also in the forms of other APIs that they borrow.
// The same seed gives the same requests on every platform.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "support/random/chat_parts.h"
#include "support/random/text.h"

namespace onellm::test {

class RandomChat : private RandomChatParts {
 public:
  explicit RandomChat(uint64_t seed) : RandomChatParts(seed) {}

  [[nodiscard]] std::string next() {
    calls_ = 0;
    tools_.clear();
    functions_.clear();
    Json body = {{"model", pick({"m", "gpt-4o", "a/b", "\xF0\x9F\x90\x88"})}};
    add_tools(body);
    add_parameters(body);
    if (one_in(4)) body["response_format"] = response_format();
    if (one_in(8)) body["n"] = 1 + below(4);
    if (one_in(2)) body["stream"] = one_in(2);
    if (one_in(4)) body["stream_options"] = {{"include_usage", one_in(2)}, {"include_obfuscation", false}};
    body["messages"] = messages();
    return written(std::move(body), *this);
  }

 private:
  struct KnownTool {
    std::string name;
    bool custom;
  };

  void add_tools(Json& body) {
    if (one_in(3)) return;
    if (one_in(6)) {
      functions_.push_back("f");
      body["functions"] = Json::array({function("f")});
      if (one_in(2)) body["function_call"] = one_in(2) ? Json("none") : Json{{"name", "f"}};
      return;
    }
    Json& tools = body["tools"] = Json::array();
    for (uint32_t i = 0; i <= below(4); ++i) {
      tools_.push_back({"f" + std::to_string(i), one_in(5)});
      tools.push_back(tool(tools_.back().name, tools_.back().custom));
    }
    if (one_in(8)) tools.push_back(parsed(R"({"type":"web_search","max_uses":3})"));
    if (one_in(2)) body["tool_choice"] = tool_choice();
  }

  static Json named(const KnownTool& tool) {
    const char* const type = tool.custom ? "custom" : "function";
    return {{"type", type}, {type, {{"name", tool.name}}}};
  }

  const KnownTool& any_tool() { return tools_[below(static_cast<uint32_t>(tools_.size()))]; }

  Json tool_choice() {
    switch (below(6)) {
      case 0: return "none";
      case 1: return "auto";
      case 2: return "required";
      case 3: return {{"type", "any"}};  // Anthropic's word.
      case 4: {
        Json allowed = {{"mode", pick({"auto", "required"})}, {"tools", Json::array({named(any_tool())})}};
        return {{"type", "allowed_tools"}, {"allowed_tools", std::move(allowed)}};
      }
      default: return named(any_tool());
    }
  }

  static Json said(std::string_view role, Json content) {
    return Json{{"role", role}, {"content", std::move(content)}};
  }

  Json messages() {
    Json all = Json::array();
    if (one_in(2)) all.push_back(said(pick({"system", "developer"}), content(false)));
    for (uint32_t turn = below(5); turn > 0; --turn) {
      all.push_back(user());
      add_answer(all);
      if (one_in(8)) all.push_back(said("system", content(false)));
    }
    all.push_back(user());
    return all;
  }

  Json user() {
    Json message = said("user", content(true));
    if (one_in(6)) message["name"] = "ann";
    if (one_in(6) && message["content"].is_array()) {
      message["content"].push_back(
          parsed(R"({"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}})"));
    }
    return message;
  }

  void add_answer(Json& all) {
    if (one_in(12) && !tools_.empty() && !tools_.front().custom) return add_borrowed_call(all);
    Json message = {{"role", "assistant"}};
    const bool calls = !tools_.empty() && one_in(2);
    message["content"] = calls && one_in(2) ? Json() : content(false);
    if (one_in(8) && message["content"].is_array())
      message["content"].push_back({{"type", "refusal"}, {"refusal", "No."}});
    add_echoes(message);
    Json results = Json::array();
    if (calls) {
      Json& made = message["tool_calls"] = Json::array();
      for (uint32_t i = 0; i <= below(3); ++i) made.push_back(call(results));
    } else if (!functions_.empty() && one_in(2)) {
      message["function_call"] = {{"name", "f"}, {"arguments", R"({"n":1})"}};
      results.push_back({{"role", "function"}, {"name", "f"}, {"content", words()}});
    }
    all.push_back(std::move(message));
    for (Json& result : results) all.push_back(std::move(result));
  }

  // A call and its result as Anthropic's clients write them.
  void add_borrowed_call(Json& all) {
    const std::string id = "toolu_" + std::to_string(++calls_);
    Json call = {{"type", "tool_use"}, {"id", id}, {"name", tools_.front().name}, {"input", {{"n", 1.5}}}};
    Json thought = {{"type", "thinking"}, {"thinking", words()}, {"signature", "c2ln"}};
    all.push_back(said("assistant", Json::array({std::move(thought), text_part(), std::move(call)})));
    Json result = {{"type", "tool_result"}, {"tool_use_id", id}, {"content", words()}};
    if (one_in(2)) result["is_error"] = one_in(2);
    all.push_back(said("user", Json::array({std::move(result), text_part()})));
  }

  // Members of earlier answers that clients send back.
  void add_echoes(Json& message) {
    for (const std::string_view member :
         {R"({"reasoning_content":"Hm."})", R"({"refusal":"No."})", R"({"refusal":null})", R"({"phase":"commentary"})",
          R"({"annotations":[]})", R"({"audio":{"id":"audio_1"}})", R"({"mood":"warm"})",
          R"({"images":[{"image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]})",
          R"({"extra_content":{"google":{"thought_signature":"c2ln"}}})",
          R"({"thinking_blocks":[{"type":"thinking","thinking":"t","signature":"c2ln","model":"claude-x"},)"
          R"({"type":"redacted_thinking","data":"ZGF0YQ==","after":{"tool_calls":1,"text":true}}]})"}) {
      if (one_in(8)) message.update(parsed(member));
    }
  }

  Json call(Json& results) {
    const KnownTool& tool = any_tool();
    const std::string id = "call_" + std::to_string(++calls_);
    Json made = {{"id", id}, {"type", tool.custom ? "custom" : "function"}};
    if (one_in(8)) made.erase("type");
    if (tool.custom) {
      made["custom"] = {{"name", tool.name}, {"input", words()}};
    } else {
      made["function"] = {{"name", tool.name}};
      if (!one_in(8)) made["function"]["arguments"] = pick({"{}", "", R"({"city":"Rome"})", R"({"n":1.50})"});
      if (one_in(8)) made["function"]["arguments"] = {{"x", 1.5}};
    }
    if (one_in(8)) made["extra_content"] = parsed(R"({"google":{"thought_signature":"c2ln"}})");
    if (one_in(8)) made["index"] = 0;
    Json result = {{"role", "tool"}, {"tool_call_id", id}, {"content", content(true)}};
    results.insert(one_in(3) ? results.begin() : results.end(), std::move(result));
    return made;
  }

  std::vector<KnownTool> tools_;
  std::vector<std::string> functions_;
  uint32_t calls_ = 0;
};

}  // namespace onellm::test
