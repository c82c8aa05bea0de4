// The part of a session that reads the body of its request.
#include <charconv>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "gateway/chat/exchange.h"
#include "gateway/chat/plan.h"
#include "gateway/count_tokens/exchange.h"
#include "gateway/count_tokens/plan.h"
#include "gateway/http/refusals.h"
#include "gateway/http/reply.h"
#include "gateway/keys/admin/exchange.h"
#include "gateway/session/session.h"

namespace onellm::gateway {

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

// `piece` is empty if its bytes are in the body already: there was room for them.
void Session::on_body_bytes(std::string& piece) {
  if (state_ != State::kReadingBody) return;
  if (body_.waits() && piece.empty()) return;
  // While the body waits, the shim delivers nothing.
  if (body_.waits() || !gateway_.memory().has_room_for(body_.buffer().size() + piece.size())) {
    state_ = State::kOver;
    return refuse_busy(context_);
  }
  body_.note_progress(context_.now_ms);
  if (piece.empty()) return;
  body_.hold(std::move(piece), context_.now_ms);
  context_.commands.add(CommandKind::kPause, kClientBody);
  go_on_with_body();
}

// There was no room for a piece of the body.
void Session::go_on_with_body() {
  if (body_.take_held(context_.now_ms)) {
    if (body_ended_) return take_body();
    return context_.commands.add(CommandKind::kResume, kClientBody);
  }
  if (!body_.no_room_in_time(context_.now_ms)) return;
  state_ = State::kOver;
  refuse_busy(context_);
}

void Session::end_slow_body() {
  if (context_.now_ms < body_.wanted_by_ms()) return;
  state_ = State::kOver;
  refuse_slow_body(context_);
}

void Session::on_body_end(bool is_broken) {
  if (state_ != State::kReadingBody) return;
  if (is_broken && body_.buffer().size() <= body_limit_) {
    state_ = State::kOver;
    return refuse_broken_coding(context_, coding_);
  }
  body_ended_ = true;
  if (!body_.waits()) take_body();
}

void Session::take_body() {
  body_.complete();
  const json::Buffer& body = body_.buffer();
  const bool is_prompt = route_->kind == RouteKind::kChat || route_->kind == RouteKind::kCountTokens;
  context_.account.body_bytes = static_cast<int64_t>(body.size());
  // An import has hashes, which no log may have.
  if (context_.settings->log_bodies && is_prompt)
    context_.account.logged_body = utf8_prefix(body.text(), kLoggedTextBytesMax);
  state_ = State::kOver;
  if (body.size() > body_limit_) return refuse_size(context_, body_limit_);
  if (!gateway_.memory().can_parse(body.size())) return refuse_busy(context_);
  answer_body();
}

void Session::answer_body() {
  const json::Buffer& body = body_.buffer();
  if (route_->kind == RouteKind::kChat) return answer_planned<ChatExchange>(plan_chat(context_, body));
  if (route_->kind == RouteKind::kCountTokens) return answer_planned<CountExchange>(plan_count(context_, body));
  answer_by(std::make_unique<KeysExchange>(context_, read_key_request(*route_, context_.request), body.text()));
}

template <typename AnyExchange, typename Plan>
void Session::answer_planned(Result<std::unique_ptr<Plan>> plan) {
  if (!plan) {
    const Error error = plan.error();
    if (identifies_anew(error)) return;
    return error.kind == ErrorKind::kBusy ? refuse_busy(context_) : send_error(context_, error);
  }
  if (!gateway_.memory().has_room_for(memory_.held_bytes())) return refuse_busy(context_);
  answer_by(std::make_unique<AnyExchange>(context_, std::move(*plan)));
}

}  // namespace onellm::gateway
