// Any text as a request: whatever is accepted must also be sendable, to any kind of host, and must be the
// same request wherever in memory it stands.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "dialects/ids.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "dialects/openai_chat/request/writer.h"
#include "json/reader.h"

namespace {

using onellm::Result;
using onellm::chat::PartKind;
using onellm::chat::Request;
using onellm::chat::Role;
using onellm::chat::SourceMember;
using onellm::dialects::EncodedRequest;
using onellm::dialects::EncodeOptions;
using onellm::dialects::HostMapping;
using onellm::dialects::HostRules;
using onellm::dialects::openai_chat::decode_request;
using onellm::json::Buffer;

void expect_same(const Request& a, const Request& b) {
  ONELLM_ASSERT(a.model == b.model && a.stream == b.stream && a.include_usage == b.include_usage && a.n == b.n);
  ONELLM_ASSERT(a.messages.size() == b.messages.size() && a.tools.size() == b.tools.size());
  for (size_t i = 0; i < a.messages.size(); ++i) {
    const auto& left = a.messages[i];
    const auto& right = b.messages[i];
    ONELLM_ASSERT(left.role == right.role && left.extra == right.extra && left.parts.size() == right.parts.size());
    for (size_t k = 0; k < left.parts.size(); ++k) ONELLM_ASSERT(left.parts[k].text == right.parts[k].text);
  }
  ONELLM_ASSERT(a.parameters.size() == b.parameters.size() && a.unknown.size() == b.unknown.size());
  for (size_t i = 0; i < a.unknown.size(); ++i) {
    ONELLM_ASSERT(a.unknown[i].name == b.unknown[i].name && a.unknown[i].value == b.unknown[i].value);
  }
}

void expect_sendable(const Request& request, const EncodeOptions& options) {
  Result<EncodedRequest> encoded = onellm::dialects::openai_chat::encode_request(request, options);
  ONELLM_ASSERT(encoded);
  const Buffer sent(encoded->body.flat());
  ONELLM_ASSERT(onellm::json::is_valid(sent.text()));

  Result<Request> again = decode_request(sent);
  ONELLM_ASSERT(again);
  ONELLM_ASSERT(again->model == options.model);
  ONELLM_ASSERT(again->messages.size() == request.messages.size());
  ONELLM_ASSERT(again->parameters.size() == request.parameters.size());
  ONELLM_ASSERT(!options.ask_for_usage || !request.stream || again->include_usage);
  for (const SourceMember& member : again->source.members) {
    ONELLM_ASSERT(!onellm::json::key_is({member.key}, "onellm"));
    ONELLM_ASSERT(options.ask_for_usage || !onellm::json::key_is({member.key}, "stream_options"));
  }
}

size_t images_in(const Request& request) {
  size_t count = 0;
  for (const auto& message : request.messages) {
    for (const auto& part : message.parts) count += part.kind == PartKind::kImage ? 1 : 0;
  }
  return count;
}

bool has_images_of_tools(const Request& request) {
  for (const auto& message : request.messages) {
    if (message.role != Role::kTool) continue;
    for (const auto& part : message.parts) {
      if (part.kind == PartKind::kImage) return true;
    }
  }
  return false;
}

// What a host takes otherwise is changed once and for all, and changes what is said to nobody.
void expect_mapped(const Request& request, const char* model, const HostRules& host) {
  EncodeOptions options{.model = model, .host = host};
  const bool is_openai = host.mapping == onellm::dialects::HostMapping::kOpenAi;
  options.contract = onellm::models::contract_of(
      is_openai ? onellm::models::Maker::kOpenAi : onellm::models::Maker::kNone, options.model);
  Result<EncodedRequest> encoded = onellm::dialects::openai_chat::encode_request(request, options);
  ONELLM_ASSERT(encoded);
  const Buffer sent(encoded->body.flat());
  Result<Request> again = decode_request(sent);
  ONELLM_ASSERT(again);
  ONELLM_ASSERT(again->model == model && again->n == request.n && again->stream == request.stream);
  // A form of another API that stands where it means nothing is left as it is, and here it may mean something: a tool
  // result in a message of `developer`, which some models call `user`.
  if (again->source.rewritten != nullptr) return;
  ONELLM_ASSERT(images_in(*again) == images_in(request));
  const bool moves_images = again->messages.size() != request.messages.size();
  ONELLM_ASSERT(!moves_images || has_images_of_tools(request));
  for (size_t i = 0; i < request.messages.size() && !moves_images; ++i) {
    const auto& asked = request.messages[i];
    const auto& got = again->messages[i];
    if (!asked.has_content) continue;
    ONELLM_ASSERT(asked.parts.size() == got.parts.size());
    for (size_t k = 0; k < asked.parts.size(); ++k) ONELLM_ASSERT(asked.parts[k].text == got.parts[k].text);
  }
  Result<EncodedRequest> twice = onellm::dialects::openai_chat::encode_request(*again, options);
  ONELLM_ASSERT(twice);
  ONELLM_ASSERT(twice->body.flat() == sent.text() && twice->dropped.empty());
}

bool is_dropped(const EncodedRequest& encoded, std::string_view name) {
  return std::find(encoded.dropped.begin(), encoded.dropped.end(), name) != encoded.dropped.end();
}

// The same request from a client of another dialect is written anew, and says the same.
void expect_composed(const Request& request, const EncodeOptions& options) {
  Request foreign = request;
  foreign.source = {.dialect = onellm::dialects::kTestDialect, .foreign_type = request.source.foreign_type};
  Result<EncodedRequest> encoded = onellm::dialects::openai_chat::encode_request(foreign, options);
  ONELLM_ASSERT(static_cast<bool>(encoded) == request.source.foreign_type.empty());
  if (!encoded) return;
  const Buffer sent(encoded->body.flat());
  Result<Request> again = decode_request(sent);
  ONELLM_ASSERT(again);
  ONELLM_ASSERT(again->model == options.model && again->n == request.n && again->stream == request.stream);
  ONELLM_ASSERT(again->source.rewritten == nullptr && again->source.foreign_type.empty());
  const size_t functions = is_dropped(*encoded, "functions") ? 0 : request.functions.size();
  ONELLM_ASSERT(again->tools.size() + again->functions.size() == request.tools.size() + functions);
  ONELLM_ASSERT(images_in(*again) == images_in(request));
  const bool moves_images = again->messages.size() != request.messages.size();
  ONELLM_ASSERT(!moves_images || has_images_of_tools(request));
  for (size_t i = 0; i < request.messages.size() && !moves_images; ++i) {
    ONELLM_ASSERT(again->messages[i].tool_calls.size() >= request.messages[i].tool_calls.size());
  }
  Result<EncodedRequest> twice = onellm::dialects::openai_chat::encode_request(foreign, options);
  ONELLM_ASSERT(twice && twice->body.flat() == sent.text());
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
  expect_sendable(*request, {.model = "an\"other"});
  expect_sendable(*request, {.model = request->model, .ask_for_usage = false});
  expect_mapped(*request, "llama", {.mapping = HostMapping::kCompatible});
  expect_mapped(*request, "gemini-flash", {.mapping = HostMapping::kCompatible, .tools_give_text = true});
  expect_composed(*request, {.model = "m"});
  expect_composed(*request, {.model = "llama", .host = {.mapping = HostMapping::kCompatible}});
  expect_composed(*request, {.model = "o3", .host = {.mapping = HostMapping::kOpenAi}});
  for (const char* model : {"gpt-4o", "o1-mini", "o3", "gpt-5.1", "gpt-6.1-sol"}) {
    expect_mapped(*request, model, {.mapping = HostMapping::kOpenAi});
    expect_mapped(*request, model, {.mapping = HostMapping::kOpenAi, .api_version = "2024-06-01"});
  }
  return 0;
}
