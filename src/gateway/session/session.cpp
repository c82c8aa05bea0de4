#include "gateway/session/session.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "gateway/accounting/account.h"
#include "gateway/accounting/request_log.h"
#include "gateway/chat/exchange.h"
#include "gateway/chat/plan.h"
#include "gateway/count_tokens/exchange.h"
#include "gateway/count_tokens/plan.h"
#include "gateway/http/authentication.h"
#include "gateway/http/health.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"
#include "gateway/keys/admin/exchange.h"
#include "gateway/keys/own/exchange.h"
#include "gateway/model_list/exchange.h"
#include "gateway/usage/exchange.h"

namespace onellm::gateway {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr size_t kKeptPayloadBytesMax = 4096;

}  // namespace

Session::Session(Gateway& gateway, const std::array<uint32_t, 4>& seed)
    : memory_(gateway.memory()),
      gateway_(gateway),
      context_{.commands = {},
               .random = Random(seed),
               .client = gateway.clients().front().dialect,
               .cooldowns = &gateway.cooldowns(),
               .learned = &gateway.learned(),
               .thoughts = &gateway.thoughts(),
               .encoded_room = &gateway.encoded_room(),
               .memory = &gateway.memory(),
               .memory_use = &memory_,
               .held_replies = RoomShare(gateway.replies_room()),
               .request = {},
               .settings = {},
               .known_keys = &gateway.known_keys(),
               .ledger = &gateway.ledger()},
      body_(gateway.bodies_room()),
      timer_set_for_ms_(kNever) {}

char* Session::input(EventKind kind, size_t bytes) {
  const MemoryUse::Scope measured(memory_);
  const bool is_body = kind == EventKind::kRequestBytes || kind == EventKind::kRequestEnd;
  if (is_body && state_ == State::kReadingBody) {
    scratch_.clear();
    if (char* at = body_.extend(bytes)) return at;
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
  const MemoryUse::Scope measured(memory_);
  context_.now_ms = now_ms;
  handle(kind, id);
  if (exchange_ != nullptr && exchange_->over()) state_ = State::kOver;
  if (state_ == State::kOver && !std::exchange(accounted_, true)) {
    replied_ms_ = taken_ms_ = now_ms;
    account_request(context_);
  }
  body_done_ = state_ == State::kOver || (exchange_ != nullptr && !exchange_->body_needed());
  arm_timer();
}

void Session::handle(EventKind kind, uint32_t id) {
  std::string payload = std::exchange(scratch_, {});
  const bool answering = state_ == State::kAnswering;
  switch (kind) {
    case EventKind::kRequest: on_request(payload); break;
    case EventKind::kRequestBytes: on_body_bytes(); break;
    case EventKind::kRequestEnd:
      on_body_bytes();
      on_body_end();
      break;
    case EventKind::kKvValue: on_kv(id, true, payload); break;
    case EventKind::kKvMissing: on_kv(id, false, {}); break;
    case EventKind::kFetchHead:
      if (answering) exchange_->on_fetch_head(id, Head(payload));
      break;
    case EventKind::kFetchBytes:
      if (answering) exchange_->on_fetch_bytes(id, payload);
      break;
    case EventKind::kFetchEnd:
      if (answering) on_fetch_end(id, payload);
      break;
    case EventKind::kFetchFailed:
      if (answering) exchange_->on_fetch_failed(id);
      break;
    case EventKind::kObjectReply:
      if (answering) exchange_->on_object(id, true, payload);
      if (state_ == State::kIdentifying) identification_->on_object(id, true, payload), follow_identification();
      break;
    case EventKind::kObjectFailed:
      if (answering) exchange_->on_object(id, false, {});
      if (state_ == State::kIdentifying) identification_->on_object(id, false, {}), follow_identification();
      break;
    case EventKind::kRandomBytes:
      if (answering) exchange_->on_random(id, payload);
      break;
    case EventKind::kHeaders:
      if (state_ == State::kIdentifying) identification_->on_headers(Head(payload)), follow_identification();
      break;
    case EventKind::kTimer: on_timer(); break;
    case EventKind::kClientReady:
      if (state_ != State::kOver) break;
      exchange_.reset();  // Freed now: the client may read for long.
      taken_ms_ = context_.now_ms;
      send_next_piece(context_);
      break;
    case EventKind::kClientGone:
      context_.account.client_gone = state_ != State::kOver;
      if (exchange_ != nullptr) exchange_->on_client_gone();
      state_ = State::kOver;
      break;
  }
  // The next event usually has a payload of similar size: its buffer is reused, so no memory is allocated.
  if (state_ != State::kAnswering || payload.capacity() > kKeptPayloadBytesMax) return;
  payload.clear();
  scratch_ = std::move(payload);
}

// The last commands may view the body and the reply, so both are released after all commands were taken.
const Command* Session::next() {
  if (context_.commands.has_next()) return context_.commands.next();  // Allocates and frees nothing.
  const MemoryUse::Scope measured(memory_);
  const Command* command = context_.commands.next();
  if (command == nullptr && body_done_) {
    body_.release();
    context_.unsent_reply.end_if_sent();
  }
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
  identification_->start(credential);
  follow_identification();
}

void Session::follow_identification() {
  if (!identification_->done()) return;
  state_ = State::kOver;
  if (!identification_->send_refusal()) serve();
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
    case RouteKind::kUsage: return answer_by(std::make_unique<UsageExchange>(context_, std::string_view()));
    case RouteKind::kOwnUsage: return answer_by(std::make_unique<UsageExchange>(context_, context_.caller.id()));
    case RouteKind::kOwnKey: return answer_by(std::make_unique<OwnKeyExchange>(context_));
    case RouteKind::kKeys:
    case RouteKind::kKey:
    case RouteKind::kKeyRotate:
    case RouteKind::kKeyExport:
    case RouteKind::kKeyImport: return begin_keys(head);
    case RouteKind::kHealth: return send_health(context_);
    case RouteKind::kRoot: return send_root(context_);
  }
}

void Session::begin_keys(const Head& head) {
  KeyRequest request = read_key_request(*route_, context_.request);
  if (has_body(request.action)) return begin_body(head, body_bytes_max(request.action));
  answer_by(std::make_unique<KeysExchange>(context_, std::move(request), std::string_view()));
}

// start() may already finish the exchange.
template <typename AnyExchange>
void Session::answer_by(std::unique_ptr<AnyExchange> exchange) {
  AnyExchange& started = *exchange;
  state_ = State::kAnswering;
  exchange_ = std::move(exchange);
  started.start();
}

// --- the body ---

void Session::begin_body(const Head& head, size_t bytes_max) {
  body_limit_ = bytes_max;
  const std::optional<std::string_view> coding = readable_coding(head);
  if (!coding) return refuse_coding(context_, head.header("content-encoding"));
  coding_ = *coding;
  const std::string_view length_text = head.header("content-length");
  size_t declared = 0;
  std::from_chars(length_text.data(), length_text.data() + length_text.size(), declared);
  if (declared > body_limit_) return refuse_size(context_, body_limit_);
  state_ = State::kWaitingForRoom;
  body_.expect(coding_.empty() ? declared : 0, context_.now_ms);  // 0: unknown.
  read_body_if_room();
}

void Session::read_body_if_room() {
  const bool has_memory =
      gateway_.memory().has_room_for(body_.declared()) && gateway_.memory().can_parse(body_.declared());
  if (!has_memory || !body_.admit(context_.now_ms)) {
    if (!body_.no_room_in_time(context_.now_ms)) return;
    state_ = State::kOver;
    return refuse_busy(context_);
  }
  state_ = State::kReadingBody;
  context_.commands.add(
      {.kind = CommandKind::kReadRequest, .number = static_cast<uint32_t>(body_limit_), .head = std::string(coding_)});
}

void Session::on_body_bytes() {
  if (state_ != State::kReadingBody) return;
  const bool has_memory = gateway_.memory().has_room_for(body_.buffer().size());
  if (has_memory && !body_.refused()) return body_.note_progress(context_.now_ms);
  state_ = State::kOver;
  refuse_busy(context_);
}

void Session::end_slow_body() {
  if (context_.now_ms < body_.wanted_by_ms()) return;
  state_ = State::kOver;
  refuse_slow_body(context_);
}

void Session::on_body_end() {
  if (state_ != State::kReadingBody) return;
  const json::Buffer& body = body_.buffer();
  const bool is_prompt = route_->kind == RouteKind::kChat || route_->kind == RouteKind::kCountTokens;
  context_.account.body_bytes = static_cast<int64_t>(body.size());
  // An import has hashes, which no log may have.
  if (context_.settings->log_bodies && is_prompt)
    context_.account.logged_body = utf8_prefix(body.text(), kLoggedTextBytesMax);
  state_ = State::kOver;
  if (body.size() > body_limit_) return refuse_size(context_, body_limit_);
  if (!gateway_.memory().can_parse(body.size())) return refuse_busy(context_);
  if (route_->kind == RouteKind::kChat) return answer_planned<ChatExchange>(plan_chat(context_, body));
  if (route_->kind == RouteKind::kCountTokens) return answer_planned<CountExchange>(plan_count(context_, body));
  answer_by(std::make_unique<KeysExchange>(context_, read_key_request(*route_, context_.request), body.text()));
}

template <typename AnyExchange, typename Plan>
void Session::answer_planned(Result<std::unique_ptr<Plan>> plan) {
  if (!plan) {
    const Error error = plan.error();
    return error.kind == ErrorKind::kBusy ? refuse_busy(context_) : send_error(context_, error);
  }
  if (!gateway_.memory().has_room_for(memory_.held_bytes())) return refuse_busy(context_);
  answer_by(std::make_unique<AnyExchange>(context_, std::move(*plan)));
}

// --- the exchange ---

// The head was sent, so the only way to report an error is to break the connection.
void Session::end_unread_reply() {
  UnsentReply& reply = context_.unsent_reply;
  if (!reply.waits() || context_.now_ms < taking_wanted_by_ms()) return;
  reply.give_up();
  context_.commands.add(CommandKind::kSendAbort, 0, 1);
}

// The deadline for the client to take what was sent. A client that reads too slowly is ended too.
double Session::taking_wanted_by_ms() const {
  constexpr double kMsPerByte = 1000.0 / kReplyBytesPerSecondMin;
  const double sent_ms = static_cast<double>(context_.unsent_reply.sent_bytes()) * kMsPerByte;
  return std::min(taken_ms_, replied_ms_ + sent_ms) + kReplyIdleTimeoutMs;
}

void Session::on_fetch_end(uint32_t id, std::string& last_bytes) {
  // A large reply must not stay here while it is decoded.
  if (!last_bytes.empty()) exchange_->on_fetch_bytes(id, std::exchange(last_bytes, {}));
  exchange_->on_fetch_end(id);
}

void Session::on_timer() {
  timer_set_for_ms_ = kNever;
  switch (state_) {
    case State::kIdentifying: identification_->on_time(); return follow_identification();
    case State::kWaitingForRoom: return read_body_if_room();
    case State::kReadingBody: return end_slow_body();
    case State::kAnswering: return exchange_->on_time();
    case State::kOver: return end_unread_reply();
    case State::kNew:
    case State::kReadingSettings: return;
  }
}

double Session::wakeup_ms() const {
  if (state_ == State::kIdentifying) return identification_->wakeup_ms();
  if (state_ == State::kWaitingForRoom) return context_.now_ms + kBodyRoomPollMs;
  if (state_ == State::kReadingBody) return body_.wanted_by_ms();
  if (state_ == State::kOver && context_.unsent_reply.waits()) return taking_wanted_by_ms();
  return state_ == State::kAnswering ? exchange_->wakeup_ms() : kNever;
}

// One timer serves all deadlines. If a deadline moves later, the old timer may fire early: that is cheaper than a new
// timer for every event of a stream.
void Session::arm_timer() {
  const double wanted = wakeup_ms();
  if (wanted >= timer_set_for_ms_) return;
  timer_set_for_ms_ = wanted;
  const double wait_ms = std::max(1.0, wanted - context_.now_ms);
  context_.commands.add(CommandKind::kSetTimer, 0, static_cast<uint32_t>(wait_ms));
}

}  // namespace onellm::gateway
