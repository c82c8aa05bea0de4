#include "dialects/openai_chat/request/splice/member_edit.h"

#include "dialects/common/request/raw_values.h"
#include "json/tokens.h"

namespace onellm::dialects::openai_chat {

bool is_default(std::string_view parameter, json::Raw value) {
  if (value.text == "null") return true;
  if (parameter == "temperature" || parameter == "top_p") {
    return json::is_number(value.text) && json::to_double(value.text) == 1;
  }
  if (parameter == "parallel_tool_calls") return value.text == "true";
  return asks_for_nothing({parameter, value});
}

MemberEdit leave_out(std::string_view parameter, json::Raw value) {
  return {.cut = true, .dropped = is_default(parameter, value) ? std::string_view() : parameter};
}

}  // namespace onellm::dialects::openai_chat
