#include "dialects/common/errors/upstream_error.h"

#include "base/text.h"
#include "dialects/common/errors/refused_part.h"
#include "dialects/common/errors/text.h"
#include "dialects/common/errors/words.h"
#include "json/masked.h"
#include "json/raw.h"

namespace onellm::dialects {

namespace {

constexpr size_t kMessageBytesMax = 4096;
constexpr size_t kSearchedBytesMax = 4 * kMessageBytesMax;  // Masking makes a text shorter.
constexpr size_t kForeignTextBytesMax = 500;                // Limit for a body that is not JSON.
constexpr size_t kExtraBytesMax = 16 * 1024;  // Longer extras are left out completely: JSON cannot be cut.
constexpr int kOverloadedStatus = 529;        // Used by some providers; clients get 503.
constexpr int kServiceUnavailable = 503;
constexpr int kBadGateway = 502;

std::string_view meaning_of(int status) {
  switch (status) {
    case 400: return "bad request";
    case 401: return "the credential was refused";
    case 402: return "payment required";
    case 403: return "forbidden";
    case 404: return "not found";
    case 408: return "request timeout";
    case 413: return "the request is too large";
    case 429: return "too many requests";
    case 500: return "internal error";
    case 502: return "bad gateway";
    case 503: return "unavailable";
    case 504: return "gateway timeout";
    case 529: return "overloaded";
    default: return status >= 500 ? "server error" : "no reason given";
  }
}

std::string message_for(int status) {
  std::string message = "The provider answered with an error and no message";
  if (status != 0) message.append(" (").append(std::to_string(status)).append(", ").append(meaning_of(status)) += ')';
  return message + ".";
}

// Text of a body that is not JSON, such as a proxy's page or a line of text. Invalid UTF-8 becomes U+FFFD.
std::string readable(std::string_view body) {
  const std::string utf8 = json::unescape({json::escape(trim(body))});
  return cut_utf8(utf8.starts_with('<') ? text_of_html(utf8) : utf8, kForeignTextBytesMax);
}

// True if an error of this status is one of overload: by its own words, or because the status has no other meaning.
bool says_overload(int status, const ErrorFields& fields) {
  static constexpr std::string_view kOverload = "overload";  // overloaded_error, server_is_overloaded, "Overloaded".
  if (status == kOverloadedStatus) return true;
  if (status != kServiceUnavailable) return false;
  const std::string message(utf8_prefix(fields.message, kMessageBytesMax));
  for (const std::string& said : {fields.code, fields.type, fields.reason, message}) {
    if (ascii_lower(said).find(kOverload) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

bool is_error_status(int64_t status) { return status >= 400 && status <= 599; }

ErrorFields read_error_body(int status, std::string_view body) {
  ErrorFields fields;
  if (!read_error_fields(body, fields)) {
    fields = {};
    fields.message = readable(body);
  }
  if (status >= 300 && status < 400 && fields.message.empty()) {
    fields.message =
        "The provider points to another address (" + std::to_string(status) + "): check its base URL in the settings.";
  }
  return fields;
}

Error make_upstream_error(int status, const ErrorFields& fields) {
  Error error{.kind = ErrorKind::kUpstreamRefused, .param = fields.param};
  error.upstream_status = status;
  error.retry_after_s = fields.retry_after_s;
  error.refused = read_refused_part(fields);
  error.status = is_error_status(status) ? status : kBadGateway;
  if (status == kOverloadedStatus) {
    error.status = kServiceUnavailable;
    error.code = "overloaded";
  }
  if (says_overload(status, fields)) error.fault = Fault::kOverload;
  const auto masked = [](std::string_view text, std::string_view before) { return mask_credentials(text, before); };
  const std::string message = fields.message.empty() ? message_for(status) : fields.message;
  error.message = cut_utf8(json::masked_text(utf8_prefix(message, kSearchedBytesMax), masked), kMessageBytesMax);
  const ErrorMeaning meaning = meaning_of_error(status, fields);
  if (!is_error_status(status) && meaning != ErrorMeaning::kUnknown) error.status = status_of_meaning(meaning);
  say_in_openai_words(meaning, fields, error);
  if (fields.extra.size() <= kExtraBytesMax) error.extra = json::masked_members({fields.extra}, masked);
  return error;
}

}  // namespace onellm::dialects
