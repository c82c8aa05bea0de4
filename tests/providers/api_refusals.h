// What each provider's API is documented, or was reported, to refuse of a request: an independent judge of what the
// gateway sends. Rule: It includes nothing of src/, and is written from the providers' pages
// alone; where it and src/models disagree, one of them is wrong.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace onellm::refusals {

using Json = nlohmann::json;
using Reasons = std::vector<std::string>;

// True if a model's name fits a pattern. Remembered: there are few of both, and many requests.
inline bool fits(const std::string& text, const char* pattern) {
  static std::map<std::string, std::map<std::string, bool>> known;
  std::map<std::string, bool>& of_text = known[text];
  const auto found = of_text.find(pattern);
  if (found != of_text.end()) return found->second;
  return of_text[pattern] = std::regex_search(text, std::regex(pattern));
}

inline bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&word](const char* other) { return word == other; });
}

inline std::string text_at(const Json& object, const char* key) {
  return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

inline double number_at(const Json& object, const char* key, double otherwise) {
  return object.contains(key) && object[key].is_number() ? object[key].get<double>() : otherwise;
}

// --- OpenAI: https://platform.openai.com/docs/guides/reasoning and /docs/api-reference ---

// The words of effort that a model takes, on Chat Completions or on the Responses API.
inline std::vector<std::string> openai_efforts(const std::string& model, bool on_responses) {
  using Words = std::vector<std::string>;
  if (fits(model, "^(gpt-[34]|chatgpt-4|gpt-5-chat)")) return {};
  if (fits(model, "^o[34].*deep-research")) return {"medium"};
  if (fits(model, "^o\\d")) return {"low", "medium", "high"};
  if (fits(model, "^gpt-5(\\.1)?-pro")) return {"high"};
  if (fits(model, "^gpt-5\\.\\d-chat")) return {"medium"};
  if (fits(model, "^gpt-5\\.1-codex-max|^gpt-5\\.[23]-codex")) return {"low", "medium", "high", "xhigh"};
  if (fits(model, "^gpt-5(\\.1)?-codex")) return {"low", "medium", "high"};
  if (fits(model, "^gpt-5\\.[2-5]-pro")) return {"medium", "high", "xhigh"};
  if (fits(model, "^gpt-5(-|$)")) return {"minimal", "low", "medium", "high"};
  if (fits(model, "^gpt-5\\.1")) return {"none", "low", "medium", "high"};
  if (fits(model, "^gpt-5\\.[2-5]")) return {"none", "low", "medium", "high", "xhigh"};
  const bool has_none = !fits(model, "^gpt-6-astra|^gpt-6\\.1-sol");
  Words words = {"low", "medium", "high", "xhigh"};
  if (has_none) words.emplace_back("none");
  if (on_responses) words.emplace_back("max");
  return words;
}

inline bool is_responses_only(const std::string& model) {
  return fits(model, "^(o\\d|gpt-[5-9]).*-(pro|codex|deep|cyber)(-|$)");
}

// True where the model reasons before it answers; `effort` is empty where none was sent.
inline bool openai_reasons(const std::string& model, const std::string& effort) {
  if (openai_efforts(model, true).empty()) return false;
  if (effort == "none") return false;
  return !effort.empty() || !fits(model, "^gpt-5\\.[1-4](-mini|-nano|$|-\\d)");
}

inline void judge_openai_sampling(const std::string& model, const Json& body, const std::string& effort, Reasons& bad) {
  if (openai_efforts(model, true).empty()) return;
  const bool is_free = !openai_reasons(model, effort) && !fits(model, "^gpt-6\\.1");
  if (is_free) return;
  if (number_at(body, "temperature", 1) != 1) bad.emplace_back("temperature while it reasons");
  if (number_at(body, "top_p", 1) != 1) bad.emplace_back("top_p while it reasons");
  for (const char* key : {"presence_penalty", "frequency_penalty"}) {
    if (number_at(body, key, 0) != 0) bad.push_back(std::string(key) + " while it reasons");
  }
  if (body.contains("logprobs") && body["logprobs"] == true) bad.emplace_back("logprobs while it reasons");
  if (body.contains("logit_bias") && !body["logit_bias"].empty()) bad.emplace_back("logit_bias while it reasons");
  if (fits(model, "^gpt-6\\.1") && body.contains("temperature")) bad.emplace_back("temperature at all");
}

inline double openai_output_most(const std::string& model) {
  if (fits(model, "^gpt-3")) return 4'096;
  if (fits(model, "^gpt-4(-0613)?$")) return 8'192;
  if (fits(model, "^(chat)?gpt-4o")) return 16'384;
  if (fits(model, "^gpt-4\\.1")) return 32'768;
  if (fits(model, "^o[134]")) return 100'000;
  if (fits(model, "-chat")) return 16'384;
  return fits(model, "^gpt-[56]") && !fits(model, "^gpt-5-pro") ? 128'000 : 272'000;
}

inline void judge_foreign_keys(const Json& body, Reasons& bad) {
  for (const char* key : {"thinking", "output_config", "include_reasoning", "thinking_config", "thinkingConfig"}) {
    if (body.contains(key)) bad.push_back(std::string("unknown_parameter: ") + key);
  }
}

inline Reasons of_openai_chat(const std::string& model, const Json& body) {
  Reasons bad;
  judge_foreign_keys(body, bad);
  if (body.contains("reasoning")) bad.emplace_back("unknown_parameter: reasoning");
  if (is_responses_only(model)) bad.emplace_back("only on the Responses API");
  for (const Json& tool : body.value("tools", Json::array())) {
    const std::string name = text_at(tool.value("function", Json::object()), "name");
    if (!fits(name, "^[a-zA-Z0-9_-]{1,64}$")) bad.push_back("Invalid 'tools[].function.name': " + name);
  }
  const std::string effort = text_at(body, "reasoning_effort");
  const std::vector<std::string> efforts = openai_efforts(model, false);
  if (!effort.empty() && std::find(efforts.begin(), efforts.end(), effort) == efforts.end()) {
    bad.push_back("reasoning_effort " + effort);
  }
  judge_openai_sampling(model, body, effort, bad);
  const bool is_newer = fits(model, "^o\\d|^gpt-[5-9]");
  if (is_newer && body.contains("max_tokens")) bad.emplace_back("max_tokens: use max_completion_tokens");
  const double most = openai_output_most(model);
  if (number_at(body, "max_tokens", 1) > most || number_at(body, "max_completion_tokens", 1) > most) {
    bad.emplace_back("max_tokens is too large");
  }
  if (body.contains("stop") && fits(model, "^o3($|-\\d)|^o4|^gpt-6-astra")) bad.emplace_back("stop");
  const bool has_functions = body.contains("tools") && !body["tools"].empty();
  if (has_functions && fits(model, "^gpt-5\\.[4-9]|^gpt-6") && openai_reasons(model, effort)) {
    bad.emplace_back("function tools with reasoning: use /v1/responses");
  }
  return bad;
}

inline Reasons of_openai_responses(const std::string& model, const Json& body) {
  Reasons bad;
  judge_foreign_keys(body, bad);
  for (const char* key : {"reasoning_effort", "messages", "max_tokens", "max_completion_tokens", "stop", "seed", "n",
                          "presence_penalty", "frequency_penalty", "logit_bias", "logprobs", "response_format"}) {
    if (body.contains(key)) bad.push_back(std::string("unknown_parameter: ") + key);
  }
  for (const Json& tool : body.value("tools", Json::array())) {
    if (!fits(text_at(tool, "name"), "^[a-zA-Z0-9_-]{1,64}$")) bad.emplace_back("a tool's name");
  }
  const Json reasoning = body.value("reasoning", Json::object());
  const std::string effort = text_at(reasoning, "effort");
  const std::vector<std::string> efforts = openai_efforts(model, true);
  if (!effort.empty() && std::find(efforts.begin(), efforts.end(), effort) == efforts.end()) {
    bad.push_back("reasoning.effort " + effort);
  }
  for (const auto& [key, value] : reasoning.items()) {
    if (!is_one_of(key, {"effort", "summary", "generate_summary"})) bad.push_back("reasoning." + key);
  }
  judge_openai_sampling(model, body, effort, bad);
  const double tokens = number_at(body, "max_output_tokens", 16);
  if (tokens < 16 || tokens > openai_output_most(model)) bad.emplace_back("max_output_tokens");
  return bad;
}

// --- Anthropic: https://docs.claude.com/en/docs/about-claude/models/overview and its migration guides ---

// `tools` as the API has them: functions, or with the function one level deeper.
inline void judge_repeated_tools(const Json& tools, Reasons& bad) {
  std::set<std::string> names;
  for (const Json& tool : tools) {
    const std::string name = text_at(tool.value("function", tool), "name");
    if (!name.empty() && !names.insert(name).second) bad.emplace_back("Tool names must be unique.");
  }
}

inline void judge_claude_thinking(const std::string& model, const Json& body, Reasons& bad) {
  const Json thinking = body.value("thinking", Json::object());
  const std::string type = text_at(thinking, "type");
  const std::string effort = text_at(body.value("output_config", Json::object()), "effort");
  const bool is_high = effort == "xhigh" || effort == "max";
  const bool always_thinks = fits(model, "^claude-(opus-5-5|fable-5|mythos-5)");
  const bool has_no_budget = fits(model, "^claude-(opus-(5|4-7|4-8)|sonnet-5|haiku-5|fable|mythos)");
  const bool is_older = fits(model, "^claude-(3|opus-4-[015]|sonnet-4-[05]|haiku-4-5|opus-4-2025|sonnet-4-2025)");
  if (type == "disabled" && (always_thinks || fits(model, "^claude-sonnet-5-5"))) bad.emplace_back("disabled");
  if (type == "disabled" && is_high && fits(model, "^claude-(opus|haiku)-5")) bad.emplace_back("disabled above high");
  if (type == "between_tools" && (!fits(model, "^claude-sonnet-5-5") || is_high)) bad.emplace_back("between_tools");
  if (type == "enabled" && has_no_budget) bad.emplace_back("enabled");
  if (type == "adaptive" && (is_older || thinking.contains("budget_tokens"))) bad.emplace_back("adaptive");
  if (!type.empty() && type != "disabled" && fits(model, "^claude-3-(haiku|opus|5)")) bad.emplace_back("no thinking");
  if (type == "enabled") {
    const double budget = number_at(thinking, "budget_tokens", 0);
    if (budget < 1024 || budget >= number_at(body, "max_tokens", 0)) bad.emplace_back("budget_tokens");
  }
  if (!effort.empty() && is_older && !fits(model, "^claude-opus-4-5")) bad.emplace_back("effort");
  if (effort == "xhigh" && fits(model, "-4-[56]")) bad.emplace_back("effort xhigh");
  if (effort == "max" && fits(model, "-4-5")) bad.emplace_back("effort max");
  const bool is_on = type == "enabled" || type == "adaptive";
  if (!is_on) return;
  if (number_at(body, "temperature", 1) != 1) bad.emplace_back("temperature while it thinks");
  if (number_at(body, "top_p", 1) < 0.95) bad.emplace_back("top_p while it thinks");
  if (body.contains("top_k")) bad.emplace_back("top_k while it thinks");
  const bool is_forced = is_one_of(text_at(body.value("tool_choice", Json::object()), "type"), {"any", "tool"});
  if (is_forced && !fits(model, "^claude-(sonnet-5$|opus-4-[78]|fable-5$|mythos-5$)")) {
    bad.emplace_back("a forced tool while it thinks");
  }
}

inline Reasons of_anthropic(const std::string& model, const Json& body, const std::string& version) {
  Reasons bad;
  static const std::vector<std::string> kKnown = {
      "model", "max_tokens", "messages",    "system",   "stop_sequences", "stream",   "temperature", "top_p",
      "top_k", "tools",      "tool_choice", "thinking", "output_config",  "metadata", "service_tier"};
  for (const auto& [key, value] : body.items()) {
    if (std::find(kKnown.begin(), kKnown.end(), key) == kKnown.end()) bad.push_back("extra inputs: " + key);
  }
  judge_claude_thinking(model, body, bad);
  judge_repeated_tools(body.value("tools", Json::array()), bad);
  for (const Json& tool : body.value("tools", Json::array())) {
    if (!fits(text_at(tool, "name"), "^[a-zA-Z0-9_-]{1,128}$")) bad.emplace_back("a tool's name");
  }
  const bool has_no_sampling = fits(model, "^claude-(opus-(5|4-7|4-8)|sonnet-5|haiku-5|fable|mythos)");
  for (const char* key : {"temperature", "top_p", "top_k"}) {
    if (version >= "2026-10-21" && body.contains(key)) bad.push_back(std::string(key) + " in this version");
  }
  if (has_no_sampling && (number_at(body, "temperature", 1) != 1 || body.contains("top_k"))) {
    bad.emplace_back("sampling");
  }
  if (has_no_sampling && number_at(body, "top_p", 1) < 0.99) bad.emplace_back("top_p");
  if (number_at(body, "temperature", 0) > 1) bad.emplace_back("temperature above 1");
  const bool is_4_5 = fits(model, "^claude-(opus|sonnet|haiku)-4-[56]");
  if (is_4_5 && body.contains("temperature") && body.contains("top_p")) bad.emplace_back("temperature and top_p");
  double most = 128'000;
  if (fits(model, "^claude-3-(haiku|opus)")) most = 4'096;
  if (fits(model, "^claude-3-5")) most = 8'192;
  if (fits(model, "^claude-opus-4-[01]")) most = 32'000;
  if (fits(model, "-4-5")) most = 64'000;
  const double tokens = number_at(body, "max_tokens", 0);
  if (tokens < 1 || tokens > most) bad.emplace_back("max_tokens");
  const bool is_forced = is_one_of(text_at(body.value("tool_choice", Json::object()), "type"), {"any", "tool"});
  const bool takes_none = fits(model, "^claude-(opus-5-5|sonnet-5-5|fable-5-[12]|mythos-5-[12])");
  if (is_forced && takes_none) bad.emplace_back("a forced tool");
  const bool has_no_prefill = fits(model, "^claude-((opus|sonnet)-(5|4-[678])|haiku-5|fable|mythos)");
  if (has_no_prefill && body["messages"].back()["role"] == "assistant") bad.emplace_back("prefill");
  return bad;
}

// --- Google: https://ai.google.dev/gemini-api/docs ---

inline void judge_gemini_thinking(const std::string& model, const Json& config, Reasons& bad) {
  const Json thinking = config.value("thinkingConfig", Json::object());
  if (thinking.empty()) return;
  const bool is_gemma_4 = fits(model, "^gemma-4");
  const bool has_budget = fits(model, "^gemini-2\\.5-(pro|flash)") && !fits(model, "image");
  const bool has_level = is_gemma_4 || !fits(model, "^gemini-[12]|^gemma-[123]");
  if (!has_budget && !has_level) bad.emplace_back("thinkingConfig");
  if (thinking.contains("thinkingBudget")) {
    const double budget = number_at(thinking, "thinkingBudget", 0);
    const double least = fits(model, "pro") ? 128 : (fits(model, "lite") ? 512 : 1);
    const double most = fits(model, "pro") ? 32'768 : 24'576;
    const bool is_zero = budget == 0 && !fits(model, "pro");
    if (!has_budget || (!is_zero && (budget < least || budget > most))) bad.emplace_back("thinkingBudget");
  }
  const std::string level = text_at(thinking, "thinkingLevel");
  if (level.empty()) return;
  if (!has_level || !is_one_of(level, {"MINIMAL", "LOW", "MEDIUM", "HIGH"})) bad.emplace_back("thinkingLevel");
  const bool has_minimal = is_gemma_4 || fits(model, "^gemini-3(\\.[1-6])?-flash");
  if (level == "MINIMAL" && !has_minimal) bad.emplace_back("thinkingLevel MINIMAL");
  if (is_gemma_4 && !is_one_of(level, {"MINIMAL", "HIGH"})) bad.push_back("thinkingLevel " + level);
}

// `wants_store`: the client asked that its call be stored.
inline Reasons of_gemini(const std::string& model, const Json& body, bool wants_store = false) {
  Reasons bad;
  static const std::vector<std::string> kKnown = {"contents",       "systemInstruction", "tools",       "toolConfig",
                                                  "safetySettings", "generationConfig",  "serviceTier", "store",
                                                  "cachedContent"};
  for (const auto& [key, value] : body.items()) {
    if (std::find(kKnown.begin(), kKnown.end(), key) == kKnown.end()) bad.push_back("Unknown name " + key);
  }
  const Json config = body.value("generationConfig", Json::object());
  judge_gemini_thinking(model, config, bad);
  for (const Json& tool : body.value("tools", Json::array())) {
    judge_repeated_tools(tool.value("functionDeclarations", Json::array()), bad);
  }
  const bool has_penalties = fits(model, "^gemini-(1|2\\.0)");
  if (!has_penalties && (config.contains("presencePenalty") || config.contains("frequencyPenalty"))) {
    bad.emplace_back("Penalty is not enabled");
  }
  if (fits(model, "^gemini-4") && number_at(config, "candidateCount", 1) > 1) bad.emplace_back("candidateCount");
  if (config.contains("stopSequences") && config["stopSequences"].size() > 5) bad.emplace_back("stopSequences");
  const double tokens = number_at(config, "maxOutputTokens", 1);
  if (fits(model, "^gemini-(2\\.5|3)") && tokens > 65'536) bad.emplace_back("maxOutputTokens");
  if (fits(model, "^gemini-2\\.0") && tokens > 8'192) bad.emplace_back("maxOutputTokens");
  const bool is_before_3 = fits(model, "^gemini-[12]|^gemma-[123]");
  if (is_before_3 && body.contains("tools") && text_at(config, "responseMimeType") == "application/json") {
    bad.emplace_back("tools with a response mime type: application/json");
  }
  const Json& contents = body["contents"];
  if (contents.front()["role"] != "user") bad.emplace_back("the first turn is the model's");
  const bool has_no_prefill = fits(model, "^gemini-(3\\.[6-9]|3\\.5-flash-lite|4|5)");
  if (has_no_prefill && contents.back()["role"] == "model") bad.emplace_back("the last turn is the model's");
  if (fits(model, "^gemma-3") && body.contains("systemInstruction")) bad.emplace_back("Developer instruction");
  for (const Json& tool : body.value("tools", Json::array())) {
    for (const Json& function : tool.value("functionDeclarations", Json::array())) {
      if (!fits(text_at(function, "name"), "^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$")) bad.emplace_back("a function's name");
    }
  }
  if (!body.contains("store") && !wants_store) bad.emplace_back("store is not said");
  return bad;
}

// --- hosts that speak OpenAI's format, each by its own page ---

inline void judge_tool_names(const Json& body, const char* pattern, Reasons& bad) {
  for (const Json& tool : body.value("tools", Json::array())) {
    const std::string name = text_at(tool.value("function", Json::object()), "name");
    if (!name.empty() && !fits(name, pattern)) bad.push_back("a function's name: " + name);
  }
}

inline void judge_members(const Json& body, std::initializer_list<const char*> refused, Reasons& bad) {
  for (const char* key : refused) {
    if (body.contains(key)) bad.push_back(std::string("unsupported: ") + key);
  }
}

inline bool is_forced_choice(const Json& body) {
  return body.contains("tool_choice") && (body["tool_choice"] == "required" || body["tool_choice"].is_object());
}

// https://console.groq.com/docs/openai
inline Reasons of_groq(const Json& body) {
  Reasons bad;
  judge_members(body, {"logprobs", "logit_bias", "top_logprobs", "thinking", "reasoning", "output_config"}, bad);
  if (number_at(body, "n", 1) != 1) bad.emplace_back("n");
  for (const Json& message : body["messages"]) {
    if (message.contains("name")) bad.emplace_back("messages[].name");
    if (message.contains("cache_control")) bad.emplace_back("property 'cache_control' is unsupported");
  }
  return bad;
}

// https://github.com/proxysoul/Empryo/pull/209
inline Reasons of_cerebras(const Json& body) {
  Reasons bad;
  judge_members(body, {"reasoning", "thinking", "enable_thinking", "output_config", "thinking_config"}, bad);
  for (const Json& message : body["messages"]) {
    if (message.contains("cache_control")) bad.emplace_back("property 'cache_control' is unsupported");
  }
  return bad;
}

// https://docs.mistral.ai/api, https://github.com/Kochava-Studios/witsy/pull/164
inline Reasons of_mistral(const Json& body) {
  Reasons bad;
  judge_members(body,
                {"max_completion_tokens", "stream_options", "store", "seed", "logit_bias", "logprobs", "thinking",
                 "reasoning", "thinking_config"},
                bad);
  judge_tool_names(body, "^[a-zA-Z0-9_-]{1,64}$", bad);
  for (const Json& message : body["messages"]) {
    for (const Json& call : message.value("tool_calls", Json::array())) {
      if (!fits(text_at(call, "id"), "^[a-zA-Z0-9]{9}$")) bad.emplace_back("Tool call id");
    }
    if (message.contains("cache_control")) bad.emplace_back("extra_forbidden: cache_control");
  }
  return bad;
}

// https://api-docs.deepseek.com/api/create-chat-completion, https://github.com/osaurus-ai/osaurus/pull/1940
inline Reasons of_deepseek(const std::string& model, const Json& body) {
  Reasons bad;
  const bool is_unthinking = text_at(body.value("thinking", Json::object()), "type") == "disabled";
  if (is_forced_choice(body) && (model == "deepseek-reasoner" || !is_unthinking)) {
    bad.emplace_back("Thinking mode does not support this tool_choice");
  }
  judge_repeated_tools(body.value("tools", Json::array()), bad);
  const std::string format = text_at(body.value("response_format", Json::object()), "type");
  if (format == "json_schema") bad.emplace_back("This response_format type is unavailable now");
  if (text_at(body, "reasoning_effort") == "none") bad.emplace_back("reasoning_effort none");
  const std::string type = text_at(body.value("thinking", Json::object()), "type");
  if (!is_one_of(type, {"", "enabled", "disabled"})) bad.push_back("thinking " + type);
  judge_members(body, {"max_completion_tokens", "reasoning"}, bad);
  judge_tool_names(body, "^[a-zA-Z0-9_-]{1,64}$", bad);
  if (body.contains("stop") && body["stop"].is_array() && body["stop"].size() > 16) bad.emplace_back("stop");
  return bad;
}

// https://platform.kimi.ai/docs/guide/migrating-from-openai-to-kimi and /docs/api/chat
inline Reasons of_moonshot(const std::string& model, const Json& body) {
  Reasons bad;
  if (fits(model, "^kimi-k(2\\.[5-9]|3)")) {
    if (number_at(body, "n", 1) != 1) bad.emplace_back("n");
    judge_members(body, {"temperature", "top_p", "presence_penalty", "frequency_penalty"}, bad);
  }
  if (number_at(body, "temperature", 0) > 1) bad.emplace_back("temperature above 1");
  if (number_at(body, "n", 1) > 5) bad.emplace_back("n above 5");
  if (body.contains("stop") && body["stop"].is_array() && body["stop"].size() > 5) bad.emplace_back("stop");
  if (is_forced_choice(body)) bad.emplace_back("tool_choice");
  judge_tool_names(body, "^[a-zA-Z][a-zA-Z0-9_-]{0,63}$", bad);
  const std::string effort = text_at(body, "reasoning_effort");
  if (fits(model, "^kimi-k3") && !is_one_of(effort, {"", "low", "high", "max"})) bad.push_back("effort " + effort);
  const bool is_off = text_at(body.value("thinking", Json::object()), "type") == "disabled";
  if (is_off && fits(model, "^kimi-k(3|2\\.7-code)") && effort.empty()) bad.emplace_back("it always thinks");
  return bad;
}

// https://docs.z.ai/api-reference/llm/chat-completion
inline Reasons of_zai(const Json& body) {
  Reasons bad;
  judge_members(body, {"max_completion_tokens", "presence_penalty", "frequency_penalty", "stream_options", "n"}, bad);
  if (number_at(body, "temperature", 0) > 1) bad.emplace_back("temperature above 1");
  if (body.contains("stop") && body["stop"].is_array() && body["stop"].size() > 1) bad.emplace_back("stop");
  if (is_forced_choice(body)) bad.emplace_back("tool_choice");
  if (text_at(body.value("response_format", Json::object()), "type") == "json_schema") bad.emplace_back("json_schema");
  return bad;
}

// https://help.aliyun.com/en/model-studio/deep-thinking and qwen-api-via-openai-chat-completions
inline Reasons of_dashscope(const Json& body) {
  Reasons bad;
  if (number_at(body, "n", 1) > 4) bad.emplace_back("n above 4");
  if (body.contains("tool_choice") && body["tool_choice"] == "required") bad.emplace_back("tool_choice required");
  if (is_forced_choice(body) && body.value("enable_thinking", false)) bad.emplace_back("tool_choice in thinking mode");
  judge_tool_names(body, "^[a-zA-Z0-9_-]{1,64}$", bad);
  judge_members(body, {"reasoning"}, bad);
  if (text_at(body, "reasoning_effort") == "none") bad.emplace_back("reasoning_effort none: enable_thinking");
  return bad;
}

// https://docs.getbifrost.ai/providers/supported-providers/perplexity,
// https://github.com/perplexityai/api-discussion/issues/265
inline Reasons of_perplexity(const Json& body) {
  Reasons bad;
  judge_members(body, {"tools", "tool_choice", "stop", "seed", "logit_bias", "logprobs", "parallel_tool_calls"}, bad);
  const std::string format = text_at(body.value("response_format", Json::object()), "type");
  if (format == "json_object") bad.emplace_back("response_format: Input should be 'json_schema'");
  std::string last = "system";
  for (const Json& message : body["messages"]) {
    if (!message.contains("content") || message["content"].is_null()) bad.emplace_back("content: Field required");
    const std::string role = text_at(message, "role");
    const bool is_repeated = role == last && is_one_of(role, {"user", "assistant"});
    if (is_repeated || (role == "system" && last != "system")) bad.emplace_back("roles should be alternating");
    last = role;
  }
  return bad;
}

// https://github.com/cloudflare/cloudflare-os/issues/54
inline Reasons of_workers_ai(const Json& body) {
  Reasons bad;
  for (const Json& message : body["messages"]) {
    if (!message.contains("content") || !message["content"].is_string()) bad.emplace_back("content: not in 'string'");
  }
  return bad;
}

}  // namespace onellm::refusals
