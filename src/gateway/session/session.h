// One client request from its first byte to its last: events in, commands out.
//
// The session does everything before the route's own work: settings, authentication, the body and its limits. Then an
// Exchange answers (exchange.h).
//
// Rule: It never waits. Time and random numbers come only with events, so the same events give the same commands.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/gateway.h"
#include "gateway/http/request_body.h"
#include "gateway/http/routes.h"
#include "gateway/keys/authentication/identification.h"
#include "gateway/session/context.h"
#include "gateway/session/exchange.h"
#include "gateway/session/memory.h"
#include "gateway/session/protocol.h"

namespace onellm::gateway {

class Session {
 public:
  // `gateway` must outlive it.
  Session(Gateway& gateway, const std::array<uint32_t, 4>& seed);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Returns where to write the payload of the next event. Valid until that event.
  [[nodiscard]] char* input(EventKind kind, size_t bytes);
  // Handles an event. Its payload is what was written to input(), or empty.
  void on_event(EventKind kind, uint32_t id, double now_ms);
  // The same for callers that already have the payload.
  void on_event(EventKind kind, uint32_t id, double now_ms, std::string_view payload);

  // The next command, or null. It is valid until the next call of any method. Take all commands after each event.
  [[nodiscard]] const Command* next();

 private:
  enum class State : uint8_t {
    kNew,
    kReadingSettings,  // Settings are being read from KV.
    kIdentifying,      // The caller is looked up (identification_).
    kWaitingForRoom,   // Other bodies use the memory; the client's body has not been read.
    kReadingBody,
    kAnswering,  // exchange_ handles the events.
    kOver,       // The reply is complete, or the client left. Final.
  };

  void on_request(std::string_view head_text);
  void on_kv(uint32_t id, bool found, std::string_view value);
  void route();
  void identify(const Head& head);
  void follow_identification();
  [[nodiscard]] bool identifies_anew(const Error& refusal);
  void serve();
  // start() may already finish the exchange.
  template <typename AnyExchange>
  void answer_by(std::unique_ptr<AnyExchange> exchange) {
    AnyExchange& started = *exchange;
    state_ = State::kAnswering;
    exchange_ = std::move(exchange);
    started.start();
  }
  template <typename AnyExchange, typename Plan>
  void answer_planned(Result<std::unique_ptr<Plan>> plan);
  void handle(EventKind kind, uint32_t id);
  void begin_body(const Head& head, size_t bytes_max);
  void begin_usage(std::string_view key);
  void begin_keys(const Head& head);
  void read_body_if_room();
  void on_body_bytes(std::string& piece);
  void on_body_end(bool is_broken);
  void go_on_with_body();
  void take_body();
  void answer_body();
  void on_fetch_end(uint32_t id, std::string& last_bytes);
  void on_timer();
  void end_slow_body();
  void end_unread_reply();
  [[nodiscard]] double taking_wanted_by_ms() const;
  [[nodiscard]] double wakeup_ms() const;
  void arm_timer();

  MemoryUse memory_;  // First, so that it is destroyed last.
  Gateway& gateway_;
  Context context_;
  State state_ = State::kNew;
  std::string scratch_;  // The payload of the current event, except for bodies.
  RequestBody body_;
  std::string_view coding_;  // How the body is compressed, by a name that the shim knows; empty: it is not.
  size_t body_limit_ = 0;    // The most bytes that the body may have.
  bool body_ended_ = false;  // Nothing more of the body will come.
  bool accounted_ = false;
  bool body_done_ = false;                          // Only commands that were not taken yet may view it.
  std::optional<Route> route_;                      // Of the request; set before the caller is known.
  std::unique_ptr<Identification> identification_;  // Null for the master key.
  bool has_read_body_ = false;                      // The caller is identified anew, for a body that was read.
  std::map<uint32_t, std::string> kv_asked_;
  std::map<std::string, std::string> kv_found_;
  std::unique_ptr<Exchange> exchange_;
  double replied_ms_ = 0;  // When a long reply began to be sent.
  double taken_ms_ = 0;    // When the client had taken what was sent of it.
  double timer_set_for_ms_;
};

}  // namespace onellm::gateway
