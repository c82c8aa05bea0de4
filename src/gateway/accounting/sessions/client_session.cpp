#include "gateway/accounting/sessions/client_session.h"

#include <algorithm>
#include <iterator>

#include "base/limits.h"
#include "base/text.h"

namespace onellm::gateway {

namespace {

// The headers with an id, in the order in which they are believed, then the one with the client.
constexpr std::string_view kHeaders[] = {"x-onellm-session", "x-claude-code-session-id", "session-id", "session_id",
                                         "user-agent"};
constexpr size_t kIdHeaders = std::size(kHeaders) - 1;

// What a client sends as its product, in small letters, and its name for people. SDKs of several languages have one
// product each: `OpenAI/Python 1.2`.
struct Agent {
  std::string_view product;
  std::string_view name;
};
constexpr Agent kAgents[] = {
    {"claude-cli", "claude-code"},
    {"codex_cli_rs", "codex"},
    {"codex_exec", "codex"},
    {"codex_vscode", "codex"},
    {"qwencode", "qwen-code"},
    {"geminicli", "gemini-cli"},
    {"geminicli-tui", "gemini-cli"},
    {"githubcopilotchat", "github-copilot"},
    {"openai/python", "openai-python"},
    {"asyncopenai/python", "openai-python"},
    {"openai/js", "openai-node"},
    {"anthropic/python", "anthropic-python"},
    {"asyncanthropic/python", "anthropic-python"},
    {"anthropic/js", "anthropic-node"},
};

bool is_of_id(char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == ':' || c == '-'; }

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kSessionIdBytesMax && std::all_of(text.begin(), text.end(), is_of_id);
}

bool is_of_name(char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; }

}  // namespace

std::span<const std::string_view> session_headers() { return kHeaders; }

std::string_view session_id_of(const Head& request) {
  for (size_t i = 0; i < kIdHeaders; ++i) {
    const std::string_view id = request.header(kHeaders[i]);
    if (is_id(id)) return id;
  }
  return {};
}

// https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5
std::string agent_of(std::string_view user_agent) {
  const std::string_view token = user_agent.substr(0, std::min(user_agent.find(' '), 2 * kAgentBytesMax));
  const std::string lower = ascii_lower(token);
  const std::string_view product = std::string_view(lower).substr(0, lower.find('/'));
  for (const std::string_view given : {std::string_view(lower), product}) {
    const auto is_it = [given](const Agent& agent) { return agent.product == given; };
    const auto known = std::find_if(std::begin(kAgents), std::end(kAgents), is_it);
    if (known != std::end(kAgents)) return std::string(known->name);
  }
  const bool is_name = product.size() <= kAgentBytesMax && std::all_of(product.begin(), product.end(), is_of_name);
  return is_name ? std::string(product) : std::string();
}

}  // namespace onellm::gateway
