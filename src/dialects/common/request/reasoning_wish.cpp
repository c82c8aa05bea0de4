#include "dialects/common/request/reasoning_wish.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/ids.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

using models::Effort;

constexpr std::string_view kReasoningEffort = "reasoning_effort";
constexpr std::string_view kKeys[] = {"reasoning",       "include_reasoning", "thinking",
                                      "thinking_config", "thinkingConfig",    "output_config"};

struct TypeWord {
  std::string_view word;
  ThinkingWish thinking;
};
constexpr TypeWord kTypes[] = {{"disabled", ThinkingWish::kOff},
                               {"adaptive", ThinkingWish::kOn},
                               {"enabled", ThinkingWish::kOn},
                               {"between_tools", ThinkingWish::kBetweenTools}};

// A number of tokens, as clients write it: 2000 or 2e3. -1 is allowed (Google's "no limit").
std::optional<int64_t> read_tokens(json::Value& value) {
  constexpr double kMost = 1e12;
  double number = 0;
  if (!value.read(number) || number < -1 || number > kMost) return std::nullopt;
  return static_cast<int64_t>(number);
}

class WishReader {
 public:
  explicit WishReader(const chat::Request& request) : request_(request) {}

  ReasoningWish read() {
    take_effort(text_of(request_.parameter(kReasoningEffort)), kReasoningEffort);
    for (const chat::Parameter& parameter : request_.unknown) read_effort_of_anthropic(parameter);
    for (const chat::Parameter& parameter : request_.unknown) {
      if (parameter.name == "thinking") read_thinking(parameter.value);
    }
    for (const chat::Parameter& parameter : request_.unknown) read_others(parameter);
    settle();
    return std::move(wish_);
  }

 private:
  void take_effort(json::RawString word, std::string_view said_by) {
    if (word.empty()) return;
    if (models::find_effort(word) == Effort::kNone && wish_.effort.empty()) {
      take_thinking(ThinkingWish::kOff, said_by);
    } else if (wish_.effort.empty() && wish_.thinking != ThinkingWish::kOff) {
      wish_.effort = word.text;
      wish_.effort_said_by = said_by;
    }
  }

  void take_thinking(ThinkingWish thinking, std::string_view said_by) {
    if (wish_.thinking != ThinkingWish::kUnsaid) {
      if (wish_.thinking != thinking) wish_.overruled = said_by;
      return;
    }
    wish_.thinking = thinking;
    wish_.thinking_said_by = said_by;
  }

  void take_budget(std::optional<int64_t> tokens, std::string_view said_by) {
    if (!tokens) return;
    if (*tokens < 0) return take_thinking(ThinkingWish::kOn, said_by);  // Google's -1: the model decides.
    if (*tokens == 0) return take_thinking(ThinkingWish::kOff, said_by);
    if (wish_.thinking == ThinkingWish::kUnsaid) wish_.budget_tokens = *tokens;
    take_thinking(ThinkingWish::kBudget, said_by);
  }

  void read_effort_of_anthropic(const chat::Parameter& parameter) {
    if (parameter.name != "output_config") return;
    read_raw(parameter.value, [this](json::Value& value) {
      value.each_member([this](json::RawString key, json::Value& member) {
        json::RawString word;
        if (!json::key_is(key, "effort") || !member.read(word)) return;
        const bool is_other = !wish_.effort.empty() && wish_.effort != word.text;
        if (is_other) wish_.overruled = "output_config";
        take_effort(word, "output_config.effort");
      });
    });
  }

  // Reads Anthropic's `thinking`. It overrules an effort of "none".
  void read_thinking(json::Raw given) {
    if (wish_.thinking != ThinkingWish::kUnsaid) wish_.overruled = wish_.thinking_said_by;
    wish_.thinking = ThinkingWish::kOther;
    wish_.thinking_said_by = "thinking";
    std::optional<int64_t> budget;
    read_raw(given, [&](json::Value& value) {
      value.each_member([&](json::RawString key, json::Value& member) {
        json::RawString word;
        if (json::key_is(key, "budget_tokens")) {
          budget = read_tokens(member);
        } else if (json::key_is(key, "type")) {
          if (member.read(word)) set_type(word);
        } else {
          const json::Raw raw = member.raw();
          if (json::key_is(key, "display")) read_display(text_of(raw));
          json::append_member(wish_.own_members, key, raw);
        }
      });
    });
    if (budget && wish_.thinking == ThinkingWish::kOn) {
      wish_.thinking = ThinkingWish::kBudget;
      wish_.budget_tokens = *budget;
    }
  }

  void set_type(json::RawString word) {
    for (const TypeWord& row : kTypes) {
      if (json::key_is(word, row.word)) wish_.thinking = row.thinking;
    }
  }

  void read_display(json::RawString display) {
    wish_.is_hidden = json::key_is(display, "omitted");
    wish_.is_shown = !wish_.is_hidden;
  }

  void read_others(const chat::Parameter& parameter) {
    if (parameter.name == "reasoning") {
      read_members(parameter, [this](json::RawString key, json::Value& value) { read_reasoning(key, value); });
    } else if (parameter.name == "include_reasoning") {
      if (parameter.value.text == "false") wish_.is_hidden = true;
      if (parameter.value.text == "true") wish_.is_shown = true;
    } else if (parameter.name == "thinking_config" || parameter.name == "thinkingConfig") {
      said_by_ = parameter.name;
      read_members(parameter, [this](json::RawString key, json::Value& value) { read_config(key, value); });
    }
  }

  template <typename F>
  void read_members(const chat::Parameter& parameter, const F& read) {
    read_raw(parameter.value, [&read](json::Value& value) { value.each_member(read); });
  }

  void read_reasoning(json::RawString key, json::Value& value) {
    json::RawString word;
    bool truth = false;
    if (json::key_is(key, "effort")) {
      if (value.read(word)) take_effort(word, "reasoning.effort");
    } else if (json::key_is(key, "max_tokens")) {
      take_budget(read_tokens(value), "reasoning.max_tokens");
    } else if (json::key_is(key, "enabled")) {
      if (value.read(truth)) is_enabled_ = truth;
    } else if (json::key_is(key, "exclude")) {
      if (value.read(truth)) wish_.is_hidden = truth;
    }
  }

  void read_config(json::RawString key, json::Value& value) {
    json::RawString word;
    bool truth = false;
    if (json::key_is(key, "thinking_budget") || json::key_is(key, "thinkingBudget")) {
      take_budget(read_tokens(value), said_by_);
    } else if (json::key_is(key, "thinking_level") || json::key_is(key, "thinkingLevel")) {
      if (value.read(word)) take_level(json::unescape(word));
    } else if (json::key_is(key, "include_thoughts") || json::key_is(key, "includeThoughts")) {
      if (value.read(truth)) (truth ? wish_.is_shown : wish_.is_hidden) = true;
    }
  }

  void take_level(std::string_view level) {
    const std::string lower = ascii_lower(level);
    take_effort({lower}, said_by_);
  }

  void settle() {
    if (is_enabled_ == true && !wish_.wants_thinking()) take_thinking(ThinkingWish::kOn, "reasoning.enabled");
    if (is_enabled_ == false) take_thinking(ThinkingWish::kOff, "reasoning.enabled");
    const bool is_own_effort = wish_.effort_said_by == "output_config.effort";
    if (wish_.thinking != ThinkingWish::kOff || wish_.effort.empty() || is_own_effort) return;
    wish_.overruled = wish_.effort_said_by;  // Thinking is off, so the effort is ignored.
    wish_.effort.clear();
  }

  const chat::Request& request_;
  ReasoningWish wish_;
  std::optional<bool> is_enabled_;
  std::string_view said_by_;
};

}  // namespace

ReasoningWish read_reasoning_wish(const chat::Request& request) { return WishReader(request).read(); }

ReasoningWish read_wish_on_one_scale(const chat::Request& request) {
  ReasoningWish wish = read_reasoning_wish(request);
  const bool names_effort = request.source.dialect == kAnthropicMessages && !wish.effort.empty();
  if (!names_effort || (wish.thinking != ThinkingWish::kOff && wish.thinking != ThinkingWish::kBudget)) return wish;
  wish.thinking = ThinkingWish::kUnsaid;
  wish.overruled = wish.thinking_said_by;
  return wish;
}

models::Effort effort_of_budget(int64_t tokens) {
  constexpr int64_t kMediumFrom = 4'096;
  constexpr int64_t kHighFrom = 16'384;
  constexpr int64_t kXhighFrom = 32'768;
  if (tokens < kMediumFrom) return Effort::kLow;
  if (tokens < kHighFrom) return Effort::kMedium;
  return tokens < kXhighFrom ? Effort::kHigh : Effort::kXhigh;
}

std::optional<models::Effort> effort_of(const ReasoningWish& wish) {
  if (wish.thinking == ThinkingWish::kOff) return Effort::kNone;
  if (!wish.effort.empty()) return models::find_effort({wish.effort});
  if (wish.thinking == ThinkingWish::kBudget) return effort_of_budget(wish.budget_tokens);
  return std::nullopt;
}

bool is_reasoning_key(json::RawString key) {
  return std::any_of(std::begin(kKeys), std::end(kKeys),
                     [key](std::string_view name) { return json::key_is(key, name); });
}

bool is_reasoning_parameter(std::string_view name) {
  return std::find(std::begin(kKeys), std::end(kKeys), name) != std::end(kKeys);
}

}  // namespace onellm::dialects
