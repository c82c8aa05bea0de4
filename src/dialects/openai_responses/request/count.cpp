#include "dialects/openai_responses/request/count.h"

#include <utility>

#include "dialects/common/request/count_body.h"
#include "dialects/openai_responses/request/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

constexpr std::string_view kMembers[] = {
    "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text"};

}  // namespace

Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options) {
  Result<EncodedRequest> encoded = encode_request(request, options);
  if (!encoded) return encoded;
  encoded->body = only_members(std::move(encoded->body), kMembers, "{", "}");
  return encoded;
}

}  // namespace onellm::dialects::openai_responses
