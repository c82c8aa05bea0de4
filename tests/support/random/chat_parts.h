// Random contents, tools and parameters as clients of OpenAI's chat API write them: the parts of support/random/chat.h
// that need no conversation. https://platform.openai.com/docs/api-reference/chat
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "support/random/choice.h"

namespace onellm::test {

class RandomChatParts : protected RandomChoice {
 protected:
  using Json = nlohmann::ordered_json;

  using RandomChoice::RandomChoice;

  Json parsed(std::string_view text) { return Json::parse(text); }

  Json text_part() {
    Json part = {{"type", "text"}, {"text", words()}};
    if (one_in(8)) part["cache_control"] = {{"type", "ephemeral"}};
    if (one_in(8)) part["prompt_cache_breakpoint"] = {{"mode", "explicit"}};
    return part;
  }

  Json media_part() {
    switch (below(6)) {
      case 0: return parsed(R"({"type":"image_url","image_url":{"url":"https://a.example/b.png","detail":"low"}})");
      case 1: return parsed(R"({"type":"image_url","image_url":"https://a.example/b.png"})");
      case 2:
        return parsed(
            R"({"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}})");
      case 3: return parsed(R"({"type":"file","file":{"file_id":"file-1"}})");
      // As Anthropic's clients write it.
      case 4:
        return parsed(R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}})");
      default: return parsed(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}})");
    }
  }

  // A text, or parts; `media`: also pictures and files.
  Json content(bool media) {
    if (one_in(2)) return one_in(8) ? std::string() : words();
    Json parts = Json::array({text_part()});
    for (uint32_t i = below(4); i > 0; --i) parts.push_back(media && one_in(2) ? media_part() : text_part());
    return parts;
  }

  Json function(const std::string& name) {
    Json function = {{"name", name}};
    if (one_in(2)) function["description"] = words();
    if (one_in(2)) function["parameters"] = parsed(R"({"type":"object","properties":{"n":{"minimum":1.0}}})");
    if (one_in(4)) function["strict"] = one_in(2) ? Json(one_in(2)) : Json();
    return function;
  }

  Json tool(const std::string& name, bool custom) {
    if (custom) {
      Json body = {{"name", name}, {"description", words()}};
      if (one_in(2)) body["format"] = parsed(R"({"type":"grammar","grammar":{"syntax":"regex","definition":"a+"}})");
      return {{"type", "custom"}, {"custom", std::move(body)}};
    }
    if (one_in(12))
      return {{"name", name}, {"input_schema", {{"type", "object"}}}};  // As Anthropic's clients write it.
    Json tool = {{"type", "function"}, {"function", function(name)}};
    if (one_in(6)) tool["cache_control"] = {{"type", "ephemeral"}};
    return tool;
  }

  Json response_format() {
    switch (below(3)) {
      case 0: return {{"type", "text"}};
      case 1: return {{"type", "json_object"}};
      default:
        return parsed(R"({"type":"json_schema","json_schema":{"name":"n","description":"d","strict":true,)"
                      R"("schema":{"type":"object","properties":{}}}})");
    }
  }

  void add_parameters(Json& body) {
    for (const std::string_view parameter : {R"({"temperature":0.5})",
                                             R"({"top_p":1})",
                                             R"({"max_tokens":100})",
                                             R"({"max_completion_tokens":100})",
                                             R"({"stop":["a","b"]})",
                                             R"({"presence_penalty":-1.0})",
                                             R"({"frequency_penalty":2})",
                                             R"({"seed":9007199254740993})",
                                             R"({"user":"u-1"})",
                                             R"({"parallel_tool_calls":false})",
                                             R"({"reasoning_effort":"low"})",
                                             R"({"verbosity":"high"})",
                                             R"({"logit_bias":{"50256":-100}})",
                                             R"({"logprobs":true})",
                                             R"({"top_logprobs":2})",
                                             R"({"metadata":{"a":"b"}})",
                                             R"({"store":false})",
                                             R"({"service_tier":"flex"})",
                                             R"({"safety_identifier":"s"})",
                                             R"({"prompt_cache_key":"k"})",
                                             R"({"prediction":{"type":"content","content":"c"}})",
                                             R"({"modalities":["text"]})",
                                             R"({"web_search_options":{"search_context_size":"low"}})",
                                             R"({"top_k":40})",
                                             R"({"thinking":{"type":"enabled"}})",
                                             R"({"k\"ey":[1,{"deep":null}]})",
                                             R"({"nothing":null})",
                                             R"({"onellm":{"merge":"concat","strict":false}})"}) {
      if (one_in(6)) body.update(parsed(parameter));
    }
  }
};

}  // namespace onellm::test
