#include "dialects/common/tools/call_arguments.h"

#include "base/text.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

void append_arguments(const chat::ToolCall& call, std::string& out) {
  if (!call.arguments_object.empty()) {
    out += call.arguments_object.text;
    return;
  }
  if (call.custom) {
    json::ObjectWriter(out).add("input", call.arguments);
    return;
  }
  const std::string plain = json::unescape(call.arguments);
  if (is_json_object(plain)) {
    out += plain;
  } else if (trim(plain).empty()) {
    out += "{}";
  } else {
    json::ObjectWriter(out).add("rawInvalidInput", call.arguments);
  }
}

bool is_json_object(std::string_view text) { return trim(text).starts_with('{') && json::is_valid(text); }

}  // namespace onellm::dialects
