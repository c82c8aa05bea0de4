#include "routing/settings/aliases.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "json/object.h"
#include "routing/settings/providers.h"

namespace onellm::routing {

namespace {

constexpr std::string_view kSetting = "ONELLM_ALIASES";

// The error of the leg of an alias, or nothing.
std::optional<std::string_view> problem_of(std::string_view leg) {
  if (leg.find(',') != leg.npos) return "stands for several models; only '|' may be used";
  const std::vector<std::string_view> targets = split(leg, '|');
  if (targets.size() > kFallbacksMax) return "has too many fallbacks";
  if (!std::all_of(targets.begin(), targets.end(), is_model_name)) return "has an empty or malformed part";
  return std::nullopt;
}

bool is_built_in_model(std::string_view name, const std::vector<providers::Provider>& providers) {
  return std::any_of(providers.begin(), providers.end(), [name](const providers::Provider& provider) {
    return provider.kind->dialect == nullptr && provider.name == name;
  });
}

}  // namespace

std::map<std::string, std::string, std::less<>> read_aliases(SettingValues& values,
                                                             const std::vector<providers::Provider>& providers) {
  std::map<std::string, std::string, std::less<>> aliases;
  const std::string text = values.json(kSetting);
  if (text.empty()) return aliases;

  const json::Buffer buffer(text);
  const std::string_view wrong = json::read_object(buffer, [&](size_t place, json::RawString key, json::Value& value) {
    const std::string unescaped = json::unescape(key);
    const std::string name(trim(unescaped));
    if (!is_model_name(name)) {
      return values.report(
          kSetting, "the name of alias " + std::to_string(place) + " is empty, or has ',', '|' or a control character");
    }
    if (is_built_in_model(name, providers)) return values.report(kSetting, name + ": is the name of a built-in model");
    if (aliases.contains(name)) return values.report(kSetting, name + ": is there twice");
    json::RawString leg;
    if (!value.read(leg)) return values.report(kSetting, name + ": must be a string");
    std::string plain(trim(json::unescape(leg)));
    if (const auto problem = problem_of(plain)) return values.report(kSetting, name + ": " + std::string(*problem));
    aliases[name] = std::move(plain);
  });
  if (wrong.empty()) return aliases;
  values.report(kSetting, wrong);
  return {};
}

}  // namespace onellm::routing
