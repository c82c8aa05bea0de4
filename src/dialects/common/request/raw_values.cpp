#include "dialects/common/request/raw_values.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/assert.h"
#include "json/buffer.h"
#include "json/tokens.h"
#include "json/writer.h"

namespace onellm::dialects {

void read_raw(json::Raw raw, FunctionRef<void(json::Value& value)> read) {
  const json::Buffer copy(raw.text);
  json::Reader reader;
  ONELLM_ASSERT(reader.open(copy));  // Never fails: the value was already read as part of the request.
  json::Value root = reader.root();
  read(root);
}

json::RawString text_of(json::Raw raw) {
  if (raw.text.size() < 2 || raw.text.front() != '"') return {};
  return {raw.text.substr(1, raw.text.size() - 2)};
}

int64_t integer_of(json::Raw raw) {
  int64_t value = 0;
  const std::from_chars_result end = std::from_chars(raw.text.data(), raw.text.data() + raw.text.size(), value);
  ONELLM_ASSERT(end.ec == std::errc());
  return value;
}

json::Raw unknown_parameter(const chat::Request& request, std::string_view name) {
  for (const chat::Parameter& parameter : request.unknown) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

std::string first_elements(json::Raw array, size_t count) {
  std::string first;
  bool has_more = false;
  read_raw(array, [&](json::Value& value) {
    json::ArrayWriter elements(first);
    value.each_element([&](size_t index, json::Value& element) {
      has_more = has_more || index >= count;
      if (index < count) elements.next() += element.raw().text;
    });
  });
  return has_more ? first : std::string();
}

bool asks_for_nothing(const chat::Parameter& parameter) {
  constexpr std::string_view kOffByDefault[] = {"frequency_penalty", "logit_bias", "logprobs",
                                                "presence_penalty",  "store",      "top_logprobs"};
  if (std::find(std::begin(kOffByDefault), std::end(kOffByDefault), parameter.name) == std::end(kOffByDefault)) {
    return false;
  }
  const std::string_view value = parameter.value.text;
  return value == "false" || value == "{}" || (json::is_number(value) && json::to_double(value) == 0);
}

}  // namespace onellm::dialects
