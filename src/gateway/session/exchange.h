// One authenticated request being answered: what the session hands events to once it knows the route.
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
  // What KV holds under a key that was asked for; `value` is empty where it holds nothing.
  virtual void on_kv(uint32_t /*id*/, bool /*found*/, std::string_view /*value*/) {}
  // What a Durable Object said to a call; `reply` is empty where the call failed.
  virtual void on_object(uint32_t /*id*/, bool /*replied*/, std::string_view /*reply*/) {}
  // Time has passed; what is due is done.
  virtual void on_time() = 0;
  // Nobody reads the reply any more: everything open is cancelled.
  virtual void on_client_gone() = 0;

  // When on_time() is wanted, in milliseconds since 1970; infinity: no need.
  [[nodiscard]] virtual double wakeup_ms() const = 0;
  // The reply is complete, or nobody wants it.
  [[nodiscard]] virtual bool over() const = 0;
  // The request's body is still viewed.
  [[nodiscard]] virtual bool body_needed() const = 0;
};

}  // namespace onellm::gateway
