// Settings made into providers: one function for each way in which a kind of provider is set up, and
// the checks they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/provider.h"
#include "routing/settings/values.h"

namespace onellm::routing {

// OPENAI_API_KEY, OPENAI_API_BASE and their like: the settings that `kind` names. Adds nothing where
// the key is not set or a setting is malformed.
void read_keyed_provider(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out);

// AZURE_OPENAI_*: one provider for each resource that has a key and deployments.
void read_azure_resources(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out);

// Settings of a provider's content filters, as dialects::EncodeOptions takes them: a JSON array as Gemini
// has it, or an object of thresholds by category. `out` stays empty where they are not given. False where
// they are malformed, which is reported.
// https://ai.google.dev/api/generate-content#safetysetting
[[nodiscard]] bool read_safety_settings(std::string_view setting, SettingValues& values, std::string& out);

// ONELLM_PROVIDERS: one provider for each entry.
void read_provider_entries(SettingValues& values, std::vector<providers::Provider>& out);

// True of what can go into a header as it is: visible ASCII, and spaces or tabs inside.
[[nodiscard]] bool is_header_value(std::string_view text);

// True of a name that the `model` field can hold: not empty, without `,`, `|` and control characters.
[[nodiscard]] bool is_model_name(std::string_view text);

}  // namespace onellm::routing
