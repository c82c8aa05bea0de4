#include "dialects/gemini/errors.h"

#include <string>

#include "base/text.h"
#include "dialects/common/errors/upstream_error.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

namespace {

using json::key_is;

// Google's fields beside those that all errors have.
struct GoogleDetails {
  std::string status;  // A canonical code: "RESOURCE_EXHAUSTED".
  std::string reason;  // From google.rpc.ErrorInfo: "API_KEY_INVALID".
};

// https://cloud.google.com/apis/design/errors#handling_errors
struct StatusOfWord {
  std::string_view word;
  int status;
};
constexpr StatusOfWord kStatusOfWords[] = {
    {"INVALID_ARGUMENT", 400},   {"FAILED_PRECONDITION", 400}, {"OUT_OF_RANGE", 400}, {"UNAUTHENTICATED", 401},
    {"PERMISSION_DENIED", 403},  {"NOT_FOUND", 404},           {"ABORTED", 409},      {"ALREADY_EXISTS", 409},
    {"RESOURCE_EXHAUSTED", 429}, {"CANCELLED", 499},           {"UNKNOWN", 500},      {"INTERNAL", 500},
    {"DATA_LOSS", 500},          {"UNIMPLEMENTED", 501},       {"UNAVAILABLE", 503},  {"DEADLINE_EXCEEDED", 504},
};

int status_of_word(std::string_view word) {
  for (const StatusOfWord& row : kStatusOfWords) {
    if (row.word == word) return row.status;
  }
  return 0;
}

void read_text(json::Value& value, std::string& out) {
  json::RawString text;
  if (value.read(text)) out = json::unescape(text);
}

void read_details(json::Value& value, GoogleDetails& details) {
  if (value.type() == json::Type::kArray) {
    value.each_element([&](size_t index, json::Value& element) {
      if (index == 0) read_details(element, details);
    });
    return;
  }
  value.each_member([&](json::RawString key, json::Value& member) {
    if (key_is(key, "error")) return read_details(member, details);
    if (key_is(key, "status")) return read_text(member, details.status);
    if (!key_is(key, "details")) return;
    member.each_element([&](size_t, json::Value& detail) {
      detail.each_member([&](json::RawString name, json::Value& text) {
        if (key_is(name, "reason")) read_text(text, details.reason);
      });
    });
  });
}

// All fields are empty if the text is not valid JSON.
GoogleDetails read_google_details(std::string_view json_text) {
  const json::Buffer buffer(json_text);
  json::Reader reader;
  GoogleDetails details;
  if (!reader.open(buffer)) return {};
  json::Value root = reader.root();
  read_details(root, details);
  return reader.finish() ? details : GoogleDetails{};
}

// Google reports an invalid API key as 400; clients expect 401. FAILED_PRECONDITION is about the account (a country
// that is not served, or no billing), so it becomes 403.
int status_for_client(int status, const GoogleDetails& details, std::string_view message) {
  const bool names_key = details.reason == "API_KEY_INVALID" || message.find("API key not valid") != message.npos;
  if (status == 400 && names_key) return 401;
  if (status == 400 && details.status == "FAILED_PRECONDITION") return 403;
  return status == 499 ? 500 : status;
}

std::string code_for(int status) {
  switch (status) {
    case 401: return "invalid_api_key";
    case 404: return "model_not_found";
    case 429: return "rate_limit_exceeded";
    default: return {};
  }
}

Error make_error(int upstream_status, int status, const ErrorFields& fields, const GoogleDetails& details) {
  const int shown = status_for_client(status, details, fields.message);
  Error error = make_upstream_error(shown, fields);
  // Without Google's fields the reply comes from a proxy or a wrong address; then 404 is not model_not_found.
  const bool is_google = !details.status.empty() || fields.number != 0;
  if (error.code.empty() && (is_google || shown == 401 || shown == 429)) error.code = code_for(shown);
  if (error.code.empty() && error.fault == Fault::kOverload) error.code = "overloaded";
  error.upstream_status = upstream_status;
  return error;
}

int status_meant(const ErrorFields& fields, const GoogleDetails& details) {
  return is_error_status(fields.number) ? static_cast<int>(fields.number) : status_of_word(details.status);
}

}  // namespace

Error decode_error(int status, std::string_view body) {
  const ErrorFields fields = read_error_body(status, body);
  const GoogleDetails details = read_google_details(body);
  return make_error(status, status >= 400 ? status : status_meant(fields, details), fields, details);
}

Error decode_stream_error(json::Raw raw) {
  ErrorFields fields;
  if (!read_error_fields(raw.text, fields)) fields = {};
  const GoogleDetails details = read_google_details(raw.text);
  const int status = status_meant(fields, details);
  return make_error(status, status, fields, details);
}

}  // namespace onellm::dialects::gemini
