#include "dialects/anthropic_messages/request/count.h"

#include <utility>

#include "dialects/anthropic_messages/request/splice/as_written.h"
#include "dialects/anthropic_messages/request/writer.h"
#include "dialects/common/request/count_body.h"

namespace onellm::dialects::anthropic_messages {

namespace {

constexpr std::string_view kMembers[] = {
    "model",         "messages",      "system", "tools",       "tool_choice",       "thinking",
    "output_config", "cache_control", "speed",  "mcp_servers", "context_management"};

}  // namespace

Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options) {
  if (options.as_written) return encode_as_written(request, options);
  Result<EncodedRequest> encoded = encode_request(request, options);
  if (!encoded) return encoded;
  encoded->body = only_members(std::move(encoded->body), kMembers, "{", "}");
  return encoded;
}

}  // namespace onellm::dialects::anthropic_messages
