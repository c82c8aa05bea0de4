// Any request on its way to the Responses API. Beyond not crashing:
// - what a client may ask is either sent as JSON or refused with the parameter at fault;
// - every item has a type that the API knows, every call and result an id of 1 to 64 characters;
// - reasoning, which a client may make up, is followed by what it could have led to.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "dialects/openai_responses/request/writer.h"
#include "json/reader.h"

namespace {

using Json = nlohmann::json;

bool is_call(const std::string& type) { return type == "function_call" || type == "custom_tool_call"; }

bool is_result(const std::string& type) { return type == "function_call_output" || type == "custom_tool_call_output"; }

void expect_id(const Json& id) {
  const std::string& text = id.get_ref<const std::string&>();
  size_t characters = 0;
  for (const char c : text) characters += (c & 0xC0) != 0x80;
  ONELLM_ASSERT(characters >= 1 && characters <= 64);
}

void expect_input(const Json& input) {
  bool after_reasoning = false;
  for (const Json& item : input) {
    const std::string type = item.value("type", "");
    ONELLM_ASSERT(is_call(type) || is_result(type) || type == "message" || type == "reasoning");
    if (is_call(type) || is_result(type)) expect_id(item["call_id"]);
    ONELLM_ASSERT(!after_reasoning || !is_result(type));
    after_reasoning = type == "reasoning";
  }
  ONELLM_ASSERT(!after_reasoning);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using onellm::dialects::EncodedRequest;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const onellm::json::Buffer body(text);
  onellm::Result<onellm::chat::Request> request = onellm::dialects::openai_chat::decode_request(body);
  if (!request || request->source.out_of_range) return 0;  // Such values are refused before a request is translated.
  onellm::dialects::EncodeOptions options{.model = "gpt-5.6"};
  options.contract = onellm::models::contract_of(onellm::models::Maker::kOpenAi, options.model);
  options.host.mapping = onellm::dialects::HostMapping::kOpenAi;
  onellm::Result<EncodedRequest> encoded = onellm::dialects::openai_responses::encode_request(*request, options);
  if (!encoded) {
    ONELLM_ASSERT(!encoded.error().param.empty());
    return 0;
  }
  const std::string sent = encoded->body.flat();
  ONELLM_ASSERT(onellm::json::is_valid(sent));
  const Json tree = Json::parse(sent, nullptr, false);
  if (!tree.is_discarded()) expect_input(tree["input"]);  // Half a surrogate pair is JSON, but not to that library.
  return 0;
}
