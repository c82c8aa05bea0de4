// The table of all kinds of providers.
//
// Rule: a new wire format is one folder in dialects/ and one row here; nothing else changes. A new provider that is
// compatible with OpenAI is one row of hosts.cpp.
#include <algorithm>

#include "base/pattern.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/palm/dialect.h"
#include "providers/anthropic.h"
#include "providers/azure/azure.h"
#include "providers/google.h"
#include "providers/openai.h"
#include "providers/provider.h"
#include "providers/rate_limits.h"

namespace onellm::providers {

namespace {

constexpr std::string_view kOpenAiFamilies[] = {"gpt-*", "o#*", "chatgpt-*", "ft:gpt*"};
constexpr std::string_view kClaudeFamilies[] = {"claude-*"};
constexpr std::string_view kGeminiFamilies[] = {"gemini-*", "gemma-*"};
constexpr std::string_view kPalmFamilies[] = {"*-bison-*"};

// Old names of the first generations.
constexpr Renaming kClaudeRenamings[] = {{"claude-2", "claude-2.0"}, {"claude-instant-1", "claude-instant-1.2"}};

const Kind& openai() {
  static const Kind kKind{
      .name = "openai",
      .dialect = &dialects::openai_chat::dialect(),
      .quirks = {.native = true},
      .families = kOpenAiFamilies,
      .maker = models::Maker::kOpenAi,
      .chat_endpoint = openai_chat_endpoint,
      .other_api = openai_other_api,
      .count_api = &openai_count_api(),
      .models_endpoint = openai_models_endpoint,
      .client_headers = {"openai-organization", "openai-project", "openai-beta", "idempotency-key"},
      .account_headers = {"openai-organization", "openai-project"},
      .host_rules = openai_host_rules,
      .refuses_values = true,
      .rate_limits = openai_rate_limits(),
      .setup = Setup::kKey,
      .key_setting = "OPENAI_API_KEY",
      .base_setting = "OPENAI_API_BASE",
      .base_default = "https://api.openai.com",
  };
  return kKind;
}

// Not native: its streams begin with a content-filter chunk without choices, and some clients fail on that.
const Kind& azure() {
  static const Kind kKind{
      .name = "azure",
      .dialect = &dialects::openai_chat::dialect(),
      .maker = models::Maker::kOpenAi,
      .chat_endpoint = azure_chat_endpoint,
      .other_api = azure_other_api,
      .host_rules = azure_host_rules,
      .refuses_values = true,
      .rate_limits = openai_rate_limits(),
      .setup = Setup::kResources,
      .key_setting = "AZURE_OPENAI_API_KEYS",
      .base_setting = "AZURE_OPENAI_API_BASE",
      .base_default = "https://{resource}.openai.azure.com",
  };
  return kKind;
}

const Kind& anthropic() {
  static const Kind kKind{
      .name = "anthropic",
      .dialect = &dialects::anthropic_messages::dialect(),
      .quirks = {.native = true},
      .families = kClaudeFamilies,
      .maker = models::Maker::kAnthropic,
      .chat_endpoint = anthropic_chat_endpoint,
      .count_api = &anthropic_count_api(),
      .models_endpoint = anthropic_models_endpoint,
      .builtin_models = anthropic_models(),
      .renamings = kClaudeRenamings,
      .client_headers = {"anthropic-beta"},  // Clients of any dialect may switch on a feature of Claude.
      .own_client_headers = {"anthropic-version", "anthropic-workspace-id", "anthropic-user-profile-id", "anthropic-*"},
      .withheld_headers = {"anthropic-dangerous-direct-browser-access", "anthropic-api-key", "anthropic-auth-token"},
      .account_headers = {"anthropic-workspace-id", "anthropic-user-profile-id"},
      .version_header = "anthropic-version",
      .host_rules = anthropic_host_rules,
      .rate_limits = anthropic_rate_limits(),
      .own_reply_headers = {"anthropic-ratelimit-unified-status", "anthropic-ratelimit-*"},
      .request_id_header = "request-id",
      .conflict_passes = true,
      .setup = Setup::kKey,
      .key_setting = "ANTHROPIC_API_KEY",
      .base_setting = "ANTHROPIC_API_BASE",
      .base_default = "https://api.anthropic.com",
      .version_setting = "ANTHROPIC_VERSION",
      .version_default = kAnthropicVersionDefault,
  };
  return kKind;
}

const Kind& google() {
  static const Kind kKind{
      .name = "google",
      .dialect = &dialects::gemini::dialect(),
      .families = kGeminiFamilies,
      .maker = models::Maker::kGoogle,
      .chat_endpoint = gemini_chat_endpoint,
      .count_api = &gemini_count_api(),
      .models_endpoint = gemini_models_endpoint,
      .builtin_models = gemini_models(),
      .setup = Setup::kKey,
      .key_setting = "GEMINI_API_KEY",
      .base_setting = "GEMINI_API_BASE",
      .base_default = kGoogleBase,
      .key_setting_otherwise = "PALM_API_KEY",
      .safety_setting = "GEMINI_SAFETY_SETTINGS",
  };
  return kKind;
}

// Has no models_endpoint: the provider's own list has models that the chat endpoints do not serve.
const Kind& palm() {
  static const Kind kKind{
      .name = "palm",
      .dialect = &dialects::palm::dialect(),
      .families = kPalmFamilies,
      .chat_endpoint = palm_chat_endpoint,
      .builtin_models = palm_models(),
      .setup = Setup::kKey,
      .key_setting = "PALM_API_KEY",
      .base_setting = "PALM_API_BASE",
      .base_default = kGoogleBase,
  };
  return kKind;
}

const Kind& echo() {
  static const Kind kKind{
      .name = "echo",
      .dialect = nullptr,
      .chat_endpoint = nullptr,
  };
  return kKind;
}

std::vector<Kind> built_in_hosts() {
  std::vector<Kind> kinds;
  for (const Host& host : hosts()) {
    if (!host.name.empty()) kinds.push_back(kind_of(host));
  }
  return kinds;
}

}  // namespace

bool serves_family(const Kind& kind, std::string_view model) {
  return std::any_of(kind.families.begin(), kind.families.end(),
                     [model](std::string_view pattern) { return fits_pattern(model, pattern); });
}

std::string_view upstream_name(const Kind& kind, std::string_view model) {
  for (const Renaming& renaming : kind.renamings) {
    if (renaming.known == model) return renaming.upstream;
  }
  return model;
}

models::Contract contract_of(const Provider& provider, std::string_view upstream_model,
                             const models::Overrides* overrides) {
  const models::Maker known = provider.quirks.maker;
  const models::Maker maker = known == models::Maker::kNone ? provider.kind->maker : known;
  const models::Contract* contract = &models::contract_of(maker, upstream_model);
  for (const Model& listed : provider.models) {
    if (listed.upstream != upstream_model || listed.name == upstream_model) continue;
    const models::Contract& behind = models::contract_of(maker, listed.name);
    if (behind.reasoning != models::Reasoning::kUnknown) contract = &behind;
  }
  if (overrides == nullptr) return *contract;
  std::vector<std::string_view> names = {upstream_model};
  for (const Model& listed : provider.models) {
    if (listed.upstream == upstream_model && listed.name != upstream_model) names.emplace_back(listed.name);
  }
  models::Contract changed = *contract;
  overrides->apply(provider.name, names, changed);
  return changed;
}

std::optional<Error> refusal_of_values(const Kind& kind, const chat::Request& request) {
  const chat::Source& source = request.source;
  const bool is_own = kind.dialect != nullptr && kind.dialect->id() == source.dialect;
  if (!is_own) return source.out_of_range;
  if (!kind.refuses_values) return std::nullopt;
  return source.unusual ? source.unusual : source.out_of_range;
}

const std::vector<const Kind*>& kinds() {
  static const std::vector<Kind> kHosts = built_in_hosts();
  static const std::vector<const Kind*> kKinds = [] {
    std::vector<const Kind*> all = {&openai(), &azure(), &anthropic(), &google(), &palm(), &echo()};
    for (const Kind& host : kHosts) all.push_back(&host);
    return all;
  }();
  return kKinds;
}

std::string_view dialect_word(const Kind& kind) {
  const auto has_same = [&kind](const Kind* known) { return known->dialect == kind.dialect; };
  const auto first = std::find_if(kinds().begin(), kinds().end(), has_same);
  return first == kinds().end() ? kind.name : (*first)->name;
}

const Kind& compatible_kind() {
  static const Kind kKind{
      .name = "compatible",
      .dialect = &dialects::openai_chat::dialect(),
      .chat_endpoint = compatible_chat_endpoint,
      .models_endpoint = compatible_models_endpoint,
      .client_headers = {"idempotency-key"},
      .host_rules = compatible_host_rules,
      .rate_limits = openai_rate_limits(),
      .setup = Setup::kEntry,
      .key_setting = "ONELLM_PROVIDERS",
      .base_as_written = true,
  };
  return kKind;
}

Kind kind_of(const Host& host) {
  Kind kind = compatible_kind();
  kind.name = host.name;
  kind.quirks = host.quirks;
  kind.setup = Setup::kKey;
  kind.key_setting = host.key;
  kind.base_default = host.base;
  return kind;
}

}  // namespace onellm::providers
