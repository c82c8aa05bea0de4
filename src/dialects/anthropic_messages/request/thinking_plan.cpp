#include "dialects/anthropic_messages/request/thinking_plan.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "dialects/common/request/raw_values.h"
#include "dialects/common/request/reasoning_wish.h"

namespace onellm::dialects::anthropic_messages {

namespace {

using models::Effort;
using models::ThinkingForm;
using models::ThinkingOff;

// The thinking budget of each effort in tokens, in the order of the enum.
constexpr int64_t kBudgets[] = {0, 1'024, 2'048, 8'192, 16'384, 32'768, 49'152};

int64_t budget_of(Effort effort) { return kBudgets[static_cast<size_t>(effort)]; }

class ThinkingPlanner {
 public:
  explicit ThinkingPlanner(RequestDraft& draft)
      : draft_(draft), rules_(draft.rules), wish_(read_reasoning_wish(draft.request)) {}

  ThinkingPlan plan() {
    if (!wish_.overruled.empty()) draft_.drops.add(wish_.overruled);
    plan_.thinks = rules_.reasoning == models::Reasoning::kUnasked;
    if (wish_.thinking == ThinkingWish::kOther) {
      plan_as_given();
    } else if (wish_.thinking == ThinkingWish::kOff) {
      plan_without();
    } else {
      switch (rules_.thinking) {
        case ThinkingForm::kNone: plan_none(); break;
        case ThinkingForm::kBudget: plan_by_budget(); break;
        case ThinkingForm::kAdaptive:
        case ThinkingForm::kLevel: plan_adaptive(); break;
      }
    }
    return std::move(plan_);
  }

 private:
  void plan_as_given() {
    plan_.setting = ThinkingSetting::kGiven;
    plan_.given = unknown_parameter(draft_.request, "thinking");
    plan_.thinks = true;
    plan_.parameter = "thinking";
    take_effort();
  }

  void plan_none() {
    if (wish_.wants_thinking()) draft_.drops.add(wish_.said_by());
  }

  // Takes the client's effort, or the nearest one that the model supports. Unknown words pass unchanged: the API adds
  // new ones.
  void take_effort() {
    if (wish_.effort.empty()) return;
    const std::optional<Effort> asked = models::find_effort({wish_.effort});
    if (rules_.efforts.empty()) return draft_.drops.add(wish_.effort_said_by);
    plan_.effort =
        asked ? std::string(models::effort_word(models::nearest_effort(rules_.efforts, *asked))) : wish_.effort;
  }

  void plan_by_budget() {
    const std::optional<Effort> asked = models::find_effort({wish_.effort});
    const bool is_own_effort = wish_.effort_said_by == "output_config.effort" && !rules_.efforts.empty();
    if (is_own_effort) take_effort();
    if (wish_.thinking == ThinkingWish::kBudget) {
      if (!wish_.effort.empty() && !is_own_effort) draft_.drops.add(wish_.effort_said_by);
      return set_budget(wish_.budget_tokens, false, wish_.thinking_said_by);
    }
    if (wish_.thinking == ThinkingWish::kBetweenTools) return draft_.drops.add(wish_.thinking_said_by);
    // A client of this API calls thinking adaptive: here that is the model's default.
    if (wish_.thinking == ThinkingWish::kOn && !draft_.is_own()) {
      return set_budget(budget_of(asked.value_or(Effort::kMedium)), true, wish_.thinking_said_by);
    }
    if (wish_.effort.empty() || is_own_effort) return;
    if (!asked) return draft_.drops.add(wish_.effort_said_by);
    set_budget_of(*asked);
  }

  // Clients of other APIs do not count thinking as output. In this one it is part of max_tokens, which stays as it is:
  // half of it is for the answer.
  void set_budget_of(Effort effort) {
    const int64_t wanted = budget_of(effort);
    if (!draft_.is_own()) return set_budget(wanted, true, wish_.effort_said_by);
    set_budget(std::min(wanted, output_tokens(plan_, draft_) / 2), false, wish_.effort_said_by);
  }

  void set_budget(int64_t tokens, bool is_on_top, std::string_view parameter) {
    plan_.budget_tokens = std::max(tokens, kThinkingBudgetMin);
    plan_.is_budget_on_top = is_on_top;
    // The budget must be less than max_tokens. If max_tokens is too small for the smallest budget, there is no
    // thinking.
    if (output_tokens(plan_, draft_) <= kThinkingBudgetMin) {
      plan_.budget_tokens = 0;
      return draft_.drops.add(parameter);
    }
    plan_.setting = ThinkingSetting::kBudget;
    plan_.own_members = wish_.own_members;
    if (wish_.is_hidden) set_display();
    plan_.by_budget = true;
    plan_.thinks = true;
    plan_.parameter = parameter;
  }

  void plan_adaptive() {
    if (wish_.thinking == ThinkingWish::kBetweenTools) {
      take_effort();
      if (rules_.thinking_off != ThinkingOff::kBetweenTools) return draft_.drops.add(wish_.thinking_said_by);
      plan_.setting = ThinkingSetting::kBetweenTools;
      plan_.own_members = wish_.own_members;
      return lower_effort();
    }
    if (wish_.thinking == ThinkingWish::kBudget && wish_.effort.empty()) {
      wish_.effort = models::effort_word(effort_of_budget(wish_.budget_tokens));
      wish_.effort_said_by = wish_.thinking_said_by;
    }
    take_effort();
    const bool is_only_effort = wish_.thinking == ThinkingWish::kUnsaid;
    // `output_config.effort` alone does not turn thinking on in Anthropic's API.
    const bool is_own_effort = is_only_effort && wish_.effort_said_by == "output_config.effort";
    if (is_own_effort || (is_only_effort && plan_.effort.empty())) return show_tool_talk();
    plan_.setting = ThinkingSetting::kAdaptive;
    plan_.thinks = true;
    plan_.parameter = wish_.said_by();
    plan_.own_members = wish_.own_members;
    const bool is_as_written = wish_.thinking == ThinkingWish::kOn && wish_.thinking_said_by == "thinking";
    if (!is_as_written) set_display();
  }

  // The API leaves the thinking out of the reply unless `display` asks for it.
  void set_display() {
    if (wish_.own_members.find(R"("display")") != std::string::npos) return;
    json::append_member(plan_.own_members, {"display"}, {wish_.is_hidden ? R"("omitted")" : R"("summarized")"});
  }

  // Such models send their text between tool calls as thinking; without `display` it would be lost.
  void show_tool_talk() {
    const bool has_tools = !draft_.request.tools.empty() || !draft_.request.functions.empty();
    if (!rules_.hides_tool_talk || !has_tools || wish_.is_hidden) return;
    plan_.setting = ThinkingSetting::kAdaptive;
    set_display();
  }

  void plan_without() {
    take_effort();
    switch (rules_.thinking_off) {
      case ThinkingOff::kZeroBudget:
      case ThinkingOff::kLeaveOut: return;
      case ThinkingOff::kDisabled:
        plan_.setting = ThinkingSetting::kDisabled;
        plan_.thinks = false;
        return lower_effort();
      case ThinkingOff::kBetweenTools: plan_.setting = ThinkingSetting::kBetweenTools; return lower_effort();
      case ThinkingOff::kMinimal:
      case ThinkingOff::kNever:
        draft_.drops.add(wish_.thinking_said_by);
        if (!plan_.effort.empty() || rules_.efforts.empty()) return;
        plan_.effort = models::effort_word(models::nearest_effort(rules_.efforts, Effort::kNone));
        return;
    }
  }

  // Lowers the effort to the highest one at which thinking can be turned off.
  void lower_effort() {
    const std::optional<Effort> effort = models::find_effort({plan_.effort});
    if (!effort || *effort <= rules_.off_effort_most) return;
    plan_.effort = models::effort_word(rules_.off_effort_most);
    draft_.drops.add(wish_.effort_said_by);
  }

  RequestDraft& draft_;
  const models::Contract& rules_;
  ReasoningWish wish_;
  ThinkingPlan plan_;
};

}  // namespace

ThinkingPlan plan_thinking(RequestDraft& draft) { return ThinkingPlanner(draft).plan(); }

}  // namespace onellm::dialects::anthropic_messages
