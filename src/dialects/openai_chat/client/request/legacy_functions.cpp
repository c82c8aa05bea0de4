#include "dialects/openai_chat/client/request/legacy_functions.h"

#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

std::string tools_of_functions(json::Raw functions) {
  std::string out;
  read_raw(functions, [&out](json::Value& value) {
    json::ArrayWriter tools(out);
    value.each_element([&tools](size_t /*index*/, json::Value& element) {
      json::ObjectWriter tool(tools.next());
      tool.add("type", json::RawString{"function"});
      tool.add("function", element.raw());
    });
  });
  return out;
}

std::string tool_choice_of_function_call(json::Raw function_call) {
  if (!function_call.text.starts_with('{')) return std::string(function_call.text);  // "none", "auto"
  std::string out;
  {
    json::ObjectWriter choice(out);
    choice.add("type", json::RawString{"function"});
    choice.add("function", function_call);
  }
  return out;
}

std::string tool_calls_of_function_call(json::Raw function_call, std::string_view id) {
  std::string out;
  {
    json::ArrayWriter calls(out);
    json::ObjectWriter call(calls.next());
    call.add("id", json::RawString{id});
    call.add("type", json::RawString{"function"});
    call.add("function", function_call);
  }
  return out;
}

}  // namespace onellm::dialects::openai_chat
