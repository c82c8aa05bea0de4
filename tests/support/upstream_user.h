// A user of gateway/upstream that knows bytes alone, and a clock that only the test moves.
//
// Rule: no part of a chat is in it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/gateway.h"
#include "gateway/upstream/call.h"
#include "gateway/upstream/errors.h"
#include "gateway/upstream/fetch.h"

namespace onellm::gateway::test {

inline constexpr double kNoonMs = 1'700'000'000'000;
inline constexpr Deadlines kShortDeadlines{
    .head = {1'000, "HEAD"}, .first = {5'000, "FIRST"}, .idle = {2'000, "IDLE"}, .answer = {20'000, "ANSWER"}};

// What a session gives to an upstream call.
struct Surroundings {
  Gateway gateway;
  MemoryUse memory_use{gateway.memory()};
  Context context{.commands = {},
                  .random = Random({1, 2, 3, 4}),
                  .client = nullptr,
                  .cooldowns = &gateway.cooldowns(),
                  .learned = &gateway.learned(),
                  .thoughts = &gateway.thoughts(),
                  .encoded_room = &gateway.encoded_room(),
                  .memory = &gateway.memory(),
                  .memory_use = &memory_use,
                  .held_replies = RoomShare(gateway.replies_room()),
                  .now_ms = kNoonMs,
                  .request = {},
                  .settings = gateway.settings()};

  // The commands since the last call, as `fetch 1`, `pause 1`.
  std::vector<std::string> take_commands() {
    std::vector<std::string> out;
    while (const Command* command = context.commands.next()) {
      out.push_back(name_of(*command) + " " + std::to_string(command->id));
      if (command->kind == CommandKind::kFetch) sent.push_back(command->head + " " + command->body.flat());
      if (command->kind == CommandKind::kReadWhole) read_bytes_max = command->number;
    }
    return out;
  }

  std::vector<std::string> sent;  // Head and body of each request that was taken.
  uint32_t read_bytes_max = 0;

 private:
  static std::string name_of(const Command& command) {
    if (command.kind == CommandKind::kFetch) return command.number == 1 ? "only-fetch" : "fetch";
    if (command.kind == CommandKind::kReadStream) return "read-stream";
    if (command.kind == CommandKind::kReadWhole) return "read-whole";
    if (command.kind == CommandKind::kPause) return "pause";
    if (command.kind == CommandKind::kResume) return "resume";
    if (command.kind == CommandKind::kAbortFetch) return command.number == 1 ? "stop" : "abort";
    return "other";
  }
};

// Makes a call over places, and does what the steps say.
class UpstreamUser {
 public:
  // A place is `model` or `model@resource`; several places of one model are one provider.
  explicit UpstreamUser(const std::vector<std::string>& places = {"one"}, uint32_t retries = 0,
                        std::shared_ptr<Surroundings> surroundings = std::make_shared<Surroundings>())
      : around(std::move(surroundings)) {
    UpstreamPlan plan{.name = "leg",
                      .targets = {},
                      .deadlines = kShortDeadlines,
                      .retries = retries,
                      .began_ms = around->context.now_ms};
    for (const std::string& place : places) {
      const std::string model = place.substr(0, place.find('@'));
      providers::Provider& provider = providers_.emplace_back();
      provider.kind = &providers::compatible_kind();
      provider.name = "host-of-" + model;
      provider.resource = place.substr(model.size());
      provider.key = "secret-key";
      targets_.push_back({.asked = model, .provider = &provider, .model = model});
    }
    for (const routing::Target& target : targets_) plan.targets.push_back(&target);
    call = std::make_unique<UpstreamCall>(std::move(plan), around->context);
  }

  UpstreamUser& start() {
    call->start();
    pass(UpstreamStep::kDue);
    return *this;
  }
  void head(int status) { pass(call->on_head(Head(std::to_string(status)))); }
  void bytes(const std::string& text) {
    const UpstreamStep step = call->on_bytes(text);
    if (step == UpstreamStep::kBytes) got += text;
    pass(step);
  }
  void end() { pass(call->on_end()); }
  void fail() { pass(call->on_failed()); }
  // A reply with an error status.
  void refuse(int status, const std::string& body = "No") {
    head(status);
    bytes(body);
    end();
  }
  // Lets time pass. Deadlines are looked at when they are due.
  void wait(double ms) {
    const double until_ms = now_ms() + ms;
    while (call->deadline_ms() <= until_ms) {
      around->context.now_ms = std::max(now_ms(), call->deadline_ms());
      pass(call->on_time(client_is_ahead));
    }
    around->context.now_ms = until_ms;
  }
  double& now_ms() { return around->context.now_ms; }
  // The places that were asked, in order.
  [[nodiscard]] std::string asked() const {
    std::string out;
    for (const std::string& request : around->sent) out.append(out.empty() ? "" : ", ").append(request);
    return out;
  }

  std::shared_ptr<Surroundings> around;
  std::unique_ptr<UpstreamCall> call;
  std::string got;                    // The bytes of good replies.
  std::string outcome;                // How the call ended; empty: it goes on.
  std::vector<std::string> commands;  // Of the last event, as in Surroundings.
  bool reads_whole = false;
  bool client_is_ahead = false;
  std::vector<providers::Header> reply_headers;  // Of every failed reply.
  // Asked after a failure: the body to send to the same target instead, or empty.
  std::function<std::string(const Error&)> other_body = [](const Error&) { return ""; };

 private:
  void pass(UpstreamStep step) {
    follow(step);
    commands = around->take_commands();
  }

  void send(const std::string& body) {
    const routing::Target& target = targets_[call->current()];
    Rope& rope = bodies_.emplace_back();
    rope.add_owned(body);
    call->send({.head = target.model + target.provider->resource,
                .body = &rope,
                .provider = target.provider->name,
                .is_only_hope = call->single()});
  }

  void ask_next(const Error& error) {
    const std::string other = other_body(error);
    if (!other.empty()) return send(other);
    const providers::Provider& provider = *targets_[call->current()].provider;
    follow(call->move_on(failure_of(error, provider, call->status(), reply_headers, now_ms())));
  }

  void follow(UpstreamStep step) {
    switch (step) {
      case UpstreamStep::kNothing:
      case UpstreamStep::kBytes: return;
      case UpstreamStep::kDue: return send("body");
      case UpstreamStep::kBegan: return reads_whole ? call->read_whole(100) : call->read_stream();
      case UpstreamStep::kEnded: outcome = "ended"; return call->finish();
      case UpstreamStep::kBroken:
      case UpstreamStep::kLost:
        if (step == UpstreamStep::kBroken && !call->has_answer()) {
          call->cancel();
          return ask_next(call->error());
        }
        outcome = (step == UpstreamStep::kLost ? "lost: " : "broken: ") + call->error().message;
        call->cancel();
        return;
      case UpstreamStep::kRefused:
        return ask_next({.kind = ErrorKind::kUpstreamRefused,
                         .message = call->take_error_body(),
                         .status = call->status(),
                         .upstream_status = call->status()});
      case UpstreamStep::kFailed: return ask_next(call->error());
      case UpstreamStep::kGaveUp: outcome = "failed: " + call->failure().error.message; return;
    }
  }

  std::deque<providers::Provider> providers_;
  std::deque<routing::Target> targets_;
  std::deque<Rope> bodies_;
};

}  // namespace onellm::gateway::test
