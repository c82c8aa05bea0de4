// Reads providers from settings: one function for each way to set up a kind of provider, and the checks that they
// share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/provider.h"
#include "routing/settings/values.h"

namespace onellm::routing {

// Reads the settings that `kind` names: OPENAI_API_KEY, OPENAI_API_BASE and the like. Adds nothing if the key is not
// set or a setting is malformed.
void read_keyed_provider(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out);

// AZURE_OPENAI_*: one provider for each resource that has a key and deployments.
void read_azure_resources(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out);

// Reads a provider's content filters for dialects::EncodeOptions: a JSON array in Gemini's format, or an object of
// thresholds by category. `out` stays empty if they are not set. If they are malformed, reports that and returns false.
// https://ai.google.dev/api/generate-content#safetysetting
[[nodiscard]] bool read_safety_settings(std::string_view setting, SettingValues& values, std::string& out);

// ONELLM_PROVIDERS: one provider for each entry. Returns the names of all entries, also of those that give no provider.
[[nodiscard]] std::vector<std::string> read_provider_entries(SettingValues& values,
                                                             std::vector<providers::Provider>& out);

// True for a text that a header can hold unchanged: visible ASCII, and spaces or tabs inside.
[[nodiscard]] bool is_header_value(std::string_view text);

// True for a name that the `model` field can hold: not empty, without `,`, `|` and control characters.
[[nodiscard]] bool is_model_name(std::string_view text);

}  // namespace onellm::routing
