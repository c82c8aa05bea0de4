#include "gateway/keys/metering/admission.h"

#include <string>
#include <utility>

#include "base/limits.h"
#include "gateway/keys/authentication/found_key.h"
#include "gateway/keys/authentication/known_keys.h"
#include "gateway/keys/metering/reply_headers.h"
#include "gateway/keys/store.h"
#include "keys/flat.h"
#include "keys/record/change.h"

namespace onellm::gateway {

namespace {

struct AdmitCall {
  std::string key = {};
  keys::Ask ask = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("key", self.key);
    visit.object("ask", self.ask);
  }
};

struct RenewCall {
  std::string key = {};
  std::string id = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("key", self.key);
    visit.text("id", self.id);
  }
};

}  // namespace

void KeyAdmission::ask(keys::Ask ask) {
  kind_ = ask.kind;
  ask.id = context_.request_id;
  ask.version = context_.caller.version();
  const std::string key(context_.caller.id());
  if (kind_ == keys::AskKind::kRequest) context_.key_use.is_to_settle = true;
  await(call_limiter(context_, key, "admit", keys::to_json(AdmitCall{.key = key, .ask = std::move(ask)})));
}

void KeyAdmission::await(uint32_t id) {
  asked_ = id;
  wakeup_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
}

AdmissionStep KeyAdmission::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (asked_ == 0 || id != asked_) return AdmissionStep::kNothing;
  asked_ = 0;
  wakeup_ms_ = kNever;
  const bool has_read = std::exchange(reads_, false);
  if (!replied) return refuse_without_answer();
  return has_read ? take_record(reply) : take_admission(reply);
}

AdmissionStep KeyAdmission::on_time() {
  if (context_.now_ms < wakeup_ms_) return AdmissionStep::kNothing;
  if (std::exchange(asked_, 0) != 0) {
    wakeup_ms_ = kNever;
    return refuse_without_answer();
  }
  if (!is_leased_) return AdmissionStep::kNothing;
  // Nobody waits for the answer: a lease that was lost is made good when the request is settled.
  const std::string key(context_.caller.id());
  static_cast<void>(
      call_limiter(context_, key, "renew", keys::to_json(RenewCall{.key = key, .id = context_.request_id})));
  wakeup_ms_ = context_.now_ms + static_cast<double>(kKeyLeaseRenewMs);
  return AdmissionStep::kNothing;
}

AdmissionStep KeyAdmission::take_admission(std::string_view reply) {
  keys::Admission admission;
  if (!keys::from_json(reply, admission)) return refuse_without_answer();
  const bool is_request = kind_ == keys::AskKind::kRequest;
  switch (admission.verdict) {
    case keys::Verdict::kAdmitted:
      if (kind_ != keys::AskKind::kFurther) set_key_headers(context_, admission);
      chosen_ = admission.output_tokens;
      return admitted();
    case keys::Verdict::kRefused:
      if (!admission.refusal) return refuse_without_answer();
      if (is_request) context_.key_use.is_to_settle = false;
      if (kind_ != keys::AskKind::kFurther) set_key_headers(context_, admission);
      retry_headers_ = retry_headers_of(*admission.refusal);
      return refuse(keys::to_error(*admission.refusal));
    case keys::Verdict::kStale:
      if (is_request) context_.key_use.is_to_settle = false;
      return has_read_ ? refuse_without_answer() : read_record();
    case keys::Verdict::kUnknown:
    case keys::Verdict::kVoid: return refuse_without_answer();
  }
  return refuse_without_answer();
}

bool KeyAdmission::reads_record() {
  if (has_read_ || context_.known_keys->is_fresh(context_.caller.hash, context_.now_ms)) return false;
  (void)read_record();
  return true;
}

AdmissionStep KeyAdmission::read_record() {
  reads_ = has_read_ = true;
  await(call_registry(context_, "find", find_argument(context_.caller.hash)));
  return AdmissionStep::kNothing;
}

AdmissionStep KeyAdmission::take_record(std::string_view reply) {
  std::optional<FoundKey> found = read_found_key(reply);
  if (!found) return refuse_without_answer();
  if (!found->record) {
    context_.known_keys->keep_wrong(context_.caller.hash, context_.now_ms);
    return refuse({.kind = ErrorKind::kUnauthorized, .message = "This key does not exist any more."});
  }
  context_.caller.record = context_.known_keys->keep(context_.caller.hash, *std::move(found->record), context_.now_ms);
  std::optional<Error> refusal =
      keys::refuse_secret(*context_.caller.record, context_.caller.hash, static_cast<int64_t>(context_.now_ms));
  return refusal ? refuse(*std::move(refusal)) : AdmissionStep::kChanged;
}

AdmissionStep KeyAdmission::admitted() {
  if (kind_ == keys::AskKind::kRequest) {
    is_leased_ = true;
    wakeup_ms_ = context_.now_ms + static_cast<double>(kKeyLeaseRenewMs);
  }
  return AdmissionStep::kAdmitted;
}

AdmissionStep KeyAdmission::refuse(Error error) {
  refusal_ = std::move(error);
  return AdmissionStep::kRefused;
}

AdmissionStep KeyAdmission::refuse_without_answer() {
  static constexpr const char* kRetryAfterS = "1";
  retry_headers_ = {{"retry-after", kRetryAfterS}};
  return refuse({.kind = ErrorKind::kKeyStoreUnavailable,
                 .message = "The limiter of this key does not answer. Try again in a second."});
}

}  // namespace onellm::gateway
