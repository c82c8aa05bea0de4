#include "routing/settings/providers.h"

#include <algorithm>

#include "base/text.h"

namespace onellm::routing {

namespace {

std::string text_or(SettingValues& values, std::string_view setting, std::string_view fallback) {
  std::string text = setting.empty() ? std::string() : values.text(setting);
  return text.empty() ? std::string(fallback) : text;
}

}  // namespace

void read_keyed_provider(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out) {
  std::string_view key_setting = kind.key_setting;
  std::string key = values.text(key_setting);
  if (key.empty() && !kind.key_setting_otherwise.empty()) {
    key_setting = kind.key_setting_otherwise;
    key = values.text(key_setting);
  }
  const std::string base = text_or(values, kind.base_setting, kind.base_default);
  const std::string version = text_or(values, kind.version_setting, kind.version_default);

  bool is_good = true;
  const auto check = [&](bool holds, std::string_view setting, std::string_view problem) {
    if (!holds) values.report(setting, problem);
    is_good = is_good && holds;
  };
  static constexpr std::string_view kNoHeaderValue = "holds a character that a header cannot carry";
  check(is_base_url(base), kind.base_setting, "is not an http(s) URL without query");
  check(is_header_value(key), key_setting, kNoHeaderValue);
  check(is_header_value(version), kind.version_setting, kNoHeaderValue);
  std::string safety_settings;
  if (!kind.safety_setting.empty() && !read_safety_settings(kind.safety_setting, values, safety_settings))
    is_good = false;
  if (key.empty() || !is_good) return;

  providers::Provider provider;
  provider.kind = &kind;
  provider.name = kind.name;
  provider.base = kind.base_as_written ? without_trailing_slashes(base) : without_version_segment(base);
  provider.key = std::move(key);
  provider.api_version = version;
  provider.safety_settings = std::move(safety_settings);
  provider.quirks = kind.quirks;
  out.push_back(std::move(provider));
}

// https://www.rfc-editor.org/rfc/rfc9110#section-5.5
bool is_header_value(std::string_view text) {
  const auto may_stand = [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\t'; };
  return std::all_of(text.begin(), text.end(), may_stand) && trim(text) == text;
}

bool is_model_name(std::string_view text) {
  return !text.empty() && text.find_first_of(",|") == text.npos && !has_control_character(text);
}

}  // namespace onellm::routing
