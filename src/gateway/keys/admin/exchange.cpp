#include "gateway/keys/admin/exchange.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.h"
#include "base/secrets/sha256.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"
#include "gateway/keys/admin/query.h"
#include "gateway/keys/admin/replies.h"
#include "gateway/keys/store.h"
#include "json/writer.h"
#include "keys/record/body.h"
#include "keys/record/view.h"
#include "keys/secret.h"

namespace onellm::gateway {

namespace {

constexpr int kOk = 200;
constexpr int kCreated = 201;

bool has_id(KeyAction action) {
  return action == KeyAction::kRead || action == KeyAction::kPatch || action == KeyAction::kRotate ||
         action == KeyAction::kRemove;
}

template <size_t count>
std::array<uint8_t, count> take_bytes(std::string_view& bytes) {
  std::array<uint8_t, count> taken{};
  std::copy_n(bytes.begin(), count, taken.begin());
  bytes.remove_prefix(count);
  return taken;
}

}  // namespace

void KeysExchange::start() {
  if (const std::optional<Error> missing = missing_key_store(*context_.settings)) return refuse(*missing);
  if (has_id(request_.action) && !keys::has_id_form(request_.id)) return refuse(key_not_found(request_.id));
  if (has_body(request_.action)) {  // Only JSON goes to the registry.
    Result<Ok> outcome = keys::read_body(body_, may_lack_body(request_.action), [](json::Value&) {});
    if (!outcome) return refuse(outcome.error());
  }
  if (!makes_secret(request_.action)) {
    Result<std::string> asked = argument();
    return asked ? ask_registry(std::move(*asked)) : refuse(asked.error());
  }
  state_ = State::kReadingRandom;
  asked_ = context_.new_fetch_id();
  deadline_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
  context_.commands.add(CommandKind::kReadRandom, asked_, keys::kSecretRandomBytes + keys::kIdRandomBytes);
}

void KeysExchange::on_random(uint32_t id, std::string_view bytes) {
  if (id != asked_ || state_ != State::kReadingRandom) return;
  if (bytes.size() != keys::kSecretRandomBytes + keys::kIdRandomBytes) return refuse_store();
  secret_ = keys::make_secret(take_bytes<keys::kSecretRandomBytes>(bytes));
  if (request_.action == KeyAction::kCreate) request_.id = keys::make_id(take_bytes<keys::kIdRandomBytes>(bytes));
  Result<std::string> asked = argument();
  if (!asked) return refuse(asked.error());
  ask_registry(std::move(*asked));
}

// What the registry's method takes. Errors: the query is wrong.
Result<std::string> KeysExchange::argument() const {
  const bool is_list = request_.action == KeyAction::kList;
  if (is_list || request_.action == KeyAction::kExport) {
    const std::string& text = context_.request.query;
    Result<KeyListQuery> query = is_list ? read_list_query(text) : read_export_query(text);
    if (!query) return query.error();
    return is_list ? list_argument(*query) : export_argument(*query);
  }
  std::string out;
  {
    json::ObjectWriter object(out);
    if (!request_.id.empty()) object.add_plain("id", request_.id);
    if (has_body(request_.action)) object.add_plain("body", body_);
    if (!secret_.empty()) object.add_plain("hash", sha256_hex(secret_));
  }
  return out;
}

void KeysExchange::ask_registry(std::string argument) {
  state_ = State::kAskingRegistry;
  deadline_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
  asked_ = call_registry(context_, registry_method(request_.action), std::move(argument));
}

void KeysExchange::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (state_ == State::kAskingFigures) {
    figures_.on_object(id, replied, reply);
    if (!figures_.waits()) answer_record();
    return;
  }
  if (state_ != State::kAskingRegistry || id != asked_) return;
  if (!replied) return refuse_store();
  take_answer(reply);
}

void KeysExchange::take_answer(std::string_view reply) {
  if (!context_.memory->can_parse(reply.size())) {
    state_ = State::kOver;
    return refuse_busy(context_);
  }
  Result<RegistryAnswer> answer = read_registry_answer(reply, request_);
  if (!answer) {
    const Error error = answer.error();
    return error.kind == ErrorKind::kKeyStoreUnavailable ? refuse_store() : refuse(error);
  }
  answer_ = std::move(*answer);
  const auto now_ms = static_cast<int64_t>(context_.now_ms);
  switch (request_.action) {
    case KeyAction::kList: return send(kOk, key_page(answer_.records, answer_.has_more, false, now_ms));
    case KeyAction::kExport: return send(kOk, key_page(answer_.records, answer_.has_more, true, now_ms));
    case KeyAction::kImport: return send(kOk, imported_keys(answer_.imported));
    case KeyAction::kRemove: return send(kOk, deleted_key(request_.id));
    case KeyAction::kRead:
    case KeyAction::kCreate:
    case KeyAction::kPatch:
    case KeyAction::kRotate: return ask_figures();
  }
}

// The limiter is asked by kRead alone: after a change it may not have heard of the new record yet.
void KeysExchange::ask_figures() {
  state_ = State::kAskingFigures;
  deadline_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
  if (request_.action == KeyAction::kRead && answer_.limited) figures_.ask_limiter(context_, request_.id);
  if (context_.settings->ledger && request_.action != KeyAction::kCreate) figures_.ask_ledger(context_, request_.id);
  if (!figures_.waits()) answer_record();
}

void KeysExchange::on_time() {
  if (over() || context_.now_ms < deadline_ms_) return;
  if (state_ == State::kAskingFigures) return answer_record();
  refuse_store();
}

// Without an answer of the ledger its figures are null. Without one of the limiter, kRead has none: what the registry
// knows of the spend may be old.
void KeysExchange::answer_record() {
  const keys::Record& record = answer_.records.front();
  const std::optional<keys::OwnUsage>& limiter = figures_.limiter();
  if (request_.action == KeyAction::kRead && answer_.limited && !limiter) return refuse_store();
  keys::Seen seen{.secret = secret_};
  // A limiter that has not heard of a new window yet has the spend of the old one.
  if (limiter && limiter->window_start_ms >= record.spend.window_start_ms) seen.spend = limiter->spent;
  if (const std::optional<KeyTotals>& ledger = figures_.ledger()) {
    seen.spend_total = ledger->money;
    if (ledger->last_ms > 0) seen.last_used_ms = ledger->last_ms;
  }
  if (request_.action == KeyAction::kCreate && context_.settings->ledger) seen.spend_total = 0;
  std::string body;
  keys::write_record(body, record, seen, static_cast<int64_t>(context_.now_ms));
  send(request_.action == KeyAction::kCreate ? kCreated : kOk, std::move(body));
}

void KeysExchange::send(int status, std::string body) {
  state_ = State::kOver;
  HeadWriter head = reply_head(context_, status);
  head.add_plain("cache-control", "no-store");
  send_json(context_, std::move(head), std::move(body));
}

void KeysExchange::refuse(const Error& error) {
  state_ = State::kOver;
  send_error(context_, error);
}

void KeysExchange::refuse_store() {
  state_ = State::kOver;
  refuse_key_store(context_);
}

}  // namespace onellm::gateway
