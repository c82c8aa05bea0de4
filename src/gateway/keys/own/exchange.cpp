#include "gateway/keys/own/exchange.h"

#include <string>
#include <utility>

#include "base/limits.h"
#include "gateway/http/reply.h"
#include "gateway/keys/admin/registry_answer.h"
#include "gateway/keys/authentication/known_keys.h"
#include "gateway/keys/store.h"
#include "json/writer.h"
#include "keys/record/change.h"

namespace onellm::gateway {

void OwnKeyExchange::start() {
  record_ = shown_record(context_.caller);
  deadline_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
  if (keys::has_limits(*record_)) {
    figures_.ask_limiter(context_, record_->id);
  } else if (context_.settings->ledger) {
    figures_.ask_ledger(context_, record_->id);
  } else {
    answer();
  }
}

void OwnKeyExchange::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (over_) return;
  if (reading_ == 0) {
    figures_.on_object(id, replied, reply);
    if (!figures_.waits()) take_figures();
  } else if (id == reading_) {
    if (!replied) return refuse_store();
    take_record(reply);
  }
}

// A limiter may know of a record that is newer than the one that this isolate remembers. Then the registry is asked, so
// that a change of a limited key shows at once.
void OwnKeyExchange::take_figures() {
  if (!keys::has_limits(*record_)) return answer();
  const std::optional<keys::OwnUsage>& limiter = figures_.limiter();
  if (!limiter) return refuse_store();
  if (limiter->version <= record_->version) return answer();
  std::string argument;
  {
    json::ObjectWriter object(argument);
    object.add_plain("id", record_->id);
  }
  reading_ = call_registry(context_, registry_method(KeyAction::kRead), std::move(argument));
}

void OwnKeyExchange::take_record(std::string_view reply) {
  Result<RegistryAnswer> read = read_registry_answer(reply, {.action = KeyAction::kRead, .id = record_->id});
  if (!read) {
    const Error error = read.error();
    if (error.kind != ErrorKind::kKeyNotFound) return refuse_store();
    over_ = true;
    return send_error(context_, {.kind = ErrorKind::kUnauthorized, .message = "This key was deleted."});
  }
  const std::string& hash = context_.caller.hash;
  record_ = context_.known_keys->keep(hash, std::move(read->records.front()), context_.now_ms);
  const std::optional<Error> refusal = keys::refuse_secret(*record_, hash, static_cast<int64_t>(context_.now_ms));
  if (!refusal) return answer();
  over_ = true;
  send_error(context_, *refusal);
}

void OwnKeyExchange::on_time() {
  if (over_ || context_.now_ms < deadline_ms_) return;
  if (keys::has_limits(*record_)) return refuse_store();
  answer();
}

// Where the ledger does not answer, nobody knows what a key without limits has used.
void OwnKeyExchange::answer() {
  over_ = true;
  const auto now_ms = static_cast<int64_t>(context_.now_ms);
  std::string body;
  keys::write_own_view(body, *record_, figures_.own_usage(*record_, now_ms), now_ms);
  send_json(context_, reply_head(context_, 200), std::move(body));
}

void OwnKeyExchange::refuse_store() {
  over_ = true;
  refuse_key_store(context_);
}

}  // namespace onellm::gateway
