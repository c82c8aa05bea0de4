#include "dialects/openai_responses/request/own_reasoning.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

constexpr std::string_view kWishes[] = {"effort", "max_tokens", "enabled", "exclude"};

bool is_wish(json::RawString key) {
  return std::any_of(std::begin(kWishes), std::end(kWishes),
                     [key](std::string_view name) { return json::key_is(key, name); });
}

}  // namespace

OwnReasoning read_own_reasoning(RequestDraft& draft) {
  OwnReasoning own;
  const json::Raw reasoning = unknown_parameter(draft.request, "reasoning");
  if (reasoning.empty()) return own;
  if (!reasoning.text.starts_with('{')) {
    draft.drops.add("reasoning");
    return own;
  }
  read_raw(reasoning, [&](json::Value& value) {
    value.each_member([&](json::RawString key, json::Value& member) {
      if (member.is_null()) return;
      if (is_wish(key)) return;
      if (json::key_is(key, "summary") || json::key_is(key, "generate_summary")) {
        json::append_member(own.summary, key, member.raw());
      } else {
        draft.drops.add("reasoning." + json::unescape(key));
      }
    });
  });
  return own;
}

}  // namespace onellm::dialects::openai_responses
