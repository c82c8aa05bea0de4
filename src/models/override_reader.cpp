// Reads ONELLM_MODEL_RULES: implements read_overrides() of overrides.h.
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "json/object.h"
#include "models/overrides.h"

namespace onellm::models {

namespace {

struct FormWord {
  std::string_view word;
  ThinkingForm form;
};
constexpr FormWord kForms[] = {{"none", ThinkingForm::kNone},
                               {"budget", ThinkingForm::kBudget},
                               {"adaptive", ThinkingForm::kAdaptive},
                               {"level", ThinkingForm::kLevel}};

// Parameters that cannot be dropped: those that every request needs, and the gateway's own.
constexpr std::string_view kNeverDropped[] = {"", "model", "messages", "stream", "onellm"};

// Reads one entry.
class EntryReader {
 public:
  EntryReader(const std::string& name, std::vector<std::string>& problems) : name_(name), problems_(problems) {}

  Override read(json::Value& value) {
    const bool is_object =
        value.each_member([this](json::RawString key, json::Value& member) { read_member(key, member); });
    if (!is_object) report("must be an object");
    return std::move(entry_);
  }

 private:
  void read_member(json::RawString raw_key, json::Value& value) {
    const std::string key = json::unescape(raw_key);
    if (key == "drop") return read_drop(value);
    if (key == "effort") return read_effort(value);
    if (key == "thinking") return read_thinking(value);
    if (key == "forced_tools") return read_bool("forced_tools", value, entry_.forced_tools);
    if (key == "responses_only") return read_bool("responses_only", value, entry_.responses_only);
    if (key == "output_tokens_max") return read_tokens("output_tokens_max", value, entry_.output_tokens_max);
    if (key == "context_tokens") return read_tokens("context_tokens", value, entry_.context_tokens);
    report(
        "has an unknown member, which is ignored; known are drop, effort, thinking, forced_tools, responses_only, "
        "output_tokens_max, context_tokens");
  }

  void read_drop(json::Value& value) {
    std::vector<std::string> names;
    bool all_good = true;
    const bool is_array = value.each_element([&](size_t /*index*/, json::Value& element) {
      json::RawString text;
      all_good = element.read(text) && all_good;
      names.push_back(json::unescape(text));
      const bool is_fixed =
          std::find(std::begin(kNeverDropped), std::end(kNeverDropped), names.back()) != std::end(kNeverDropped);
      all_good = all_good && !is_fixed;
    });
    if (!is_array || !all_good) return report("drop must be an array of names of parameters");
    entry_.drop = std::move(names);
  }

  void read_effort(json::Value& value) {
    EffortSet set;
    bool all_good = true;
    const bool is_array = value.each_element([&](size_t /*index*/, json::Value& element) {
      json::RawString word;
      const std::optional<Effort> effort = element.read(word) ? find_effort(word) : std::nullopt;
      all_good = all_good && effort;
      if (effort) set = set.with(*effort);
    });
    if (!is_array || !all_good) {
      return report("effort must be an array of none, minimal, low, medium, high, xhigh, max");
    }
    entry_.effort = set;
  }

  void read_thinking(json::Value& value) {
    json::RawString word;
    if (value.read(word)) {
      for (const FormWord& row : kForms) {
        if (json::key_is(word, row.word)) return void(entry_.thinking = row.form);
      }
    }
    report("thinking must be none, budget, adaptive or level");
  }

  void read_bool(std::string_view key, json::Value& value, std::optional<bool>& out) {
    bool truth = false;
    if (!value.read(truth)) return report(std::string(key).append(" must be true or false"));
    out = truth;
  }

  void read_tokens(std::string_view key, json::Value& value, std::optional<int64_t>& out) {
    int64_t tokens = 0;
    if (!value.read(tokens) || tokens < 1) return report(std::string(key).append(" must be a positive whole number"));
    out = tokens;
  }

  void report(std::string_view problem) { problems_.push_back(std::string(name_).append(": ").append(problem)); }

  const std::string& name_;
  std::vector<std::string>& problems_;
  Override entry_;
};

bool says_something(const Override& entry) {
  return entry.drop || entry.effort || entry.thinking || entry.forced_tools || entry.responses_only ||
         entry.output_tokens_max || entry.context_tokens;
}

}  // namespace

std::shared_ptr<const Overrides> read_overrides(std::string_view json, std::vector<std::string>& problems) {
  auto overrides = std::make_shared<Overrides>();
  const bool is_good = json::read_models(json, problems, [&](const std::string& name, json::Value& value) {
    Override entry = EntryReader(name, problems).read(value);
    entry.name = ascii_lower(name);
    entry.is_whole = !entry.name.ends_with('*');
    if (!entry.is_whole) entry.name.pop_back();
    if (says_something(entry)) overrides->add(std::move(entry));
  });
  return is_good && !overrides->is_empty() ? overrides : nullptr;
}

}  // namespace onellm::models
