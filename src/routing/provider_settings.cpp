#include "routing/provider_settings.h"

#include <algorithm>

#include "base/text.h"

namespace onellm::routing {

void read_keyed_provider(const providers::Kind& kind, SettingValues& values, std::vector<providers::Provider>& out) {
  const std::string key = values.text(kind.key_setting);
  std::string base = values.text(kind.base_setting);
  if (base.empty()) base = kind.base_default;

  const bool base_is_good = is_base_url(base);
  if (!base_is_good) values.report(kind.base_setting, "is not an http(s) URL without query");
  const bool key_is_good = is_header_value(key);
  if (!key_is_good) values.report(kind.key_setting, "holds a character that a header cannot carry");
  if (key.empty() || !key_is_good || !base_is_good) return;

  providers::Provider provider;
  provider.kind = &kind;
  provider.name = kind.name;
  provider.base = without_version_segment(base);
  provider.key = key;
  provider.native = kind.native;
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
