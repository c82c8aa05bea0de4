#include "dialects/gemini/request/safety.h"

#include <string>

#include "dialects/common/request/raw_values.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

constexpr std::string_view kCategory = "HARM_CATEGORY_";

// Writes {"category":"threshold"} as Gemini's array. False if the value has another form.
bool write_by_category(json::Raw value, std::string& out) {
  json::ArrayWriter settings(out);
  bool is_good = true;
  const auto take = [&](json::RawString category, json::Value& value_of) {
    json::RawString threshold;
    is_good = value_of.read(threshold) && is_good;
    json::ObjectWriter setting(settings.next());
    std::string& quoted = setting.begin("category") += '"';
    if (!category.text.starts_with(kCategory)) quoted += kCategory;
    quoted.append(category.text).append(1, '"');
    setting.add("threshold", threshold);
  };
  read_raw(value, [&](json::Value& object) { is_good = object.each_member(take) && is_good; });
  return is_good;
}

}  // namespace

void encode_safety_settings(RequestDraft& draft, json::ObjectWriter& body) {
  json::Raw settings = draft.options.safety_settings;
  std::string_view param = "safety_settings";
  for (const chat::Parameter& parameter : draft.request.unknown) {
    if (parameter.name != "safety_settings" && parameter.name != "safetySettings") continue;
    if (!settings.empty()) {
      draft.drops.add(parameter.name);
      continue;
    }
    settings = parameter.value;
    param = parameter.name;
  }
  if (settings.empty()) return;
  if (settings.text.starts_with('[')) return body.add("safetySettings", settings);
  if (!write_by_category(settings, body.begin("safetySettings"))) {
    draft.refuse(std::string(param), "must be an array, or an object of thresholds by category");
  }
}

}  // namespace onellm::dialects::gemini
