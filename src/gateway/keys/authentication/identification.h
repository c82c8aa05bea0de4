// Finds out whose key a request has, before anything else is done for it.
//
// The master key is known at once. Any other key is looked up by the hash of its secret: among the keys that this
// isolate knows, then in the registry, within the limits of look_ups.h.
//
// Rule: what has not the form of a secret never reaches the registry.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/limits.h"
#include "dialects/client_dialect.h"
#include "gateway/http/head.h"
#include "gateway/keys/authentication/known_keys.h"
#include "gateway/keys/authentication/look_ups.h"
#include "gateway/session/context.h"

namespace onellm::gateway {

class Identification {
 public:
  // All must outlive it.
  Identification(Context& context, LookUps& look_ups) : context_(context), look_ups_(look_ups) {}
  Identification(const Identification&) = delete;
  Identification& operator=(const Identification&) = delete;
  ~Identification() { end_look_up(false); }

  // A credential that is not the master key. `is_final`: nobody asks the limiter of a key with limits afterwards, so a
  // change of its record must be found here. Afterwards, and after each event, see whether it is done().
  void start(std::string_view credential, bool is_final);
  // Reads the record of the caller anew.
  void start_anew();
  void on_headers(const Head& headers);
  void on_object(uint32_t id, bool replied, std::string_view reply);
  void on_time();

  [[nodiscard]] double wakeup_ms() const { return wakeup_ms_; }
  // True once the caller is known (Context::caller), or refused.
  [[nodiscard]] bool done() const { return is_done_; }
  // Sends the refusal, if the caller is refused. Returns false if it is not.
  [[nodiscard]] bool send_refusal();

 private:
  void ask_for_address();
  void look_up();
  void ask_registry();
  void take(std::shared_ptr<const keys::Record> record);
  [[nodiscard]] std::optional<Error> refusal_by(const keys::Record& record) const;
  void refuse_as_wrong(std::string message);
  void refuse_for_now(std::string message);
  void refuse(Error error, double retry_after_ms);
  void end_look_up(bool is_wrong);

  Context& context_;
  LookUps& look_ups_;
  std::string hash_;  // Empty: the credential has not the form of a secret.
  std::string address_;
  uint32_t asked_ = 0;       // The id of the call to the registry; 0: none is under way.
  bool is_counted_ = false;  // It takes a place of look_ups_.
  double waits_until_ms_ = 0;
  double poll_ms_ = kLookUpPollMs;
  double wakeup_ms_ = std::numeric_limits<double>::infinity();
  bool is_done_ = false;
  std::optional<Error> refusal_;
  double retry_after_ms_ = 0;
};

}  // namespace onellm::gateway
