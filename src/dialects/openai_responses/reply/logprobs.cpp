#include "dialects/openai_responses/reply/logprobs.h"

#include <string_view>

#include "dialects/common/request/raw_values.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

using json::key_is;

// Writes one token; `with_others`: also its alternatives (top_logprobs).
void write_token(json::Value& value, bool with_others, std::string& out) {
  json::Raw token;
  json::Raw logprob;
  json::Raw bytes;
  std::string others;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "token")) {
      token = member.raw();
    } else if (key_is(key, "logprob")) {
      logprob = member.raw();
    } else if (key_is(key, "bytes")) {
      bytes = member.raw();
    } else if (key_is(key, "top_logprobs") && with_others) {
      json::ArrayWriter array(others);
      member.each_element([&array](size_t /*index*/, json::Value& other) { write_token(other, false, array.next()); });
    }
  });
  json::ObjectWriter object(out);
  object.add("token", token);
  object.add("logprob", logprob);
  object.add("bytes", bytes);
  if (with_others) object.add("top_logprobs", json::Raw{others.empty() ? "[]" : std::string_view(others)});
}

}  // namespace

std::string read_logprobs(json::Raw logprobs) {
  std::string out;
  if (!logprobs.text.starts_with('[')) return out;
  size_t tokens = 0;
  read_raw(logprobs, [&](json::Value& value) {
    json::ArrayWriter array(out);
    value.each_element([&](size_t /*index*/, json::Value& element) {
      ++tokens;
      write_token(element, true, array.next());
    });
  });
  return tokens == 0 ? std::string() : R"({"content":)" + out + R"(,"refusal":null})";
}

}  // namespace onellm::dialects::openai_responses
