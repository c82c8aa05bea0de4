#include "json/object.h"

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

}  // namespace onellm::json
