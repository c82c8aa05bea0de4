// The table of all kinds of providers. A new one that is compatible with OpenAI is one row here; a new
// wire format is one folder of dialects/ and one row. Nothing else changes.
#include "dialects/openai_chat/openai_chat.h"
#include "providers/azure/azure.h"
#include "providers/openai.h"
#include "providers/provider.h"

namespace onellm::providers {

namespace {

bool has_no_family(std::string_view /*model*/) { return false; }

const Kind& openai() {
  static const Kind kKind{
      .name = "openai",
      .dialect = &dialects::openai_chat(),
      .native = true,
      .serves_family = is_openai_family,
      .chat_endpoint = openai_chat_endpoint,
      .models_endpoint = openai_models_endpoint,
      .client_headers = {"openai-organization", "openai-project", "openai-beta", "idempotency-key"},
      .setup = Setup::kKey,
      .key_setting = "OPENAI_API_KEY",
      .base_setting = "OPENAI_API_BASE",
      .base_default = "https://api.openai.com",
  };
  return kKind;
}

// Not native: a filter chunk without choices opens its streams, which clients trip over.
const Kind& azure() {
  static const Kind kKind{
      .name = "azure",
      .dialect = &dialects::openai_chat(),
      .native = false,
      .serves_family = has_no_family,
      .chat_endpoint = azure_chat_endpoint,
      .client_headers = {},
      .setup = Setup::kResources,
      .key_setting = "AZURE_OPENAI_API_KEYS",
      .base_setting = "AZURE_OPENAI_API_BASE",
      .base_default = "https://{resource}.openai.azure.com",
  };
  return kKind;
}

const Kind& echo() {
  static const Kind kKind{
      .name = "echo",
      .dialect = nullptr,
      .native = false,
      .serves_family = has_no_family,
      .chat_endpoint = nullptr,
      .client_headers = {},
  };
  return kKind;
}

}  // namespace

const std::vector<const Kind*>& kinds() {
  static const std::vector<const Kind*> kKinds = {&openai(), &azure(), &echo()};
  return kKinds;
}

const Kind* find_kind(std::string_view name) {
  for (const Kind* kind : kinds()) {
    if (kind->name == name) return kind;
  }
  return nullptr;
}

const Kind& compatible_kind() {
  static const Kind kKind{
      .name = "compatible",
      .dialect = &dialects::openai_chat(),
      .native = false,
      .serves_family = has_no_family,
      .chat_endpoint = compatible_chat_endpoint,
      .models_endpoint = compatible_models_endpoint,
      .client_headers = {"idempotency-key"},
      .setup = Setup::kEntry,
      .key_setting = "ONELLM_PROVIDERS",
  };
  return kKind;
}

}  // namespace onellm::providers
