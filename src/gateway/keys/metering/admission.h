// Asks the limiter of the caller's key to admit a request, or one more paid call of it, and keeps its lease.
//
// A limiter that knows a newer record than this isolate says so. Then the record is read anew, and the user must check
// the request against it and ask again.
//
// Rule: without an answer nothing is admitted.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "dialects/client_dialect.h"
#include "gateway/session/context.h"
#include "keys/limiter/limiter.h"

namespace onellm::gateway {

enum class AdmissionStep : uint8_t {
  kNothing,   // Nothing has changed.
  kAdmitted,  // chosen() is the output limit, if the limiter had to choose one.
  kRefused,   // refusal() says why, and retry_headers() when to try again.
  kChanged,   // Context::caller has a newer record, which allows its secret.
};

class KeyAdmission {
 public:
  // `context` must outlive it.
  explicit KeyAdmission(Context& context) : context_(context) {}

  // `ask`: without the id and the version, which are filled in.
  void ask(keys::Ask ask);
  // Reads the record anew, since the one that this isolate remembers refuses the request. Returns false if it was read
  // a moment ago. Else a step follows.
  [[nodiscard]] bool reads_record();

  [[nodiscard]] AdmissionStep on_object(uint32_t id, bool replied, std::string_view reply);
  [[nodiscard]] AdmissionStep on_time();
  [[nodiscard]] double wakeup_ms() const { return wakeup_ms_; }

  [[nodiscard]] bool is_asking() const { return asked_ != 0; }
  [[nodiscard]] std::optional<int64_t> chosen() const { return chosen_; }
  [[nodiscard]] const Error& refusal() const { return refusal_; }
  [[nodiscard]] const dialects::HeaderList& retry_headers() const { return retry_headers_; }

 private:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  void await(uint32_t id);
  [[nodiscard]] AdmissionStep take_admission(std::string_view reply);
  [[nodiscard]] AdmissionStep take_record(std::string_view reply);
  [[nodiscard]] AdmissionStep read_record();
  [[nodiscard]] AdmissionStep admitted();
  [[nodiscard]] AdmissionStep refuse(Error error);
  [[nodiscard]] AdmissionStep refuse_without_answer();

  Context& context_;
  keys::AskKind kind_ = keys::AskKind::kRequest;
  uint32_t asked_ = 0;  // The id of the call under way; 0: none is.
  bool reads_ = false;  // It reads the record.
  bool has_read_ = false;
  bool is_leased_ = false;
  double wakeup_ms_ = kNever;
  std::optional<int64_t> chosen_;
  Error refusal_;
  dialects::HeaderList retry_headers_;
};

}  // namespace onellm::gateway
