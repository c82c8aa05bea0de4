// Any text as a request of the Messages API. Beyond not crashing:
// - the request is the same wherever in memory it stands;
// - what is accepted is either sent as JSON to each provider, or refused with the field at fault;
// - it is always sent to Claude, and what Claude gets is a request that is accepted again;
// - nothing of an envelope leaves the gateway.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "dialects/anthropic_messages/client/decode_request.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/palm/dialect.h"
#include "json/reader.h"

namespace {

using onellm::Result;
using onellm::chat::Request;
using onellm::dialects::EncodedRequest;
using onellm::dialects::EncodeOptions;
using onellm::dialects::HostMapping;
using onellm::dialects::anthropic_messages::decode_request;
using onellm::json::Buffer;
using onellm::models::Maker;

struct Target {
  const onellm::dialects::Dialect* dialect;
  Maker maker;
  const char* model;
  HostMapping mapping;
};
const Target kOthers[] = {
    {&onellm::dialects::openai_chat::dialect(), Maker::kOpenAi, "gpt-4o", HostMapping::kOpenAi},
    {&onellm::dialects::openai_chat::dialect(), Maker::kOpenAi, "gpt-6.1-sol", HostMapping::kOpenAi},
    {&onellm::dialects::openai_chat::dialect(), Maker::kNone, "llama", HostMapping::kCompatible},
    {&onellm::dialects::openai_responses::dialect(), Maker::kOpenAi, "gpt-5.1", HostMapping::kOpenAi},
    {&onellm::dialects::gemini::dialect(), Maker::kGoogle, "gemini-2.5-flash", HostMapping::kAsWritten},
    {&onellm::dialects::gemini::dialect(), Maker::kGoogle, "gemini-3.1-pro-preview", HostMapping::kAsWritten},
    {&onellm::dialects::palm::dialect(), Maker::kNone, "chat-bison-001", HostMapping::kAsWritten},
};
const Target kClaudes[] = {
    {&onellm::dialects::anthropic_messages::dialect(), Maker::kAnthropic, "claude-opus-4-8", HostMapping::kAsWritten},
    {&onellm::dialects::anthropic_messages::dialect(), Maker::kAnthropic, "claude-sonnet-4-5", HostMapping::kAsWritten},
    {&onellm::dialects::anthropic_messages::dialect(), Maker::kAnthropic, "claude-3-5-sonnet-20241022",
     HostMapping::kAsWritten},
};

Result<EncodedRequest> encode(const Request& request, const Target& target) {
  EncodeOptions options{.model = target.model, .provider = "p"};
  options.host.mapping = target.mapping;
  options.contract = onellm::models::contract_of(target.maker, target.model);
  return target.dialect->encode_request(request, options);
}

void expect_names(const Request& request, const EncodedRequest& encoded) {
  for (const std::string& name : encoded.dropped) {
    ONELLM_ASSERT(!onellm::dialects::anthropic_messages::dialect().field_name(name, request).empty());
  }
}

void expect_sendable(const Request& request, const Target& target) {
  Result<EncodedRequest> encoded = encode(request, target);
  if (!encoded) {
    const onellm::Error error = encoded.error();
    ONELLM_ASSERT(!error.param.empty() && !error.message.empty());
    (void)onellm::dialects::anthropic_messages::dialect().field_name(error.param, request);
    return;
  }
  ONELLM_ASSERT(onellm::json::is_valid(encoded->body.flat()));
  expect_names(request, *encoded);
}

// Claude itself refuses what it does not take, but for choices that cannot be kept.
void expect_same_form(const Request& request, const Target& target) {
  Result<EncodedRequest> encoded = encode(request, target);
  if (!encoded) {
    ONELLM_ASSERT(!encoded.error().param.empty());
    return;
  }
  const Buffer sent(encoded->body.flat());
  Result<Request> again = decode_request(sent);
  ONELLM_ASSERT(again);
  ONELLM_ASSERT(again->model == target.model && again->stream == request.stream);
  ONELLM_ASSERT(again->tools.size() >= request.tools.size() || !encoded->dropped.empty());
}

void expect_same(const Request& a, const Request& b) {
  ONELLM_ASSERT(a.model == b.model && a.stream == b.stream && a.messages.size() == b.messages.size());
  for (size_t i = 0; i < a.messages.size(); ++i) {
    const auto& left = a.messages[i];
    const auto& right = b.messages[i];
    ONELLM_ASSERT(left.role == right.role && left.parts.size() == right.parts.size());
    for (size_t k = 0; k < left.parts.size(); ++k) ONELLM_ASSERT(left.parts[k].text == right.parts[k].text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Buffer body(text);
  Result<Request> request = decode_request(body);
  const Buffer copy(text);
  Result<Request> same = decode_request(copy);
  ONELLM_ASSERT(static_cast<bool>(request) == static_cast<bool>(same));
  if (!request) {
    const onellm::Error error = request.error();
    const onellm::Error same_error = same.error();
    ONELLM_ASSERT(error.kind == onellm::ErrorKind::kBadRequest && !error.message.empty());
    ONELLM_ASSERT(error.message == same_error.message && error.param == same_error.param);
    return 0;
  }
  expect_same(*request, *same);
  for (const Target& target : kClaudes) expect_same_form(*request, target);
  if (request->source.out_of_range) return 0;  // Such values are refused before a request is translated.
  for (const Target& target : kOthers) expect_sendable(*request, target);
  return 0;
}
