#include "gateway/keys/authentication/identification.h"

#include <limits>
#include <utility>

#include "base/limits.h"
#include "base/secrets/sha256.h"
#include "gateway/http/authentication.h"
#include "gateway/http/reply.h"
#include "gateway/keys/authentication/client_address.h"
#include "gateway/keys/authentication/found_key.h"
#include "gateway/keys/store.h"
#include "keys/record/change.h"
#include "keys/secret.h"

namespace onellm::gateway {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kTryAgainMs = 1'000;

// Says nothing of whether there was such a key.
constexpr std::string_view kWrongKey =
    "The API key is wrong. Send the value of the gateway's ONELLM_API_KEY, or a key that it handed out; the keys of "
    "providers stay in its settings.";
constexpr std::string_view kNoStore = "The store of keys does not answer. Try again in a second.";

using Knowledge = KnownKeys::Knowledge;

}  // namespace

void Identification::start(std::string_view credential, bool is_final) {
  if (!keys::has_secret_form(credential)) return ask_for_address();
  hash_ = sha256_hex(credential);
  const KnownKeys::Found found = context_.known_keys->find(hash_, context_.now_ms);
  switch (found.knowledge) {
    case Knowledge::kRight: {
      // The key may have been freed meanwhile.
      const bool must_be_fresh = (is_final && keys::has_limits(*found.record)) || refusal_by(*found.record);
      if (must_be_fresh && !context_.known_keys->is_fresh(hash_, context_.now_ms)) return ask_registry();
      return take(found.record);
    }
    case Knowledge::kOutdated: return ask_registry();  // It was right a minute ago, so it is no attack.
    case Knowledge::kWrong:
    case Knowledge::kNothing: return ask_for_address();
  }
}

void Identification::start_anew() {
  hash_ = context_.caller.hash;
  ask_registry();
}

void Identification::ask_for_address() {
  context_.commands.add({.kind = CommandKind::kReadHeaders,
                         .id = context_.new_fetch_id(),
                         .head = std::string(address_headers(*context_.settings))});
}

void Identification::on_headers(const Head& headers) {
  if (done()) return;
  address_ = client_address(*context_.settings, headers);
  if (hash_.empty()) return refuse_as_wrong(std::string(kWrongKey));
  waits_until_ms_ = context_.now_ms + kLookUpWaitMs;
  look_up();
}

// Begins the look-up as soon as it may. Another request may have found the key meanwhile.
void Identification::look_up() {
  wakeup_ms_ = kNever;
  const KnownKeys::Found found = context_.known_keys->find(hash_, context_.now_ms);
  if (found.knowledge == Knowledge::kRight) return take(found.record);
  if (found.knowledge == Knowledge::kWrong) return refuse_as_wrong(std::string(kWrongKey));
  LookUps::Answer answer = look_ups_.begin(hash_, address_, context_.now_ms);
  if (answer == LookUps::Answer::kWait && context_.now_ms >= waits_until_ms_) answer = LookUps::Answer::kRefused;
  switch (answer) {
    case LookUps::Answer::kGo: is_counted_ = true; return ask_registry();
    case LookUps::Answer::kWait:
      wakeup_ms_ = context_.now_ms + poll_ms_;
      poll_ms_ *= 2;  // A thousand requests may wait.
      return;
    case LookUps::Answer::kRefused:
      look_ups_.put_off(hash_, context_.now_ms);
      return refuse_for_now(
          "Too many unknown keys are tried at this moment, and this key is not known here yet. "
          "Try again in a second.");
  }
}

void Identification::ask_registry() {
  if (!context_.settings->has_key_registry) return refuse_for_now(std::string(kNoStore));
  asked_ = call_registry(context_, "find", find_argument(hash_));
  wakeup_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
}

void Identification::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (done() || id != asked_) return;
  asked_ = 0;
  wakeup_ms_ = kNever;
  std::optional<FoundKey> found = replied ? read_found_key(reply) : std::nullopt;
  if (!found) {
    end_look_up(false);
    return refuse_for_now(std::string(kNoStore));
  }
  if (found->record) {
    end_look_up(false);
    return take(context_.known_keys->keep(hash_, *std::move(found->record), context_.now_ms));
  }
  end_look_up(true);
  context_.known_keys->keep_wrong(hash_, context_.now_ms);
  refuse_as_wrong(std::string(kWrongKey));
}

void Identification::on_time() {
  if (done() || context_.now_ms < wakeup_ms_) return;
  if (asked_ == 0) return look_up();
  asked_ = 0;
  end_look_up(false);
  refuse_for_now(std::string(kNoStore));
}

std::optional<Error> Identification::refusal_by(const keys::Record& record) const {
  return keys::refuse_secret(record, hash_, static_cast<int64_t>(context_.now_ms));
}

// Blocking and expiry count at every request, also while the record is known.
void Identification::take(std::shared_ptr<const keys::Record> record) {
  is_done_ = true;
  refusal_ = refusal_by(*record);
  if (refusal_) return;
  context_.caller.record = std::move(record);
  context_.caller.hash = std::move(hash_);
}

void Identification::refuse_as_wrong(std::string message) {
  const double wait_ms = look_ups_.note_wrong_key(address_, context_.now_ms);
  if (wait_ms <= 0) return refuse({.kind = ErrorKind::kUnauthorized, .message = std::move(message)}, 0);
  refuse({.kind = ErrorKind::kKeyLimit, .message = "Too many wrong API keys came from this address. " + message},
         wait_ms);
}

void Identification::refuse_for_now(std::string message) {
  refuse({.kind = ErrorKind::kKeyStoreUnavailable, .message = std::move(message)}, kTryAgainMs);
}

void Identification::refuse(Error error, double retry_after_ms) {
  is_done_ = true;
  wakeup_ms_ = kNever;
  refusal_ = std::move(error);
  retry_after_ms_ = retry_after_ms;
}

bool Identification::send_refusal() {
  if (!refusal_) return false;
  HeadWriter head = error_head(context_, *refusal_);
  if (retry_after_ms_ > 0) add_retry_after(head, retry_after_ms_);
  send_error(context_, std::move(head), *refusal_);
  return true;
}

void Identification::end_look_up(bool is_wrong) {
  if (std::exchange(is_counted_, false)) look_ups_.end(hash_, address_, is_wrong, context_.now_ms);
}

}  // namespace onellm::gateway
