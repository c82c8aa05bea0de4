#include "json/object.h"

#include "base/text.h"

namespace onellm::json {

std::string_view read_object(const Buffer& document,
                             FunctionRef<void(size_t place, RawString key, Value& value)> on_member) {
  Reader reader;
  bool is_object = true;
  if (reader.open(document)) {
    size_t place = 0;
    is_object = reader.root().each_member([&](RawString key, Value& value) { on_member(++place, key, value); });
  }
  if (!reader.finish()) return "is not valid JSON";
  return is_object ? "" : "must be a JSON object";
}

bool read_models(std::string_view document, std::vector<std::string>& problems,
                 FunctionRef<void(const std::string& name, Value& value)> on_model) {
  const Buffer buffer(document);
  const std::string_view wrong = read_object(buffer, [&](size_t place, RawString key, Value& value) {
    const std::string unescaped = unescape(key);
    const std::string name(trim(unescaped));
    if (!name.empty() && !has_control_character(name)) return on_model(name, value);
    problems.push_back("the name of model " + std::to_string(place) + " is empty, or has a control character");
  });
  if (!wrong.empty()) problems.emplace_back(wrong);
  return wrong.empty();
}

}  // namespace onellm::json
