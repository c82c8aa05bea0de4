// The interface for answering one accepted request. The session passes its events on to an exchange once it knows the
// route.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/http/head.h"

namespace onellm::gateway {

class Exchange {
 public:
  Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  virtual ~Exchange() = default;

  virtual void on_fetch_head(uint32_t id, const Head& head) = 0;
  virtual void on_fetch_bytes(uint32_t id, std::string_view bytes) = 0;
  virtual void on_fetch_end(uint32_t id) = 0;
  virtual void on_fetch_failed(uint32_t id) = 0;
  // The value of a KV key that was asked for; `value` is empty if there is none.
  virtual void on_kv(uint32_t /*id*/, bool /*found*/, std::string_view /*value*/) {}
  // The result of a call to a Durable Object. If it failed, `reply` is the message of the failure, for programs.
  virtual void on_object(uint32_t /*id*/, bool /*replied*/, std::string_view /*reply*/) {}
  // The bytes that kReadRandom asked for.
  virtual void on_random(uint32_t /*id*/, std::string_view /*bytes*/) {}
  // Time has passed: does what is due.
  virtual void on_time() = 0;
  // The client left: cancels everything that is open.
  virtual void on_client_gone() = 0;

  // When on_time() must be called, in milliseconds since 1970; infinity: never.
  [[nodiscard]] virtual double wakeup_ms() const = 0;
  // True when the reply is complete, or the client left.
  [[nodiscard]] virtual bool over() const = 0;
  // True while the request's body is still viewed.
  [[nodiscard]] virtual bool body_needed() const = 0;
};

}  // namespace onellm::gateway
