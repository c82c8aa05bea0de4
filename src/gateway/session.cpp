#include "gateway/session.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "gateway/accounting/account.h"
#include "gateway/accounting/request_log.h"
#include "gateway/authentication.h"
#include "gateway/chat_exchange.h"
#include "gateway/chat_plan.h"
#include "gateway/health.h"
#include "gateway/models_exchange.h"
#include "gateway/reply.h"
#include "gateway/usage_exchange.h"

namespace onellm::gateway {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr std::string_view kModelPrefix = "/v1/models/";
constexpr std::string_view kMasterKey = "master";  // What the key of ONELLM_API_KEY is called.
constexpr std::string_view kUsagePath = "/v1/admin/usage";
constexpr size_t kQuotedPathBytes = 128;  // Of a path in a message.

// https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
void refuse_method(Context& context, std::string_view allowed) {
  const ClientRequest& request = context.request;
  HeadWriter head = reply_head(context, error_row(ErrorKind::kMethodNotAllowed).status);
  head.add("allow", allowed);
  const Error error{
      .kind = ErrorKind::kMethodNotAllowed,
      .message = request.method + " is not allowed on " + request.path + ". Use " + std::string(allowed) + "."};
  send_error(context, std::move(head), error);
}

Error too_large(size_t limit) {
  return {.kind = ErrorKind::kBodyTooLarge,
          .message = "The request body is larger than " + std::to_string(limit) + " bytes (ONELLM_MAX_BODY_BYTES)."};
}

}  // namespace

Session::Session(Gateway& gateway, const std::array<uint32_t, 4>& seed)
    : gateway_(gateway),
      context_{.commands = {},
               .random = Random(seed),
               .cooldowns = &gateway.cooldowns(),
               .request = {},
               .settings = {},
               .ledger = &gateway.ledger()},
      timer_set_for_ms_(kNever) {}

Session::~Session() { release_body(); }

char* Session::input(EventKind kind, size_t bytes) {
  if (kind == EventKind::kRequestBytes && state_ == State::kReadingBody && !body_refused_) {
    if (gateway_.admit_body(body_held_, body_.size() + bytes > body_held_ ? body_.size() + bytes - body_held_ : 0)) {
      body_held_ = std::max(body_held_, body_.size() + bytes);
      scratch_.clear();
      return body_.extend(bytes);
    }
    body_refused_ = true;
  }
  scratch_.resize(bytes);
  return scratch_.data();
}

void Session::on_event(EventKind kind, uint32_t id, double now_ms, std::string_view payload) {
  char* at = input(kind, payload.size());
  std::copy(payload.begin(), payload.end(), at);
  on_event(kind, id, now_ms);
}

void Session::on_event(EventKind kind, uint32_t id, double now_ms) {
  context_.now_ms = now_ms;
  const std::string payload = std::exchange(scratch_, {});
  switch (kind) {
    case EventKind::kRequest: on_request(payload); break;
    case EventKind::kRequestBytes: on_body_bytes(); break;
    case EventKind::kRequestEnd: on_body_end(); break;
    case EventKind::kKvValue: on_kv(id, true, payload); break;
    case EventKind::kKvMissing: on_kv(id, false, {}); break;
    case EventKind::kFetchHead:
    case EventKind::kFetchBytes:
    case EventKind::kFetchEnd:
    case EventKind::kFetchFailed:
    case EventKind::kTimer:
    case EventKind::kObjectReply:
    case EventKind::kObjectFailed: on_exchange_event(kind, id, payload); break;
    case EventKind::kClientGone:
      context_.account.client_gone = state_ != State::kOver;
      if (exchange_ != nullptr) exchange_->on_client_gone();
      state_ = State::kOver;
      break;
  }
  if (exchange_ != nullptr && exchange_->over()) state_ = State::kOver;
  if (state_ == State::kOver && !std::exchange(accounted_, true)) account_request(context_);
  body_done_ = state_ == State::kOver || (exchange_ != nullptr && !exchange_->body_needed());
  arm_timer();
}

// The last commands may view the body, so it is released when they have been taken.
const Command* Session::next() {
  const Command* command = context_.commands.next();
  if (command == nullptr && body_done_) release_body();
  return command;
}

// --- before the route's own work ---

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
  const Head head(request.head);
  state_ = State::kOver;  // Unless the route goes on.
  const bool is_chat = request.path == kChatRoute;
  const bool is_models = request.path == kModelsRoute || request.path.starts_with(kModelPrefix);
  const bool is_usage = request.path == kUsagePath;
  const bool is_get = request.method == "GET" || request.method == "HEAD";
  if (is_chat) context_.account.route = kChatRoute;
  if (is_models) context_.account.route = kModelsRoute;
  if (is_usage) context_.account.route = kUsagePath;
  if (request.path == "/healthz") {
    context_.account.is_quiet = true;
    return is_get ? send_health(context_) : refuse_method(context_, "GET, HEAD, OPTIONS");
  }
  if (!is_chat && !is_models && !is_usage) {
    return send_error(context_, {.kind = ErrorKind::kRouteNotFound,
                                 .message = "There is no " + request.path.substr(0, kQuotedPathBytes) +
                                            " here. Try POST /v1/chat/completions or GET /v1/models."});
  }
  if (is_chat && request.method != "POST") return refuse_method(context_, "POST, OPTIONS");
  if (!is_chat && !is_get) return refuse_method(context_, "GET, HEAD, OPTIONS");
  route_authenticated(head);
}

void Session::route_authenticated(const Head& head) {
  const ClientRequest& request = context_.request;
  context_.account.counts = context_.account.route != kUsagePath;  // Asking for the account is no part of it.
  if (const std::optional<Error> refusal = refuse(head, context_.settings->api_key)) {
    return send_error(context_, *refusal);
  }
  context_.account.key_id = context_.account.key_name = kMasterKey;
  if (request.path == kModelsRoute || request.path == kModelPrefix) {
    auto models = std::make_unique<ModelsExchange>(context_);
    ModelsExchange& started = *models;
    state_ = State::kAnswering;
    exchange_ = std::move(models);
    return started.start();
  }
  if (request.path == kUsagePath) {
    auto usage = std::make_unique<UsageExchange>(context_);
    UsageExchange& started = *usage;
    state_ = State::kAnswering;
    exchange_ = std::move(usage);
    return started.start();
  }
  if (request.path.starts_with(kModelPrefix)) {
    return send_model(context_, std::string_view(request.path).substr(kModelPrefix.size()));
  }
  begin_body(head);
}

// --- the body ---

void Session::begin_body(const Head& head) {
  const std::string_view length_text = head.header("content-length");
  std::from_chars(length_text.data(), length_text.data() + length_text.size(), body_declared_);
  const size_t limit = context_.settings->body_bytes_max;
  if (body_declared_ > limit) return send_error(context_, too_large(limit));
  state_ = State::kWaitingForRoom;
  room_wanted_by_ms_ = context_.now_ms + kBodyRoomWaitMs;
  read_body_if_room();
}

// A body that is not read takes no memory here, so it may wait a while for others to be done.
void Session::read_body_if_room() {
  if (!gateway_.admit_body(0, body_declared_)) {
    if (context_.now_ms >= room_wanted_by_ms_) refuse_busy();
    return;
  }
  state_ = State::kReadingBody;
  body_wanted_by_ms_ = context_.now_ms + kBodyIdleTimeoutMs;
  body_held_ = body_declared_;
  body_.reserve(body_declared_);
  context_.commands.add(CommandKind::kReadRequest, 0, static_cast<uint32_t>(context_.settings->body_bytes_max));
}

// Answers a body for which there is no room.
void Session::refuse_busy() {
  HeadWriter head = reply_head(context_, error_row(ErrorKind::kBusy).status);
  head.add("retry-after", "1");
  send_error(context_, std::move(head),
             {.kind = ErrorKind::kBusy,
              .message = "Too many large requests are being read at this moment. Try again in a second."});
  state_ = State::kOver;
}

// A body that stopped coming must not keep its room for ever.
void Session::refuse_slow_body() {
  if (context_.now_ms < body_wanted_by_ms_) return;
  send_error(context_, {.kind = ErrorKind::kRequestTimeout,
                        .message = "No more of the request body came within " + std::to_string(kBodyIdleTimeoutMs) +
                                   " ms. Send it again."});
  state_ = State::kOver;
}

void Session::on_body_bytes() {
  if (state_ != State::kReadingBody) return;
  if (body_refused_) return refuse_busy();
  body_wanted_by_ms_ = context_.now_ms + kBodyIdleTimeoutMs;
}

void Session::on_body_end() {
  if (state_ != State::kReadingBody) return;
  const size_t limit = context_.settings->body_bytes_max;
  context_.account.body_bytes = static_cast<int64_t>(body_.size());
  if (context_.settings->log_bodies) context_.account.logged_body = utf8_prefix(body_.text(), kLoggedTextBytesMax);
  state_ = State::kOver;
  if (body_.size() > limit) return send_error(context_, too_large(limit));
  Result<std::unique_ptr<ChatPlan>> plan = plan_chat(context_, body_);
  if (!plan) return send_error(context_, plan.error());
  state_ = State::kAnswering;
  auto chat = std::make_unique<ChatExchange>(context_, std::move(*plan));
  ChatExchange& started = *chat;
  exchange_ = std::move(chat);
  started.start();
}

void Session::release_body() {
  gateway_.release_body(std::exchange(body_held_, 0));
  body_.reset();
}

// --- the exchange ---

void Session::on_exchange_event(EventKind kind, uint32_t id, std::string_view payload) {
  if (kind == EventKind::kTimer) {
    timer_set_for_ms_ = kNever;
    if (state_ == State::kWaitingForRoom) return read_body_if_room();
    if (state_ == State::kReadingBody) return refuse_slow_body();
  }
  if (state_ != State::kAnswering) return;
  if (kind == EventKind::kFetchHead) exchange_->on_fetch_head(id, Head(payload));
  if (kind == EventKind::kFetchBytes) exchange_->on_fetch_bytes(id, payload);
  if (kind == EventKind::kFetchEnd) exchange_->on_fetch_end(id);
  if (kind == EventKind::kFetchFailed) exchange_->on_fetch_failed(id);
  if (kind == EventKind::kTimer) exchange_->on_time();
  if (kind == EventKind::kObjectReply) exchange_->on_object(id, true, payload);
  if (kind == EventKind::kObjectFailed) exchange_->on_object(id, false, {});
}

double Session::wakeup_ms() const {
  if (state_ == State::kWaitingForRoom) return context_.now_ms + kBodyRoomPollMs;
  if (state_ == State::kReadingBody) return body_wanted_by_ms_;
  return state_ == State::kAnswering ? exchange_->wakeup_ms() : kNever;
}

// One timer serves all deadlines. A deadline that moves away is left to go off early: that is cheaper
// than a new timer for every event of a stream.
void Session::arm_timer() {
  const double wanted = wakeup_ms();
  if (wanted >= timer_set_for_ms_) return;
  timer_set_for_ms_ = wanted;
  const double wait_ms = std::max(1.0, wanted - context_.now_ms);
  context_.commands.add(CommandKind::kSetTimer, 0, static_cast<uint32_t>(wait_ms));
}

}  // namespace onellm::gateway
