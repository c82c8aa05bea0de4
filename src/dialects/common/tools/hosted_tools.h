// Tools that OpenAI runs itself, asked for in a chat request, at a provider with tools of its own: the search and the
// interpreter become that provider's, the others are refused by name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"

namespace onellm::dialects {

// Which of them the provider has, too.
struct OwnTools {
  bool web_search = false;
  bool search_limits = false;  // Its search keeps to the limits of HostedMembers.
  bool code_interpreter = false;
};

// What a tool says of itself.
struct HostedMembers {
  bool is_of_anthropic = false;     // Its type has Anthropic's form, `web_search_20250305`.
  std::string user_location;        // An object of JSON; empty: not said.
  std::string search_context_size;  // A value of JSON, likewise.
  // Limits of a search in Anthropic's words, max_uses, allowed_domains and blocked_domains: values of JSON.
  std::vector<std::pair<std::string, std::string>> limits;
  std::vector<std::string> others;  // Names of what else it says.
};
// True of the name of such a limit.
[[nodiscard]] bool is_search_limit(json::RawString name);

[[nodiscard]] HostedMembers read_hosted_members(json::RawMembers members);

// Encodes the request without such tools by `encode`: a search is then asked for by `web_search_options`, and an
// interpreter by `runs_code`. As encode_what_is_taken() does, for what the model does not get.
[[nodiscard]] Result<EncodedRequest> encode_with_own_tools(
    const chat::Request& request, OwnTools own, const EncodeOptions& options,
    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode);

}  // namespace onellm::dialects
