// Translates hosted tools (tools that OpenAI runs itself) for a provider with its own. Web search and code interpreter
// become that provider's tools (and Anthropic's fetching of pages, where there is such a tool); all others are refused
// by name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects {

// Which hosted tools the provider has.
struct OwnTools {
  bool web_search = false;
  bool search_limits = false;  // Its search supports HostedMembers::limits.
  bool code_interpreter = false;
  bool web_fetch = false;
};

// The members of a hosted tool in the request.
struct HostedMembers {
  bool is_of_anthropic = false;     // Its type has Anthropic's form, `web_search_20250305`.
  std::string user_location;        // A JSON object; empty: not set.
  std::string search_context_size;  // A JSON value; empty: not set.
  // Search limits with Anthropic's names (max_uses, allowed_domains, blocked_domains); the values are JSON.
  std::vector<std::pair<std::string, std::string>> limits;
  std::vector<std::string> others;  // Names of all other members.
};
// True of the name of a search limit.
[[nodiscard]] bool is_search_limit(json::RawString name);

// True if the members of the tool may be read. Reading parses them again, which needs several times their size.
[[nodiscard]] bool can_read_members(const chat::Tool& tool);

// Requires can_read_members().
[[nodiscard]] HostedMembers read_hosted_members(json::RawMembers members);

// Calls `encode` with the request without hosted tools. `web_search_options` then asks for a search and `runs_code`
// for an interpreter. Parameters are dropped or refused as in encode_what_is_taken().
[[nodiscard]] Result<EncodedRequest> encode_with_own_tools(
    const chat::Request& request, OwnTools own, const EncodeOptions& options,
    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode);

}  // namespace onellm::dialects
