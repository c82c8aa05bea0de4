#include "gateway/session/session.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "gateway/accounting/account.h"
#include "gateway/http/reply.h"

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
    if (char* at = body_.extend(bytes, context_.now_ms)) return at;
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
    case EventKind::kRequestBytes: on_body_bytes(payload); break;
    case EventKind::kRequestEnd:
      on_body_bytes(payload);
      on_body_end(id == kBrokenBody);
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
      if (answering) exchange_->on_object(id, false, payload);
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
    case State::kReadingBody: return body_.waits() ? go_on_with_body() : end_slow_body();
    case State::kAnswering: return exchange_->on_time();
    case State::kOver: return end_unread_reply();
    case State::kNew:
    case State::kReadingSettings: return;
  }
}

double Session::wakeup_ms() const {
  if (state_ == State::kIdentifying) return identification_->wakeup_ms();
  if (state_ == State::kWaitingForRoom) return context_.now_ms + kBodyRoomPollMs;
  if (state_ == State::kReadingBody) {
    return body_.waits() ? context_.now_ms + kBodyRoomPollMs : body_.wanted_by_ms();
  }
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
