#include "routing/settings/values.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.h"
#include "base/text.h"
#include "json/reader.h"

namespace onellm::routing {

namespace {

// These settings may need more than the 5 KB that a variable can hold.
constexpr std::array<std::string_view, 6> kMayStandInKv = {"ONELLM_PROVIDERS",      "ONELLM_ALIASES",
                                                           "AZURE_OPENAI_API_KEYS", "AZURE_OPENAI_DEPLOYMENTS",
                                                           "ONELLM_PRICES",         "ONELLM_MODEL_RULES"};

bool may_stand_in_kv(std::string_view setting) {
  return std::find(kMayStandInKv.begin(), kMayStandInKv.end(), setting) != kMayStandInKv.end();
}

}  // namespace

SettingValues::SettingValues(std::string_view env_json, const std::map<std::string, std::string>& kv) {
  read_variables(env_json);
  for (const auto& [setting, value] : kv) {
    if (may_stand_in_kv(setting)) from_kv_[setting] = {.text = std::string(trim(value))};
  }
}

void SettingValues::read_variables(std::string_view env_json) {
  const json::Buffer buffer(env_json);
  json::Reader reader;
  if (reader.open(buffer)) {
    reader.root().each_member([&](json::RawString key, json::Value& value) {
      if (json::key_is(key, "bindings")) {
        value.each_element([&](size_t, json::Value& element) {
          json::RawString name;
          if (element.read(name)) bindings_.push_back(json::unescape(name));
        });
        return;
      }
      const json::Type type = value.type();
      if (type == json::Type::kNull) return;
      Given given;
      if (json::RawString text; type == json::Type::kString && value.read(text)) {
        given.text = trim(json::unescape(text));
      } else {
        given.text = value.raw().text;
        given.is_json = type != json::Type::kNumber;
      }
      if (!given.text.empty()) variables_[json::unescape(key)] = std::move(given);
    });
  }
  if (!reader.finish()) report("settings", "could not be read");
}

const SettingValues::Given* SettingValues::find(std::string_view setting) {
  auto found = variables_.find(setting);
  if (found == variables_.end()) {
    found = from_kv_.find(setting);
    if (found == from_kv_.end()) return nullptr;
  }
  if (found->second.text.size() > kSettingBytesMax) {
    report(setting, "is longer than " + std::to_string(kSettingBytesMax) + " bytes");
    return nullptr;
  }
  return &found->second;
}

std::string SettingValues::text(std::string_view setting) {
  const Given* given = find(setting);
  if (given == nullptr) return {};
  if (given->is_json) {
    report(setting, "must be a string");
    return {};
  }
  return given->text;
}

std::string SettingValues::json(std::string_view setting) {
  const Given* given = find(setting);
  return given == nullptr ? std::string() : given->text;
}

uint64_t SettingValues::number(std::string_view setting, uint64_t fallback, uint64_t max) {
  const std::string digits = text(setting);
  if (digits.empty()) return fallback;

  uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, value);
  const bool is_too_large = failure == std::errc::result_out_of_range;
  if (stop != end || (failure != std::errc() && !is_too_large) || (value == 0 && !is_too_large)) {
    report(setting, "is not a positive whole number; " + std::to_string(fallback) + " is used");
    return fallback;
  }
  if (is_too_large || value > max) {
    report(setting, "is over the limit; " + std::to_string(max) + " is used");
    return max;
  }
  return value;
}

uint64_t SettingValues::number_or_zero(std::string_view setting, uint64_t fallback, uint64_t max) {
  return text(setting) == "0" ? 0 : number(setting, fallback, max);
}

std::string SettingValues::secret(std::string_view name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() || found->second.is_json ? std::string() : found->second.text;
}

bool SettingValues::has_binding(std::string_view name) const {
  return std::find(bindings_.begin(), bindings_.end(), name) != bindings_.end();
}

std::vector<std::string> SettingValues::wanted_from_kv() const {
  std::vector<std::string> wanted;
  for (const std::string_view setting : kMayStandInKv) {
    if (!variables_.contains(setting)) wanted.emplace_back(setting);
  }
  return wanted;
}

void SettingValues::report(std::string_view setting, std::string_view problem) {
  problems_.push_back(std::string(setting).append(": ").append(problem));
}

}  // namespace onellm::routing
