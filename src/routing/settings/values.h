// The raw values of settings from variables and secrets, as text or as JSON, and from KV for some settings. Collects
// the problems of settings.
//
// Rule: a problem has the name of the setting and the error, never a value: a key in the wrong setting must not appear
// in a report.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace onellm::routing {

class SettingValues {
 public:
  // `env_json` and `kv` as read_settings() takes them.
  SettingValues(std::string_view env_json, const std::map<std::string, std::string>& kv);

  // The trimmed value; empty if it is not set. A value that is neither text nor a number is reported and counts as not
  // set.
  [[nodiscard]] std::string text(std::string_view setting);

  // The text of a setting that holds JSON. The setting itself may be text or JSON.
  [[nodiscard]] std::string json(std::string_view setting);

  // A positive whole number; `fallback` if it is not set or wrong. A number over `max` is reported and becomes `max`.
  [[nodiscard]] uint64_t number(std::string_view setting, uint64_t fallback, uint64_t max);
  // The same, but 0 is allowed.
  [[nodiscard]] uint64_t number_or_zero(std::string_view setting, uint64_t fallback, uint64_t max);

  // The value of a secret that another setting names; empty if it is not set.
  [[nodiscard]] std::string secret(std::string_view name) const;

  [[nodiscard]] bool has_binding(std::string_view name) const;

  // The settings that may be in KV and are not set by a variable.
  [[nodiscard]] std::vector<std::string> wanted_from_kv() const;

  void report(std::string_view setting, std::string_view problem);
  [[nodiscard]] std::vector<std::string> take_problems() { return std::move(problems_); }

 private:
  struct Given {
    std::string text;      // The text of a string, or the JSON of another value.
    bool is_json = false;  // An object, an array or a boolean.
  };

  void read_variables(std::string_view env_json);
  [[nodiscard]] const Given* find(std::string_view setting);

  std::map<std::string, Given, std::less<>> variables_;
  std::map<std::string, Given, std::less<>> from_kv_;
  std::vector<std::string> bindings_;
  std::vector<std::string> problems_;
};

}  // namespace onellm::routing
