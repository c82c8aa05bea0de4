// What can go wrong for reasons outside the program, as a value.
//
// There are no exceptions in the core: it is built with -fno-exceptions, and a trap in WebAssembly
// takes every request of the isolate with it.
#pragma once

#include <cstdint>
#include <string>

namespace onellm {

// What went wrong, in the only terms that callers may branch on. The table in base/error.cpp gives
// each its HTTP status, OpenAI type and code; a new kind does not compile until it has a row there.
enum class ErrorKind : uint8_t {
  kBadRequest,            // The client's request is malformed; `param` names the field.
  kUnsupportedParameter,  // The target cannot honour a parameter that may not be dropped.
  kUnauthorized,          // No credential, or a wrong one.
  kNotConfigured,         // ONELLM_API_KEY is not set: the gateway stays closed.
  kRouteNotFound,         // No such path.
  kMethodNotAllowed,      // The path exists, the method does not.
  kModelNotFound,         // No configured provider serves the model.
  kBodyTooLarge,          // Over ONELLM_MAX_BODY_BYTES.
  kRequestTimeout,        // The client's body stopped coming.
  kBusy,                  // Too many bodies in flight; try again.
  kUpstreamRefused,       // The provider answered with an error; `status` says which.
  kUpstreamUnreachable,   // No connection, or it broke before the reply.
  kUpstreamTimeout,       // A deadline of the gateway passed.
  kUpstreamCut,           // The reply ended before it was complete.
  kUpstreamBadReply,      // The reply is not what its dialect allows.
  kInternal,              // A bug of ours.
};

// What of a request a provider does not take.
enum class RefusedKind : uint8_t {
  kNothing,    // It does not say.
  kParameter,  // Whatever its value is.
  kValue,      // A parameter with the value that it has.
  kBeside,     // A parameter beside what else was asked: that says nothing of other requests.
  kSchemas,    // Schemas that are kept to the letter: they are too complex together.
  kThoughts,   // Signed reasoning of earlier turns.
};

struct RefusedPart {
  RefusedKind kind = RefusedKind::kNothing;
  std::string name = {};  // kParameter, kValue, kBeside: by the provider's own name.
  std::string said = {};  // The words that it was recognised by; empty: it was a code.
};

struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message = {};  // For people, plain UTF-8. Never branched on, never holds a secret.
  std::string param = {};    // The field at fault, like `messages[0].role`; empty means null.

  // Set only where a provider said it; otherwise the kind's row in the table speaks.
  int status = 0;           // HTTP status for the client; 0: the kind's own.
  std::string type = {};    // OpenAI error type; empty: the kind's own.
  std::string code = {};    // OpenAI error code; empty: the kind's own.
  std::string extra = {};   // Raw JSON members to stand beside the four keys (`"innererror":{…}`), or empty.
  int upstream_status = 0;  // What the provider really answered; 0: it did not.
  // How long a provider asks to wait that says so in its error and not in a header; 0: it does not. Clients
  // get it as `retry-after`.
  uint32_t retry_after_s = 0;
  RefusedPart refused = {};  // See dialects/common/errors/refused_part.h.
};

// What the table says of a kind. `code` is empty where OpenAI's is null.
struct ErrorRow {
  int status;
  const char* type;
  const char* code;
};
[[nodiscard]] const ErrorRow& error_row(ErrorKind kind);

// The status, type and code that the client sees: the error's own where set, else its kind's. A provider's 503
// without a code has the code "overloaded": overload is the same for every provider.
[[nodiscard]] int status_of(const Error& error);
[[nodiscard]] std::string type_of(const Error& error);
[[nodiscard]] std::string code_of(const Error& error);

// The OpenAI error type that goes with an HTTP status: (invalid_request_error for 400, 404, 413,
// 422; authentication_error 401; permission_error 403; rate_limit_error 429; server_error 5xx).
[[nodiscard]] const char* type_for_status(int status);

}  // namespace onellm
