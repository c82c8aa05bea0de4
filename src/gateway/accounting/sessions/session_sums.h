// Adds up the requests of each session of a client until the ledger is flushed.
//
// Rule: sessions are a convenience, the rows of the ledger are the account. Over kLedgerSessionsMax waiting sessions,
// requests of further ones are counted in the rows alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/writer.h"

namespace onellm::gateway {

// One request of a session, all its calls together.
struct SessionRequest {
  std::string_view key;
  std::string_view id;
  std::string_view agent;  // The client's name; empty: unknown.
  int64_t prompt_tokens = 0;
  int64_t completion_tokens = 0;
  int64_t cached_tokens = 0;
  int64_t cost_pico_usd = 0;
  int64_t started_ms = 0;  // Since 1970.
  int64_t ended_ms = 0;
};

class SessionSums {
 public:
  // Requires a key and an id. Negative amounts count as 0.
  void add(const SessionRequest& request);

  // Writes the member `sessions`, unless there are none, and forgets them.
  void take(json::ObjectWriter& batch);

 private:
  struct Session {
    std::string key;
    std::string id;
    std::vector<std::string> agents;  // At most kSessionAgentsMax.
    int64_t requests = 0;
    int64_t prompt_tokens = 0;
    int64_t completion_tokens = 0;
    int64_t cached_tokens = 0;
    int64_t cost_pico_usd = 0;
    int64_t first_ms = 0;
    int64_t last_ms = 0;
  };

  [[nodiscard]] Session* session_of(const SessionRequest& request);

  std::vector<Session> sessions_;
};

}  // namespace onellm::gateway
