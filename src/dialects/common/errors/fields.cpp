#include "dialects/common/errors/fields.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "dialects/common/errors/text.h"
#include "json/raw.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

using json::key_is;

// Members with details beyond message, type, param and code. They are passed on raw: Azure's content filter (two
// names), the reply of the host behind a router, and text that a host could not read as a tool call.
constexpr std::string_view kExtraKeys[] = {"innererror", "content_filters", "metadata", "failed_generation"};

constexpr int64_t kRetryAfterMaxS = 24 * 3600;
constexpr size_t kWordBytesMax = 512;  // Limit for type, code, param and reason: some hosts put a sentence there.

void read_error(json::Value& value, ErrorFields& fields);
void read_nested(json::Value& value, ErrorFields& nested);

void read_text(json::Value& value, std::string& out) {
  json::RawString text;
  if (value.read(text)) out = json::unescape(text);
}

void append_sentence(std::string& text, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += "; ";
  text += more;
}

// Reads a google.protobuf duration such as "34.4s". Rounded up to whole seconds, at most kRetryAfterMaxS. 0 if it is
// no duration.
uint32_t read_duration_s(std::string_view duration) {
  if (!duration.ends_with('s')) return 0;
  duration.remove_suffix(1);
  const size_t point = std::min(duration.find('.'), duration.size());
  const std::string_view whole = duration.substr(0, point);
  const std::string_view fraction = duration.substr(std::min(point + 1, duration.size()));
  constexpr std::string_view kDigits = "0123456789";
  const auto is_digits = [&](std::string_view text) { return text.find_first_not_of(kDigits) == text.npos; };
  if (whole.empty() || !is_digits(whole) || !is_digits(fraction)) return 0;
  int64_t seconds = kRetryAfterMaxS;  // Kept if the number is too large to parse.
  std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
  if (fraction.find_first_not_of('0') != fraction.npos) ++seconds;
  return static_cast<uint32_t>(std::min(seconds, kRetryAfterMaxS));
}

// One entry of a list of details: a text, {"loc":["body","messages",0],"msg":"field required"}, or
// {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"12s"}.
// https://cloud.google.com/apis/design/errors#error_info
std::string read_detail_entry(json::Value& value, ErrorFields& fields) {
  std::string text;
  if (value.type() != json::Type::kObject) {
    read_text(value, text);
    return text;
  }
  std::string place;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "msg") || key_is(key, "message")) {
      read_text(member, text);
    } else if (key_is(key, "reason")) {
      read_text(member, fields.reason);
    } else if (key_is(key, "retryDelay")) {
      std::string delay;
      read_text(member, delay);
      fields.retry_after_s = read_duration_s(delay);
    } else if (key_is(key, "loc")) {
      member.each_element([&](size_t, json::Value& step) {
        json::RawString name;
        if (!place.empty()) place += '.';
        place += step.type() == json::Type::kString && step.read(name) ? json::unescape(name) : step.raw().text;
      });
    }
  });
  return place.empty() ? text : place + ": " + text;
}

// `detail`: a text, one entry, or a list of them. Their text is used only if there is no message yet.
void read_detail(json::Value& value, ErrorFields& fields) {
  const bool is_needed = fields.message.empty();
  const auto take = [&](json::Value& entry) {
    const std::string text = read_detail_entry(entry, fields);
    if (is_needed) append_sentence(fields.message, text);
  };
  if (value.type() != json::Type::kArray) return take(value);
  value.each_element([&](size_t, json::Value& entry) { take(entry); });
}

// `code`, or a status: a word, a number, or a number in quotes.
void read_code(json::Value& value, ErrorFields& fields) {
  int64_t number = 0;
  if (value.type() == json::Type::kNumber) {
    if (value.read(number)) fields.number = number;
    return;
  }
  std::string code;
  read_text(value, code);
  const char* end = code.data() + code.size();
  const auto parsed = std::from_chars(code.data(), end, number);
  if (parsed.ec == std::errc() && parsed.ptr == end) {
    fields.number = number;
  } else {
    fields.code = code;
  }
}

void read_status(json::Value& value, ErrorFields& fields) {
  int64_t number = 0;
  const bool is_number = value.type() == json::Type::kNumber;
  if (is_number && value.read(number)) fields.number = number;
  if (!is_number && fields.reason.empty()) read_text(value, fields.reason);
}

// Reads an `error` or `message` inside the object. Deeper values are more specific, so they win.
void read_nested(json::Value& value, ErrorFields& nested) {
  if (value.type() == json::Type::kString) {
    read_text(value, nested.message);
  } else {
    read_error(value, nested);
  }
}

void prefer(std::string& field, std::string& better) {
  if (!better.empty()) field = std::move(better);
}

void merge(ErrorFields& fields, ErrorFields& nested) {
  prefer(fields.message, nested.message);
  prefer(fields.type, nested.type);
  prefer(fields.param, nested.param);
  prefer(fields.code, nested.code);
  prefer(fields.reason, nested.reason);
  prefer(fields.extra, nested.extra);
  if (nested.number != 0) fields.number = nested.number;
  if (nested.retry_after_s != 0) fields.retry_after_s = nested.retry_after_s;
}

void read_member(json::RawString key, json::Value& value, ErrorFields& fields, ErrorFields& nested) {
  // `errors` is Cloudflare's: a list; only the first entry is used. https://developers.cloudflare.com/api/
  if (key_is(key, "error") || key_is(key, "base_resp") || key_is(key, "errors")) {
    read_nested(value, nested);
  } else if (key_is(key, "message") || key_is(key, "status_msg")) {
    ErrorFields said;
    read_nested(value, said);
    merge(fields, said);
  } else if (key_is(key, "detail") || key_is(key, "details")) {
    read_detail(value, fields);
  } else if (key_is(key, "type")) {
    read_text(value, fields.type);
  } else if (key_is(key, "param")) {
    read_text(value, fields.param);
  } else if (key_is(key, "code")) {
    read_code(value, fields);
  } else if (key_is(key, "status") || key_is(key, "statusCode") || key_is(key, "status_code")) {
    read_status(value, fields);
  } else if (std::any_of(std::begin(kExtraKeys), std::end(kExtraKeys),
                         [&](auto extra) { return key_is(key, extra); })) {
    if (!value.is_null()) json::append_member(fields.extra, key, value.raw());
  }
}

// An object with any of the members above, or an array of such objects; of an array the first is read.
void read_error(json::Value& value, ErrorFields& fields) {
  if (value.type() == json::Type::kArray) {
    value.each_element([&](size_t index, json::Value& element) {
      if (index == 0) read_nested(element, fields);
    });
    return;
  }
  ErrorFields nested;
  bool has_error_text = false;
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "error") && member.type() == json::Type::kString) has_error_text = true;
    read_member(key, member, fields, nested);
  });
  // {"error":"Unauthorized","message":"The key has expired"}: the outer message says more.
  if (has_error_text && !fields.message.empty()) nested.message.clear();
  merge(fields, nested);
}

// Shortens the fields and hides credentials: hosts may quote credentials in any field.
void mask_words(ErrorFields& fields) {
  for (std::string* word : {&fields.type, &fields.param, &fields.code, &fields.reason}) {
    *word = mask_credentials(utf8_prefix(*word, kWordBytesMax));
  }
}

}  // namespace

bool read_error_fields(std::string_view json_text, ErrorFields& fields) {
  const json::Buffer buffer(json_text);
  json::Reader reader;
  if (!reader.open(buffer)) return false;
  json::Value root = reader.root();
  if (root.type() == json::Type::kString) {
    read_text(root, fields.message);
  } else {
    read_error(root, fields);
  }
  if (!reader.finish()) return false;
  mask_words(fields);
  return !fields.message.empty() || !fields.type.empty() || !fields.code.empty() || fields.number != 0;
}

}  // namespace onellm::dialects
