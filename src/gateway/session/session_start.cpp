// The part of a session that finds out what its request wants, and who asks.
#include <algorithm>
#include <utility>

#include "gateway/accounting/account.h"
#include "gateway/accounting/request_log.h"
#include "gateway/http/authentication.h"
#include "gateway/http/health.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"
#include "gateway/keys/admin/exchange.h"
#include "gateway/keys/own/exchange.h"
#include "gateway/model_list/exchange.h"
#include "gateway/session/session.h"
#include "gateway/status/status.h"
#include "gateway/usage/dashboard/exchange.h"
#include "gateway/usage/exchange.h"

namespace onellm::gateway {
namespace {

// True for routes whose answer to a key with limits involves nobody who knows its latest record.
bool asks_no_limiter(RouteKind kind) {
  return kind == RouteKind::kModels || kind == RouteKind::kModel || kind == RouteKind::kOwnUsage ||
         kind == RouteKind::kStatus;
}

}  // namespace

void Session::on_request(std::string_view head_text) {
  if (state_ != State::kNew) return;
  context_.started_ms = context_.now_ms;
  ClientRequest& request = context_.request;
  request.head = head_text;
  const Head head(request.head);
  const std::string_view line = head.first_line();
  const size_t space = std::min(line.find(' '), line.size());
  request.method = line.substr(0, space);
  const std::string_view target = line.substr(std::min(space + 1, line.size()));
  const size_t question = std::min(target.find('?'), target.size());
  request.path = target.substr(0, question);
  request.query = target.substr(std::min(question + 1, target.size()));
  context_.client = dialect_of(gateway_.clients(), request, head).dialect;
  context_.request_id = context_.random.id("req_");
  context_.settings = gateway_.settings();
  note_client(head, context_.account);
  if (request.method == "OPTIONS") {
    context_.account.is_quiet = true;
    state_ = State::kOver;
    return send_preflight(context_, head);
  }

  state_ = State::kReadingSettings;
  for (const std::string& name : gateway_.kv_wanted(context_.now_ms)) {
    const uint32_t id = context_.new_fetch_id();
    kv_asked_[id] = name;
    context_.commands.add({.kind = CommandKind::kReadKv, .id = id, .head = routing::kv_key_of(name)});
  }
  if (kv_asked_.empty()) route();
}

void Session::on_kv(uint32_t id, bool found, std::string_view value) {
  if (state_ == State::kAnswering) return exchange_->on_kv(id, found, value);
  const auto asked = kv_asked_.find(id);
  if (state_ != State::kReadingSettings || asked == kv_asked_.end()) return;
  if (found) kv_found_[asked->second] = value;
  kv_asked_.erase(asked);
  if (!kv_asked_.empty()) return;
  gateway_.apply_kv(kv_found_, context_.now_ms);
  context_.settings = gateway_.settings();
  route();
}

void Session::route() {
  for (const std::string& problem : gateway_.take_unlogged_problems()) {
    log_warning(context_, "settings: " + problem);
  }
  const ClientRequest& request = context_.request;
  state_ = State::kOver;  // Changed below if there is more to do.
  route_ = find_route(gateway_.clients(), request.path);
  const Head head(request.head);
  if (!route_) return refuse_path(context_, dialect_of(gateway_.clients(), request, head).path);
  context_.account.route = route_->name;
  context_.account.is_quiet = route_->kind == RouteKind::kHealth || route_->kind == RouteKind::kRoot;
  if (!has_method(*route_, request.method)) return refuse_method(context_, route_->methods);
  context_.account.counts = route_->counts;
  if (route_->needs_key) return identify(head);
  serve();
}

void Session::identify(const Head& head) {
  const std::string_view credential = credential_of(head);
  const std::string& master = context_.settings->api_key;
  if (const std::optional<Error> refusal = refuse(credential, master)) return send_error(context_, *refusal);
  context_.caller.is_master = same_secret(credential, master);
  if (context_.caller.is_master) return serve();
  state_ = State::kIdentifying;
  identification_ = std::make_unique<Identification>(context_, gateway_.look_ups());
  identification_->start(credential, asks_no_limiter(route_->kind));
  follow_identification();
}

// A record that this isolate remembers may refuse what the key may do by now. Then it is read once more.
bool Session::identifies_anew(const Error& refusal) {
  if (refusal.kind != ErrorKind::kModelNotAllowed || std::exchange(has_read_body_, true)) return false;
  if (context_.known_keys->is_fresh(context_.caller.hash, context_.now_ms)) return false;
  state_ = State::kIdentifying;
  identification_ = std::make_unique<Identification>(context_, gateway_.look_ups());
  identification_->start_anew();
  return true;
}

void Session::follow_identification() {
  if (!identification_->done()) return;
  state_ = State::kOver;
  if (identification_->send_refusal()) return;
  if (has_read_body_) return answer_body();
  serve();
}

// The caller is known, if the route needs a key. Changes the state if it needs more work.
void Session::serve() {
  const ClientRequest& request = context_.request;
  const Head head(request.head);
  if (route_->needs_key) {
    context_.account.key_id = context_.caller.id();
    context_.account.key_name = context_.caller.label();
    if (route_->is_admin && !context_.caller.is_master) return refuse_permission(context_);
    if (gateway_.memory().is_full()) return refuse_busy(context_);
  }
  switch (route_->kind) {
    case RouteKind::kChat:
    case RouteKind::kCountTokens: return begin_body(head, context_.settings->body_bytes_max);
    case RouteKind::kStateful: return refuse_state(context_);
    case RouteKind::kModels: return answer_by(std::make_unique<ModelsExchange>(context_));
    case RouteKind::kModel: return send_model(context_, rest_of_path(*route_, request.path));
    case RouteKind::kUsage: return begin_usage({});
    case RouteKind::kOwnUsage: return begin_usage(context_.caller.id());
    case RouteKind::kOwnKey: return answer_by(std::make_unique<OwnKeyExchange>(context_));
    case RouteKind::kKeys:
    case RouteKind::kKey:
    case RouteKind::kKeyRotate:
    case RouteKind::kKeyExport:
    case RouteKind::kKeyImport: return begin_keys(head);
    case RouteKind::kStatus: return send_status(context_);
    case RouteKind::kHealth: return send_health(context_);
    case RouteKind::kRoot: return send_root(context_);
  }
}

// `key`: the key that asks for its own usage; empty: all keys are wanted.
void Session::begin_usage(std::string_view key) {
  if (wants_dashboard(context_.request.query)) return answer_by(std::make_unique<DashboardExchange>(context_, key));
  answer_by(std::make_unique<UsageExchange>(context_, key));
}

void Session::begin_keys(const Head& head) {
  KeyRequest request = read_key_request(*route_, context_.request);
  if (has_body(request.action)) return begin_body(head, body_bytes_max(request.action));
  answer_by(std::make_unique<KeysExchange>(context_, std::move(request), std::string_view()));
}

}  // namespace onellm::gateway
