// How long each phase of an upstream call may take.
#pragma once

#include <cstdint>

#include "routing/settings/settings.h"

namespace onellm::gateway {

struct Deadline {
  uint32_t ms = 0;           // 0: none.
  const char* setting = "";  // Named in the error: the setting that changes it.
};

struct Deadlines {
  Deadline head;    // From the request to the head of the reply.
  Deadline first;   // From the head to the first part of the answer. Of a whole reply: to its first bytes.
  Deadline idle;    // From one sign of life to the next after that.
  Deadline answer;  // From UpstreamPlan::began_ms to the first part of the answer, over all calls.
};

[[nodiscard]] inline Deadlines deadlines_of(const routing::Settings& settings, bool stream) {
  return {.head = {settings.head_timeout_ms(stream), settings.head_timeout_setting(stream)},
          .first = {settings.first_token_timeout_ms, "ONELLM_FIRST_TOKEN_TIMEOUT_MS"},
          .idle = {settings.idle_timeout_ms, "ONELLM_IDLE_TIMEOUT_MS"},
          .answer = {settings.total_timeout_ms, "ONELLM_TOTAL_TIMEOUT_MS"}};
}

}  // namespace onellm::gateway
