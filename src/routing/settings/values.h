// The raw values of settings, wherever they come from: variables and secrets, as text or as JSON, and
// KV for those that may stand there. Collects what is wrong with them.
//
// The rule that keeps this honest: a problem names the setting and what is wrong, never a value. A
// key that was put into the wrong setting must not show up in a report.
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

  // The value, trimmed; empty where it is not given. A value that is neither text nor a number is
  // reported and taken for not given.
  [[nodiscard]] std::string text(std::string_view setting);

  // The text of a setting that holds JSON, whether it came as text or as JSON.
  [[nodiscard]] std::string json(std::string_view setting);

  // A positive whole number; `fallback` where it is not given or wrong. Over `max`: reported, and max.
  [[nodiscard]] uint64_t number(std::string_view setting, uint64_t fallback, uint64_t max);
  // The same where 0 says something too.
  [[nodiscard]] uint64_t number_or_zero(std::string_view setting, uint64_t fallback, uint64_t max);

  // The value of a secret that another setting names; empty where it is not set.
  [[nodiscard]] std::string secret(std::string_view name) const;

  [[nodiscard]] bool has_binding(std::string_view name) const;

  // The settings that may stand in KV and that no variable gives.
  [[nodiscard]] std::vector<std::string> wanted_from_kv() const;

  void report(std::string_view setting, std::string_view problem);
  [[nodiscard]] std::vector<std::string> take_problems() { return std::move(problems_); }

 private:
  struct Given {
    std::string text;      // A string's own text, or the JSON of anything else.
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
