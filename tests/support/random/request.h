// Makes random chat requests in canonical form: each is one that a client dialect may decode. The same seed gives the
// same requests on every platform.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chat/request.h"
#include "support/random/parts.h"

namespace onellm::test {

class RandomRequests : private RandomParts {
 public:
  explicit RandomRequests(uint64_t seed, RandomKinds kinds = {}) : RandomParts(seed, kinds) {}

  [[nodiscard]] chat::Request next() {
    chat::Request request;
    request_ = &request;
    calls_ = 0;
    request.model = pick({"m", "gpt-4o", "a/b", "x,y|z", "\xF0\x9F\x90\x88"});
    add_tools();
    add_messages();
    add_format();
    add_parameters();
    request.n = one_in(8) ? 1 + below(4) : 1;
    request.stream = one_in(2);
    request.include_usage = request.stream && one_in(2);
    return request;
  }

 private:
  Message& add(chat::Role role) {
    Message& message = request_->messages.emplace_back();
    message.role = role;
    return message;
  }

  void add_messages() {
    if (one_in(2)) say(add(one_in(3) ? chat::Role::kDeveloper : chat::Role::kSystem), false);
    for (uint32_t turn = 0; turn <= below(4); ++turn) {
      Message& user = add(chat::Role::kUser);
      say(user, true);
      if (one_in(6)) user.name = {"ann"};
      answer();
      if (one_in(8)) say(add(chat::Role::kSystem), false);
    }
    say(add(chat::Role::kUser), true);
  }

  void answer() {
    Message& message = add(chat::Role::kAssistant);
    const bool calls = !request_->tools.empty() && one_in(2);
    const bool calls_function = !calls && !request_->functions.empty() && one_in(2);
    if (!(calls || calls_function) || one_in(2)) say(message, false);
    if (kinds_.thoughts) think(message);
    if (kinds_.extra && one_in(6)) message.extra = {R"("mood":"warm","annotations":[])"};
    if (calls_function) return call_function(message);
    if (!calls) return;
    const uint32_t count = 1 + below(3);
    for (uint32_t i = 0; i < count; ++i) message.tool_calls.push_back(call());
    const std::vector<chat::ToolCall> made = message.tool_calls;  // Further messages move this one.
    for (const chat::ToolCall& each : made) give_result(each);
  }

  void think(Message& message) {
    if (one_in(3)) message.reasoning = text();
    if (one_in(6)) message.signature = {"c2ln"};
    if (!one_in(4)) return;
    for (uint32_t i = 0; i <= below(2); ++i) {
      chat::ThinkingBlock block;
      block.redacted = one_in(4);
      block.text = {keep("thought " + std::to_string(i))};
      if (!block.redacted) block.signature = {"c2ln"};
      if (one_in(2)) block.model = {"claude-opus-4-8"};
      block.calls_before = i;
      block.text_before = one_in(3) ? chat::ThinkingBlock::kAllText : below(5);
      message.thinking_blocks.push_back(block);
    }
  }

  chat::ToolCall call() {
    const chat::Tool& tool = request_->tools[below(static_cast<uint32_t>(request_->tools.size()))];
    chat::ToolCall call;
    call.custom = tool.custom;
    call.id = {keep("call_" + std::to_string(++calls_))};
    call.name = tool.name;
    call.arguments = {tool.custom ? "select 1" : pick({"{}", R"({\"city\":\"Rome\"})", R"({\"n\":9007199254740993})"})};
    if (kinds_.thoughts && one_in(6)) call.signature = {"c2ln"};
    if (kinds_.extra && one_in(8)) call.extra = {R"("index":0)"};
    return call;
  }

  void give_result(const chat::ToolCall& call) {
    Message& result = add(chat::Role::kTool);
    result.tool_call_id = call.id;
    say(result, true);
  }

  void call_function(Message& message) {
    chat::ToolCall call;
    call.name = request_->functions.front().name;
    call.arguments = {"{}"};
    message.function_call = call;
    Message& result = add(chat::Role::kFunction);
    result.name = call.name;
    say(result, false);
  }

  void add_tools() {
    const bool older = kinds_.older_forms && one_in(6);
    if (!older && one_in(3)) return;
    std::vector<chat::Tool>& tools = older ? request_->functions : request_->tools;
    for (uint32_t i = 0; i <= below(3); ++i) {
      chat::Tool& tool = tools.emplace_back();
      tool.custom = !older && kinds_.custom_tools && one_in(5);
      tool.name = {keep("f" + std::to_string(i))};
      tool.description = maybe_text(2);
      if (!tool.custom && !one_in(4)) tool.parameters = object();
      if (!tool.custom && one_in(3)) tool.strict = one_in(2);
      if (kinds_.cache_marks && !tool.custom && one_in(6)) tool.cache_control = {R"({"type":"ephemeral"})"};
    }
    choose(tools, older);
  }

  void choose(const std::vector<chat::Tool>& tools, bool older) {
    using Kind = chat::ToolChoiceKind;
    chat::ToolChoice& choice = request_->tool_choice;
    const chat::Tool& tool = tools[below(static_cast<uint32_t>(tools.size()))];
    switch (below(7)) {
      case 0: choice.kind = Kind::kNone; return;
      case 1: choice.kind = Kind::kAuto; return;
      case 2: choice.kind = Kind::kRequired; return;
      case 3:
        choice.kind = Kind::kNamed;
        choice.custom = tool.custom;
        choice.name = tool.name;
        return;
      case 4:
        if (older) return;
        choice.kind = Kind::kAllowed;
        choice.required = one_in(2);
        choice.allowed.push_back(tool.name);
        return;
      default: return;
    }
  }

  void add_format() {
    using Kind = chat::ResponseFormatKind;
    chat::ResponseFormat& format = request_->response_format;
    switch (below(8)) {
      case 0: format.kind = Kind::kText; return;
      case 1: format.kind = Kind::kJsonObject; return;
      case 2:
        format.kind = Kind::kJsonSchema;
        format.name = name();
        format.description = maybe_text(2);
        format.schema = object();
        if (one_in(2)) format.strict = one_in(2);
        return;
      default: return;
    }
  }

  void add_parameters() {
    struct Row {
      std::string_view name;
      std::string_view value;
    };
    static constexpr Row kRows[] = {{"temperature", "0.50"},
                                    {"top_p", "1"},
                                    {"max_tokens", "100"},
                                    {"stop", R"(["a","b"])"},
                                    {"presence_penalty", "-1e0"},
                                    {"seed", "9007199254740993"},
                                    {"user", R"("u-1")"},
                                    {"parallel_tool_calls", "false"},
                                    {"reasoning_effort", R"("low")"},
                                    {"logit_bias", R"({"50256":-100})"},
                                    {"metadata", R"({"a":"b"})"},
                                    {"service_tier", R"("default")"}};
    for (const Row& row : kRows) {
      if (one_in(5)) request_->parameters.push_back({.name = row.name, .value = {row.value}});
    }
    if (!kinds_.extra || !one_in(4)) return;
    request_->unknown.push_back({.name = "top_k", .value = {"40"}});
    request_->unknown.push_back({.name = "k\"ey", .value = {R"([1,{"deep":null}])"}});
  }

  uint32_t calls_ = 0;
};

}  // namespace onellm::test
