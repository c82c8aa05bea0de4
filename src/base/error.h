// Errors as values, with their HTTP status and code. Words and statuses for clients are in their dialects
// (dialects/client_dialect.h).
//
// The core has no exceptions: it is built with -fno-exceptions, and a trap in WebAssembly ends every request of the
// isolate.
//
// Rule: callers branch on ErrorKind only.
#pragma once

#include <cstdint>
#include <string>

namespace onellm {

// The kind of failure. error_row() gives each kind its HTTP status and code; a new kind does not compile until it has a
// row there.
enum class ErrorKind : uint8_t {
  kBadRequest,            // The client's request is malformed; `param` names the field.
  kUnsupportedParameter,  // The target cannot honour a parameter that may not be dropped.
  kUnauthorized,          // No credential, or a wrong one.
  kNotConfigured,         // ONELLM_API_KEY is not set: the gateway stays closed.
  kRouteNotFound,         // No such path.
  kMethodNotAllowed,      // The path exists, the method does not.
  kModelNotFound,         // No configured provider serves the model.
  kBodyTooLarge,          // Over ONELLM_MAX_BODY_BYTES.
  kRequestTimeout,        // The client stopped sending its body.
  kBusy,                  // Too little memory for one more request or body; try again.
  kUpstreamRefused,       // The provider answered with an error; `status` says which.
  kUpstreamUnreachable,   // No connection, or it broke before the reply.
  kUpstreamTimeout,       // A deadline of the gateway passed.
  kUpstreamCut,           // The reply ended before it was complete.
  kUpstreamBadReply,      // The reply breaks the rules of its dialect.
  kPermissionDenied,      // The key may not use this route.
  kModelNotAllowed,       // The key may not use this model.
  kModelNotPriced,        // The key has a budget, and the model or tool has no price.
  kKeyLimit,              // The key's requests or tokens a minute, or its parallel requests, are used up.
  kBudgetReserved,        // Open requests reserve what is left of the key's budget.
  kBudgetSpent,           // The key's budget is spent.
  kKeyNotFound,           // No key has this id.
  kKeyTaken,              // Another key has this alias or secret.
  kTooManyKeys,           // kKeysMax keys exist.
  kKeyStoreUnavailable,   // The registry or the limiter does not answer.
  kInternal,              // A bug of the gateway.
};

// What an error is about.
enum class Fault : uint8_t {
  kByStatus,    // The status says it: see fault_of().
  kRequest,     // The request itself is wrong.
  kCredential,  // No credential, or a wrong one.
  kPermission,  // The credential may not do this.
  kNoMoney,     // The account is empty.
  kRateLimit,   // Too many requests for now.
  kServer,      // The server failed.
  kOverload,    // The server has too much to do, and says so.
};

// Which part of a request a provider refuses.
enum class RefusedKind : uint8_t {
  kNothing,    // The error names no part.
  kParameter,  // The parameter, with any value.
  kValue,      // The parameter with this value.
  kBeside,     // The parameter together with other parts of this request. Other requests may have it.
  kSchemas,    // Strict schemas: all of them together are too complex.
  kThoughts,   // Signed reasoning of earlier turns.
};

struct RefusedPart {
  RefusedKind kind = RefusedKind::kNothing;
  std::string name = {};  // kParameter, kValue, kBeside: the provider's name for the parameter.
  std::string said = {};  // The words of the message that named the part; empty: a code named it.
};

struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message = {};  // For people, plain UTF-8. Rule: no code branches on it, and it has no secret.
  std::string param = {};    // The field at fault, like `messages[0].role`; empty means null.

  // Set only if a provider reported it; otherwise the row of the kind applies.
  int status = 0;                  // HTTP status; 0: that of the kind.
  Fault fault = Fault::kByStatus;  // What it is about.
  std::string provider_type =
      {};                   // The provider's own word for its type. A client whose dialect has such words gets it.
  std::string code = {};    // The code; empty: that of the kind.
  std::string extra = {};   // Raw JSON members with further details (`"innererror":{…}`), or empty.
  int upstream_status = 0;  // HTTP status of the provider's reply; 0: there was no reply.
  // The wait in seconds that a provider asks for in its error body, not in a header; 0: none. Clients get it as
  // `retry-after`.
  uint32_t retry_after_s = 0;
  RefusedPart refused = {};  // See dialects/common/errors/refused_part.h.
};

// One row of the table of kinds. `code` is the gateway's own word; it is empty where the status says everything.
struct ErrorRow {
  int status;
  const char* code;
};
[[nodiscard]] const ErrorRow& error_row(ErrorKind kind);

// The status and code: those of the error if set, else those of its kind. A provider's error with status 503 and no
// code gets the code "overloaded", the same for every provider. A client's dialect may show another status.
[[nodiscard]] int status_of(const Error& error);
[[nodiscard]] std::string code_of(const Error& error);

// What the error is about: what its provider said, else what its status says. Never kByStatus.
[[nodiscard]] Fault fault_of(const Error& error);

}  // namespace onellm
