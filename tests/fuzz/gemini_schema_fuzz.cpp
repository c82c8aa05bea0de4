// Any text as a request to Gemini, and as a JSON Schema for its older models. Beyond not crashing:
// - what a client may ask is either sent as JSON or refused with the parameter at fault;
// - what is sent has only Gemini's keys, turns that alternate and hold something, and a result in the turn
//   behind it for every call;
// - a converted schema has only the keys of the subset, with values of their types.
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "dialects/gemini/request/schema/converter.h"
#include "dialects/gemini/request/writer.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "json/reader.h"

namespace {

using Json = nlohmann::json;
using onellm::Result;
using onellm::chat::Request;
using onellm::dialects::EncodedRequest;
using onellm::json::Buffer;

// Half a surrogate pair, or a number that no double holds, is JSON, but not to that library: then it is discarded.
Json parse(const std::string& text) {
  ONELLM_ASSERT(onellm::json::is_valid(text));
  return Json::parse(text, nullptr, false);
}

bool is_among(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view one : words) {
    if (one == word) return true;
  }
  return false;
}

// --- schemas ---

void expect_subset(const Json& schema);

void expect_keyword(const std::string& key, const Json& value) {
  if (key == "properties") {
    ONELLM_ASSERT(value.is_object() && !value.empty());
    for (const auto& property : value.items()) expect_subset(property.value());
  } else if (key == "items") {
    expect_subset(value);
  } else if (key == "anyOf") {
    ONELLM_ASSERT(value.is_array() && value.size() >= 2);
    for (const Json& branch : value) expect_subset(branch);
  } else if (key == "type") {
    ONELLM_ASSERT(is_among(value.get_ref<const std::string&>(),
                           {"string", "number", "integer", "boolean", "array", "object", "null"}));
  } else if (key == "enum" || key == "required") {
    ONELLM_ASSERT(value.is_array() && !value.empty());
    for (const Json& one : value) ONELLM_ASSERT(one.is_string());
  } else if (is_among(key, {"title", "description", "pattern", "format"})) {
    ONELLM_ASSERT(value.is_string());
  } else if (is_among(key, {"minItems", "maxItems", "minProperties", "maxProperties", "minimum", "maximum", "minLength",
                            "maxLength"})) {
    ONELLM_ASSERT(value.is_number());
  } else if (key == "nullable") {
    ONELLM_ASSERT(value.is_boolean());
  } else {
    ONELLM_ASSERT(is_among(key, {"propertyOrdering", "example", "default"}));
  }
}

void expect_subset(const Json& schema) {
  ONELLM_ASSERT(schema.is_object());
  for (const auto& member : schema.items()) expect_keyword(member.key(), member.value());
  ONELLM_ASSERT(schema.value("type", "") != "array" || schema.contains("items"));
  if (!schema.contains("required")) return;
  for (const Json& name : schema["required"]) {
    ONELLM_ASSERT(schema["properties"].contains(name.get_ref<const std::string&>()));
  }
}

void check_schema(std::string_view text) {
  if (!onellm::json::is_valid(text)) return;
  std::string converted;
  onellm::dialects::gemini::SchemaBudget budget;
  if (onellm::dialects::gemini::convert_schema({text}, budget, converted) != nullptr) return;
  const Json tree = parse(converted);
  if (!tree.is_discarded()) expect_subset(tree);
}

// --- requests ---

void expect_turns(const Json& contents) {
  ONELLM_ASSERT(!contents.empty());
  std::string last_role;
  size_t open_calls = 0;
  for (const Json& content : contents) {
    const std::string role = content["role"].get<std::string>();
    ONELLM_ASSERT(role != last_role && is_among(role, {"user", "model"}) && !content["parts"].empty());
    last_role = role;
    size_t calls = 0;
    size_t results = 0;
    for (const Json& part : content["parts"]) {
      calls += part.contains("functionCall") ? 1 : 0;
      results += part.contains("functionResponse") ? 1 : 0;
      ONELLM_ASSERT(!part.contains("functionCall") || part["functionCall"]["args"].is_object());
      ONELLM_ASSERT(!part.contains("functionResponse") || part["functionResponse"]["response"].is_object());
    }
    ONELLM_ASSERT(results == open_calls);
    open_calls = calls;
  }
  ONELLM_ASSERT(open_calls == 0);
}

void check_body(const Json& body, bool takes_json_schema) {
  for (const auto& member : body.items()) {
    ONELLM_ASSERT(is_among(member.key(), {"systemInstruction", "contents", "tools", "toolConfig", "generationConfig",
                                          "safetySettings", "cachedContent", "serviceTier", "store"}));
  }
  ONELLM_ASSERT(!body.contains("store") || body["store"] == false);
  expect_turns(body["contents"]);
  if (takes_json_schema || !body.contains("tools")) return;
  for (const Json& tool : body["tools"]) {
    if (!tool.contains("functionDeclarations")) continue;
    for (const Json& function : tool["functionDeclarations"]) {
      ONELLM_ASSERT(!function.contains("parametersJsonSchema"));
      if (function.contains("parameters")) expect_subset(function["parameters"]);
    }
  }
}

void check_request(const Request& request, const char* model, bool takes_json_schema) {
  onellm::dialects::EncodeOptions options;
  options.model = model;
  options.contract = onellm::models::contract_of(onellm::models::Maker::kGoogle, model);
  Result<EncodedRequest> encoded = onellm::dialects::gemini::encode_request(request, options);
  if (!encoded) {
    const onellm::Error error = encoded.error();
    ONELLM_ASSERT(!error.param.empty() && onellm::status_of(error) == 400);
    return;
  }
  const Json body = parse(encoded->body.flat());
  if (!body.is_discarded()) check_body(body, takes_json_schema);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_schema(text);
  const Buffer body(text);
  Result<Request> request = onellm::dialects::openai_chat::decode_request(body);
  if (!request || request->source.out_of_range) return 0;  // Such values are refused before a request is translated.
  check_request(*request, "gemini-flash-latest", true);
  check_request(*request, "gemini-2.5-flash", true);
  check_request(*request, "gemini-1.5-pro", false);
  check_request(*request, "gemma-3-27b-it", false);
  return 0;
}
