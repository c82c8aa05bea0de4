// Reads Azure's lists of resources and deployments. They belong together by their place: the second group of
// deployments is for the second resource.
//
// Rule: a reported problem has the place, not the name, of a resource. A key without its resource in
// AZURE_OPENAI_API_KEYS looks like a name.
#include "providers/azure/azure.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/time/rfc3339.h"
#include "routing/settings/providers.h"

namespace onellm::routing {

namespace {

using providers::Model;
using providers::Provider;

constexpr std::string_view kKeys = "AZURE_OPENAI_API_KEYS";
constexpr std::string_view kDeployments = "AZURE_OPENAI_DEPLOYMENTS";
constexpr std::string_view kSharedKey = "AZURE_OPENAI_API_KEY";
constexpr std::string_view kApiVersion = "AZURE_OPENAI_API_VERSION";

// The groups between `;`. Empty groups at the end are removed.
std::vector<std::string_view> groups_of(std::string_view text) {
  std::vector<std::string_view> groups = split(text, ';');
  while (!groups.empty() && groups.back().empty()) groups.pop_back();
  return groups;
}

std::string place(std::string_view what, size_t index) {
  return std::string(what).append(" ").append(std::to_string(index + 1));
}

// True for a text that may be part of a host name. https://www.rfc-editor.org/rfc/rfc1123#section-2.1
bool is_resource_name(std::string_view name) {
  const auto may_stand = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; };
  return !name.empty() && std::all_of(name.begin(), name.end(), may_stand);
}

// Reads `resource` or `resource:key`; the key is everything after the first colon.
bool read_resource(std::string_view group, size_t index, std::string_view shared_key, SettingValues& values,
                   Provider& out) {
  const size_t colon = group.find(':');
  const std::string_view own_key = colon == group.npos ? std::string_view() : trim(group.substr(colon + 1));
  out.resource = trim(group.substr(0, colon));
  out.key = own_key.empty() ? shared_key : own_key;
  if (!is_resource_name(out.resource)) {
    values.report(kKeys, place("resource", index) + " has no name, or one that no host can have");
  } else if (out.key.empty()) {
    values.report(kKeys, place("resource", index) + " has no key, and AZURE_OPENAI_API_KEY is not set");
  } else if (!is_header_value(out.key)) {
    values.report(kKeys, place("resource", index) + " has a key with a character that a header cannot carry");
  } else {
    return true;
  }
  return false;
}

// Reads `deployment` or `model=deployment`, separated by commas.
std::vector<Model> read_deployments(std::string_view group, size_t index, SettingValues& values) {
  std::vector<Model> models;
  size_t count = 0;
  for (const std::string_view item : split(group, ',')) {
    ++count;
    const size_t equals = item.find('=');
    const std::string_view name = trim(item.substr(0, equals));
    const std::string_view deployment = equals == item.npos ? name : trim(item.substr(equals + 1));
    if (is_model_name(name) && is_model_name(deployment)) {
      models.push_back({std::string(name), std::string(deployment)});
    } else {
      const std::string deployment_place = place("deployment", count - 1);
      values.report(kDeployments, place("group", index) + ": " + deployment_place + " is empty or malformed");
    }
  }
  return models;
}

// True for a date, with or without a suffix like "-preview", and for the three words.
// https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
bool is_api_version(std::string_view version) {
  for (const std::string_view word :
       {providers::kAzureApiVersionV1, providers::kAzureApiVersionPreview, providers::kAzureApiVersionLatest}) {
    if (version == word) return true;
  }
  constexpr size_t kDateBytes = std::string_view("2024-10-21").size();
  if (!read_rfc3339_ms(std::string(version.substr(0, kDateBytes)) + "T00:00:00Z")) return false;
  const std::string_view suffix = version.substr(kDateBytes);
  const auto may_stand = [](char c) { return c == '-' || is_lower(c); };
  return suffix.empty() ||
         (suffix.size() > 1 && suffix[0] == '-' && std::all_of(suffix.begin() + 1, suffix.end(), may_stand));
}

std::optional<std::string> read_api_version(SettingValues& values) {
  std::string version = values.text(kApiVersion);
  if (version.empty()) version = providers::kAzureApiVersionDefault;
  if (is_api_version(version)) return version;
  values.report(kApiVersion, "is no version: a date like 2024-10-21, with or without -preview, or v1");
  return std::nullopt;
}

// The pattern of the base URL of all resources, or nothing if it is malformed.
std::optional<std::string> read_base_pattern(const providers::Kind& kind, SettingValues& values) {
  std::string pattern = values.text(kind.base_setting);
  if (pattern.empty()) pattern = kind.base_default;
  if (is_base_url(providers::azure_base(pattern, "resource"))) return pattern;
  values.report(kind.base_setting, "is not an http(s) URL without query");
  return std::nullopt;
}

}  // namespace

void read_azure_resources(const providers::Kind& kind, SettingValues& values, std::vector<Provider>& out) {
  const std::string keys = values.text(kKeys);
  const std::string deployments = values.text(kDeployments);
  const std::string shared_key = values.text(kSharedKey);
  const std::optional<std::string> api_version = read_api_version(values);
  const std::optional<std::string> base_pattern = read_base_pattern(kind, values);

  const std::vector<std::string_view> resource_groups = groups_of(keys);
  const std::vector<std::string_view> deployment_groups = groups_of(deployments);
  if (resource_groups.size() != deployment_groups.size()) {
    values.report(kDeployments, "has " + std::to_string(deployment_groups.size()) + " groups for " +
                                    std::to_string(resource_groups.size()) + " resources of AZURE_OPENAI_API_KEYS");
  }
  for (size_t index = 0; index < std::min(resource_groups.size(), deployment_groups.size()); ++index) {
    Provider provider;
    provider.models = read_deployments(deployment_groups[index], index, values);
    if (!read_resource(resource_groups[index], index, shared_key, values, provider)) continue;
    if (provider.models.empty() || !base_pattern || !api_version) continue;
    provider.kind = &kind;
    provider.name = kind.name;
    provider.base = providers::azure_base(*base_pattern, provider.resource);
    provider.api_version = *api_version;
    provider.only_listed_models = true;
    provider.quirks = kind.quirks;
    provider.quirks.stream_usage = providers::azure_has_stream_options(*api_version);
    out.push_back(std::move(provider));
  }
}

}  // namespace onellm::routing
