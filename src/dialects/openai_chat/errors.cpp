#include "dialects/openai_chat/errors.h"

#include "dialects/common/errors/upstream_error.h"

namespace onellm::dialects::openai_chat {

namespace {

// The status for an error's code or type, used if the error has no status.
struct StatusOfWord {
  std::string_view word;
  int status;
};
constexpr StatusOfWord kStatusOfWords[] = {
    {"invalid_request_error", 400},
    {"content_filter", 400},
    {"context_length_exceeded", 400},
    {"authentication_error", 401},
    {"invalid_api_key", 401},
    {"permission_error", 403},
    {"not_found_error", 404},
    {"model_not_found", 404},
    {"rate_limit_error", 429},
    {"rate_limit_exceeded", 429},
    {"insufficient_quota", 429},
    {"requests", 429},
    {"tokens", 429},
    {"server_error", 500},
    {"internal_server_error", 500},
    {"api_error", 500},
    {"overloaded_error", 503},
    {"overloaded", 503},
    {"service_unavailable", 503},
    {"timeout", 504},
};

int status_of_word(std::string_view word) {
  for (const StatusOfWord& row : kStatusOfWords) {
    if (row.word == word) return row.status;
  }
  return 0;
}

// The status by the error itself: a reply of status 200 may hold an error. 0: unknown.
int status_meant(const ErrorFields& fields) {
  if (is_error_status(fields.number)) return static_cast<int>(fields.number);
  const int by_code = status_of_word(fields.code);
  return by_code != 0 ? by_code : status_of_word(fields.type);
}

// Google's OpenAI-compatible endpoint answers 400 for an invalid key (here 401) and for an account that may not use it
// (here 403).
// https://ai.google.dev/gemini-api/docs/troubleshooting
int status_for_client(int status, const ErrorFields& fields) {
  if (status == 400 && fields.reason == "API_KEY_INVALID") return 401;
  if (status == 400 && fields.reason == "FAILED_PRECONDITION") return 403;
  return status;
}

// OpenAI's code if the provider sent none of its own. Azure sends the status as the code; others send neither type nor
// code. A code of null beside a type is OpenAI's own form and stays null.
std::string code_for(int status, const ErrorFields& fields) {
  if (!fields.code.empty()) return fields.code;
  const bool repeats_status = fields.number == status;
  const bool says_nothing = fields.type.empty();
  if (status == 401 && (repeats_status || says_nothing)) return "invalid_api_key";
  if (status == 429 && (repeats_status || says_nothing)) return "rate_limit_exceeded";
  if (status == 404 && repeats_status && says_nothing) return "model_not_found";
  const bool is_own_number = fields.number != 0 && !is_error_status(fields.number);
  return is_own_number ? std::to_string(fields.number) : std::string();
}

// `status`: the provider's status, or the one that its error stands for; 0: neither is known.
Error make_error(int status, const ErrorFields& fields) {
  const int shown = status_for_client(status, fields);
  Error error = make_upstream_error(shown, fields);
  error.upstream_status = status;
  error.provider_type = fields.type;
  if (error.code.empty()) error.code = code_for(shown, fields);
  return error;
}

}  // namespace

Error decode_error(int status, std::string_view body) {
  const ErrorFields fields = read_error_body(status, body);
  if (status >= 400) return make_error(status, fields);
  Error error = make_error(status_meant(fields), fields);
  error.upstream_status = status;
  return error;
}

Error decode_stream_error(json::Raw error) {
  ErrorFields fields;
  if (!read_error_fields(error.text, fields)) fields = {};
  return make_error(status_meant(fields), fields);
}

}  // namespace onellm::dialects::openai_chat
