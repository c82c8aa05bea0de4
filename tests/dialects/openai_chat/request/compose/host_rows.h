// Hosts and models that take different parts of OpenAI's format: every rule of HostRules is set in one row.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {

struct HostRow {
  std::string name;
  EncodeOptions options;
};

inline const std::vector<HostRow>& host_rows() {
  using Mapping = HostMapping;
  static const std::vector<std::string> kDrop = {"seed", "reasoning_content"};
  static const std::vector<std::string> kPass = {"metadata", "service_tier", "prompt_cache_breakpoint"};
  static const std::vector<std::pair<std::string, std::string>> kRename = {{"seed", "random_seed"},
                                                                           {"max_tokens", "max_completion_tokens"}};
  static const std::vector<HostRow> kRows = [] {
    std::vector<HostRow> rows;
    for (const char* model : {"gpt-4o", "o1-mini", "o3", "gpt-5.1", "gpt-5.6-sol", "gpt-99"}) {
      rows.push_back({model, {.model = model, .host = {.mapping = Mapping::kOpenAi}}});
    }
    const auto add = [&rows](const char* name, HostRules host) {
      host.mapping = Mapping::kCompatible;
      rows.push_back({name, {.model = "llama", .host = host}});
    };
    rows.push_back({"old Azure", {.model = "o3", .host = {.mapping = Mapping::kOpenAi, .api_version = "2024-06-01"}}});
    rows.push_back({"native", {.model = "m", .host = {.mapping = Mapping::kAsWritten}}});
    rows.push_back(
        {"without usage", {.model = "m", .ask_for_usage = false, .host = {.mapping = Mapping::kCompatible}}});
    add("compatible", {});
    add("tools_give_text", {.tools_give_text = true});
    add("takes_no_echoes", {.takes_no_echoes = true});
    add("nine signs", {.tool_call_ids = ToolCallIds::kNine});
    add("plain names", {.tool_names = ToolNameForm::kPlain});
    add("letter first", {.tool_names = ToolNameForm::kLetterFirst});
    add("no names", {.takes_names = false});
    add("no cache marks", {.takes_cache_marks = false});
    add("filled", {.content = ContentForm::kFilled});
    add("text", {.content = ContentForm::kText});
    add("thinking type", {.thinking = ThinkingSwitch::kType});
    add("enable_thinking", {.thinking = ThinkingSwitch::kEnable});
    add("only effort", {.thinking = ThinkingSwitch::kEffort});
    add("forced by name", {.forced_tools = HostForce::kNamed});
    add("never forced", {.forced_tools = HostForce::kNone});
    add("no formats", {.formats = 0});
    add("no schemas", {.formats = kJsonObjects});
    add("one choice", {.choices_max = 1});
    add("one stop", {.stops_max = 1});
    add("cool", {.temperature_tenths_max = 4});
    add("settings", {.drop = kDrop, .pass = kPass});
    add("renaming", {.rename = kRename});
    for (HostRow& row : rows) row.options = with_contract(row.options);
    return rows;
  }();
  return kRows;
}

}  // namespace onellm::dialects::openai_chat
