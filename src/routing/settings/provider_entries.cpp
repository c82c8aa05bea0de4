// Reads ONELLM_PROVIDERS: `{"groq":{"base":"https://api.groq.com/openai/v1","key":"GROQ_API_KEY",…}}`. A malformed
// entry is left out and the others stay. If the text is no JSON object, there are no entries.
//
// Rule: an entry with the name of a built-in provider replaces it, even if the entry gives no provider: a request for
// the user's own host must never go to another one.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "json/object.h"
#include "routing/settings/providers.h"
#include "routing/settings/quirks.h"

namespace onellm::routing {

namespace {

using providers::Provider;

constexpr std::string_view kSetting = "ONELLM_PROVIDERS";
constexpr size_t kNameBytesMax = 64;

bool is_lower_or_digit(char c) { return is_lower(c) || is_digit(c); }

bool is_provider_name(std::string_view name) {
  const auto may_stand = [](char c) { return is_lower_or_digit(c) || c == '_' || c == '.' || c == '-'; };
  return !name.empty() && name.size() <= kNameBytesMax && is_lower_or_digit(name[0]) &&
         std::all_of(name.begin(), name.end(), may_stand);
}

bool is_secret_name(std::string_view text) {
  const auto may_stand = [](char c) { return is_upper(c) || is_digit(c) || c == '_'; };
  return !text.empty() && is_upper(text[0]) && std::all_of(text.begin(), text.end(), may_stand);
}

// A token. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
bool is_header_name(std::string_view name) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  const auto may_stand = [](char c) { return is_lower_or_digit(c) || kMarks.find(c) != kMarks.npos; };
  return !name.empty() && std::all_of(name.begin(), name.end(), may_stand);
}

// True for headers of the connection, and for those that the gateway sets itself.
bool is_reserved_header(std::string_view name) {
  static constexpr std::string_view kReserved[] = {"connection", "content-length", "content-type", "host",
                                                   "transfer-encoding"};
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

bool read_text(json::Value& value, std::string& out) {
  json::RawString text;
  if (!value.read(text)) return false;
  out = trim(json::unescape(text));
  return true;
}

// Reads one entry. Keeps its first problem only.
class Entry {
 public:
  Entry(SettingValues& values, std::string name) : values_(values) { provider_.name = std::move(name); }

  void read(json::Value& value);

  [[nodiscard]] const std::string& name() const { return provider_.name; }

  // Adds the provider, or reports why not. If `key` names a secret that is not set, the provider is left out without a
  // report.
  void finish(std::vector<Provider>& out);

 private:
  void read_member(const std::string& key, json::Value& value);
  void read_key(json::Value& value);
  void read_models(json::Value& value);
  void read_headers(json::Value& value);
  void fail(std::string_view problem) {
    if (problem_.empty()) problem_ = problem;
  }

  SettingValues& values_;
  Provider provider_;
  QuirkSettings quirks_;
  bool key_is_missing_ = false;
  std::string problem_;
};

void Entry::read(json::Value& value) {
  const bool is_object =
      value.each_member([&](json::RawString key, json::Value& member) { read_member(json::unescape(key), member); });
  if (!is_object) return fail("must be an object");
  if (provider_.base.empty()) fail("base is missing");
}

void Entry::read_member(const std::string& key, json::Value& value) {
  if (key == "base") {
    std::string base;
    if (!read_text(value, base) || !is_base_url(base)) fail("base is not an http(s) URL without query");
    provider_.base = without_trailing_slashes(base);
  } else if (key == "key") {
    read_key(value);
  } else if (key == "models") {
    read_models(value);
  } else if (key == "headers") {
    read_headers(value);
  } else if (quirks_.read(key, value)) {
    fail(quirks_.problem());
  } else {
    fail("has an unknown key; known are base, key, models, headers, " + std::string(QuirkSettings::kNames));
  }
}

void Entry::read_key(json::Value& value) {
  std::string key;
  if (!read_text(value, key) || key.empty()) return fail("key must be a string that is not empty");
  if (is_secret_name(key)) {
    key = values_.secret(key);
    key_is_missing_ = key.empty();
  }
  if (!is_header_value(key)) return fail("key holds a character that a header cannot carry");
  provider_.key = std::move(key);
}

void Entry::read_models(json::Value& value) {
  const bool is_array = value.each_element([&](size_t, json::Value& element) {
    std::string name;
    if (!read_text(element, name) || !is_model_name(name)) {
      return fail("models must hold names without ',' and '|'");
    }
    provider_.models.push_back({name, name});
  });
  if (!is_array) fail("models must be an array of strings");
}

void Entry::read_headers(json::Value& value) {
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const std::string name = ascii_lower(json::unescape(key));
    std::string content;
    if (!is_header_name(name)) return fail("headers has a name that no header can have");
    if (is_reserved_header(name)) return fail("headers may not set " + name);
    if (!read_text(member, content) || !is_header_value(content)) {
      return fail("headers has a value that no header can carry");
    }
    provider_.headers.emplace_back(name, content);
  });
  if (!is_object) fail("headers must be an object of strings");
}

void Entry::finish(std::vector<Provider>& out) {
  const auto has_our_name = [&](const Provider& other) { return other.name == provider_.name; };
  if (std::any_of(out.begin(), out.end(), has_our_name)) fail("is there twice");
  if (!problem_.empty()) return values_.report(kSetting, provider_.name + ": " + problem_);
  if (key_is_missing_) return;
  provider_.kind = &providers::compatible_kind();
  provider_.quirks = quirks_.over(providers::known_quirks(provider_.base));
  out.push_back(std::move(provider_));
}

}  // namespace

std::vector<std::string> read_provider_entries(SettingValues& values, std::vector<Provider>& out) {
  const std::string text = values.json(kSetting);
  if (text.empty()) return {};

  std::vector<Entry> entries;
  const json::Buffer buffer(text);
  const std::string_view wrong = json::read_object(buffer, [&](size_t place, json::RawString key, json::Value& value) {
    std::string name = json::unescape(key);
    if (!is_provider_name(name)) {
      values.report(kSetting, "the name of entry " + std::to_string(place) +
                                  " must be of a-z, 0-9, '_', '.' and '-', with a letter or digit first");
      return;
    }
    entries.emplace_back(values, std::move(name)).read(value);
  });
  if (!wrong.empty()) {
    values.report(kSetting, wrong);
    return {};
  }
  std::vector<std::string> names;
  for (Entry& entry : entries) {
    names.push_back(entry.name());
    entry.finish(out);
  }
  return names;
}

}  // namespace onellm::routing
