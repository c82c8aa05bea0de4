// Makes random requests as clients of the Messages API write them, each of which the API accepts for a model that takes
// everything. The same seed gives the same requests on every platform.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dialects/common/reasoning/envelope.h"
#include "support/random/blocks.h"
#include "support/random/text.h"

namespace onellm::test {

class RandomMessages : private RandomBlocks {
 public:
  explicit RandomMessages(uint64_t seed) : RandomBlocks(seed) {}

  [[nodiscard]] std::string next() {
    calls_ = 0;
    Json body = {{"model", "claude-x"}, {"max_tokens", 2048 + below(8000)}};
    thinking_ = add_thinking(body);
    add_options(body);
    if (one_in(2)) body["system"] = one_in(3) ? Json(words()) : system_blocks();
    const std::vector<std::string> tools = add_tools(body);
    body["messages"] = messages(tools);
    return written(std::move(body), *this);
  }

 private:
  Json system_blocks() {
    Json blocks = Json::array();
    for (uint32_t i = 0; i <= below(3); ++i) blocks.push_back(text_block());
    return blocks;
  }

  // The type of thinking that is asked for; empty: none.
  std::string add_thinking(Json& body) {
    const std::string type(pick({"", "", "adaptive", "enabled", "disabled", "between_tools"}));
    if (type.empty()) return type;
    body["thinking"]["type"] = type;
    if (type == "enabled") body["thinking"]["budget_tokens"] = 1024 + below(1000);
    if (type != "disabled" && one_in(3)) body["thinking"]["display"] = pick({"omitted", "summarized"});
    return type;
  }

  void add_options(Json& body) {
    if (one_in(2)) body["stream"] = one_in(3);
    const bool thinks = thinking_ == "adaptive" || thinking_ == "enabled";  // Then the API refuses a temperature.
    if (!thinks && one_in(4)) body["temperature"] = parsed(pick({"0.50", "1", "0"}));
    if (!thinks && one_in(4)) body["top_p"] = 0.9;
    if (!thinks && one_in(4)) body["top_k"] = 40;
    if (one_in(4)) body["stop_sequences"] = Json::array({words(), "END"});
    if (one_in(4)) body["metadata"] = parsed(R"({"user_id":"u-1","team":"x"})");
    if (one_in(4)) body["service_tier"] = pick({"auto", "standard_only"});
    if (one_in(4)) add_output_config(body["output_config"]);
    if (one_in(8) && !body.contains("output_config")) body["output_format"] = format();
    for (const std::string_view option :
         {R"({"container":"c"})", R"({"context_management":{"edits":[{"type":"clear_thinking_20251015"}]}})",
          R"({"mcp_servers":[{"type":"url","url":"https://m.example","name":"m"}]})", R"({"inference_geo":"eu"})",
          R"({"cache_control":{"type":"ephemeral"}})", R"({"speed":"fast"})", R"({"brand_new":[9007199254740993,1.0]})",
          R"({"onellm":{"merge":"race"}})"}) {
      if (one_in(8)) body.update(parsed(option));
    }
  }

  Json format() {
    return parsed(R"({"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"string"}},)"
                  R"("required":["a"],"additionalProperties":false}})");
  }

  void add_output_config(Json& config) {
    config = Json::object();
    if (one_in(2)) config["effort"] = pick({"low", "medium", "high", "max", "brand_new"});
    if (one_in(2)) config["format"] = format();
    if (one_in(3)) config["task_budget"] = {{"type", "tokens"}, {"total", 9000}};
  }

  // The names of the tools that the client runs.
  std::vector<std::string> add_tools(Json& body) {
    std::vector<std::string> names;
    if (one_in(3)) return names;
    Json tools = defined_tools();
    for (uint32_t i = 0; i <= below(4); ++i) {
      names.push_back("f" + std::to_string(i));
      const auto place = static_cast<std::ptrdiff_t>(below(static_cast<uint32_t>(tools.size()) + 1));
      tools.insert(tools.begin() + place, function_tool(names.back()));
    }
    body["tools"] = std::move(tools);
    if (!one_in(2)) return names;
    Json& choice = body["tool_choice"];
    choice["type"] = pick({"auto", "any", "none", "tool"});
    if (choice["type"] == "tool") choice["name"] = names[below(static_cast<uint32_t>(names.size()))];
    if (choice["type"] != "none" && one_in(3)) choice["disable_parallel_tool_use"] = one_in(2);
    return names;
  }

  Json messages(const std::vector<std::string>& tools) {
    Json all = Json::array();
    if (one_in(12)) all.push_back({{"role", "system"}, {"content", words()}});
    Json results = Json::array();
    const uint32_t turns = below(5);
    for (uint32_t turn = 0; turn < turns; ++turn) {
      add_user(all, results);
      if (one_in(8)) all.push_back({{"role", "system"}, {"content", one_in(2) ? Json(words()) : system_blocks()}});
      all.push_back({{"role", "assistant"}, {"content", answer(tools, results)}});
    }
    add_user(all, results);
    return all;
  }

  // Gives the results of the open calls, and says more unless they suffice.
  void add_user(Json& all, Json& results) {
    Json said = content(false);
    if (results.empty()) {
      all.push_back({{"role", "user"}, {"content", std::move(said)}});
    } else {
      Json blocks = std::move(results);
      if (one_in(3)) {
        if (said.is_string()) said = Json::array({{{"type", "text"}, {"text", std::move(said)}}});
        blocks.insert(one_in(4) ? blocks.begin() : blocks.end(), said.begin(), said.end());
      }
      all.push_back({{"role", "user"}, {"content", std::move(blocks)}});
    }
    results = Json::array();
    if (one_in(10)) all.push_back({{"role", "user"}, {"content", content(false)}});
  }

  Json answer(const std::vector<std::string>& tools, Json& results) {
    if (one_in(4) && thinking_ != "enabled") return one_in(4) ? Json::array({foreign_thought()}) : Json(words());
    Json blocks = Json::array();
    // With a budget, the API wants the thinking before the calls.
    if (thinking_ == "enabled") blocks.push_back(signed_thought());
    const uint32_t count = 1 + below(5);
    for (uint32_t i = 0; i < count; ++i) add_answer_block(blocks, tools, results);
    blocks.push_back(text_block());
    if (!tools.empty() && one_in(2)) blocks.push_back(call(tools, results));
    return blocks;
  }

  void add_answer_block(Json& blocks, const std::vector<std::string>& tools, Json& results) {
    switch (below(8)) {
      case 0: return blocks.push_back(signed_thought());
      case 1: return blocks.push_back({{"type", "redacted_thinking"}, {"data", "ZGF0YQ=="}});
      case 2: return add_rare_block(blocks);
      case 3:
        blocks.push_back(
            parsed(R"({"type":"server_tool_use","id":"srv_1","name":"web_search","input":{"query":"q"}})"));
        blocks.push_back(parsed(R"({"type":"web_search_tool_result","tool_use_id":"srv_1","content":[]})"));
        return;
      case 4:
      case 5:
        if (!tools.empty()) blocks.push_back(call(tools, results));
        return;
      default: blocks.push_back(text_block());
    }
  }

  void add_rare_block(Json& blocks) {
    if (one_in(3)) return blocks.push_back({{"type", "thinking"}, {"thinking", words()}, {"signature", ""}});
    if (one_in(2)) return blocks.push_back(foreign_thought());
    blocks.push_back({{"type", "compaction"}, {"content", words()}});
  }

  Json signed_thought() { return {{"type", "thinking"}, {"thinking", words()}, {"signature", "c2lnbmF0dXJl"}}; }

  // What the gateway gave to the client for another provider.
  Json foreign_thought() {
    const std::string sealed = dialects::seal_envelope(dialects::EnvelopeKind::kPlain, "google", "gemini-x", {"{}"});
    return {{"type", "thinking"}, {"thinking", words()}, {"signature", sealed}};
  }

  Json call(const std::vector<std::string>& tools, Json& results) {
    const std::string id = "toolu_" + std::to_string(++calls_);
    Json call = {{"type", "tool_use"}, {"id", id}, {"name", tools[below(static_cast<uint32_t>(tools.size()))]}};
    call["input"] = parsed(pick({"{}", R"({"city":"Rome"})", R"({"n":9007199254740993,"x":[1.50,null,"\u00e9"]})"}));
    if (one_in(6)) call["caller"] = {{"type", "direct"}};
    mark(call);

    Json result = {{"type", "tool_result"}, {"tool_use_id", id}};
    if (!one_in(8)) result["content"] = content(true);
    if (one_in(4)) result["is_error"] = one_in(2);
    mark(result);
    results.insert(one_in(3) ? results.begin() : results.end(), std::move(result));
    return call;
  }

  std::string thinking_;
  uint32_t calls_ = 0;
};

}  // namespace onellm::test
