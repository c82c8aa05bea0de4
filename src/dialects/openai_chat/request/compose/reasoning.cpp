#include "dialects/openai_chat/request/compose/reasoning.h"

#include "dialects/common/request/reasoning_wish.h"

namespace onellm::dialects::openai_chat {

namespace {

constexpr std::string_view kEffort = "reasoning_effort";
constexpr std::string_view kThinking = "thinking";

class ReasoningWriter {
 public:
  ReasoningWriter(ComposeDraft& draft, json::ObjectWriter& body)
      : draft_(draft), wish_(read_wish_on_one_scale(draft.request)), body_(body) {
    const ThinkingSwitch form = draft.options.host.thinking;
    const bool has_form = form == ThinkingSwitch::kType || form == ThinkingSwitch::kEnable;
    has_switch_ = has_form && !knows_model();
  }

  void write() {
    if (!wish_.overruled.empty()) draft_.drops.add(wish_.overruled);
    if (wish_.thinking == ThinkingWish::kOther) draft_.drops.add(wish_.thinking_said_by);
    if (has_switch_) write_switch();
    const bool has_budget = wish_.thinking == ThinkingWish::kBudget;
    if (wish_.thinking == ThinkingWish::kOff) {
      if (takes_none()) add_effort(models::effort_word(models::Effort::kNone));
    } else if (!wish_.effort.empty()) {
      add_effort(wish_.effort);
      if (has_budget && !has_switch_) draft_.drops.add(wish_.thinking_said_by);
    } else if (has_budget && !has_switch_) {
      add_effort(models::effort_word(effort_of_budget(wish_.budget_tokens)));
    }
  }

 private:
  bool knows_model() const { return draft_.options.contract.reasoning != models::Reasoning::kUnknown; }

  // Only a host that is known to have the effort "none" gets it, unless the client asked for that word: others do not
  // think less without it.
  bool takes_none() const {
    if (has_switch_) return false;
    return knows_model() || draft_.options.host.thinking == ThinkingSwitch::kEffort ||
           wish_.thinking_said_by == kEffort;
  }

  void add_effort(std::string_view word) {
    draft_.effort_said_by = wish_.said_by();
    body_.add(kEffort, json::RawString{word});
  }

  // Thinking without a limit is the model's default where the client calls it adaptive.
  void write_switch() {
    const bool has_budget = wish_.thinking == ThinkingWish::kBudget;
    const bool is_on = has_budget || (wish_.thinking == ThinkingWish::kOn && wish_.thinking_said_by != kThinking);
    if (!is_on && wish_.thinking != ThinkingWish::kOff) return;
    json::ObjectWriter thinking(body_.begin(kThinking));
    thinking.add("type", json::RawString{is_on ? "enabled" : "disabled"});
    const bool takes_budget = draft_.options.host.thinking == ThinkingSwitch::kEnable;
    if (has_budget && takes_budget) thinking.add("budget_tokens", wish_.budget_tokens);
  }

  ComposeDraft& draft_;
  const ReasoningWish wish_;
  json::ObjectWriter& body_;
  bool has_switch_ = false;  // The host switches thinking on and off by a parameter of its own.
};

}  // namespace

void write_reasoning(ComposeDraft& draft, json::ObjectWriter& body) { ReasoningWriter(draft, body).write(); }

}  // namespace onellm::dialects::openai_chat
