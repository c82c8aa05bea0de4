// What is noted about a request while it is answered, until account_request() records it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/accounting/call_record.h"
#include "gateway/accounting/wait_meter.h"
#include "gateway/http/head.h"

namespace onellm::gateway {

inline constexpr std::string_view kModelsRoute = "/v1/models";

struct RequestAccount {
  // True if the request gets a data point and a row of the ledger: set before its key is checked. Preflights, health
  // checks, and unknown paths and methods do not count, because anyone can send millions of them.
  bool counts = false;
  bool is_quiet = false;   // A preflight or a health check: logged only at level debug.
  std::string_view route;  // One of a fixed list; empty: there is no such route.
  std::string key_id;      // Empty: the request had no valid key.
  std::string key_name;
  std::string country;  // The client's country, from Cloudflare.
  std::string colo;
  std::string_view session;     // The id of the client's session, and its user-agent: views of the head of the request.
  std::string_view user_agent;  // Empty: not given.
  std::string model;            // The `model` field, cut to kModelNotedBytesMax.
  std::string_view merge;       // Empty: one leg, or the request was refused before.
  int legs = 0;                 // 0: the request was refused before.
  int64_t body_bytes = 0;       // Bytes of the client's body.
  int64_t prompt_bytes = 0;     // Bytes of the texts in it, for an estimate of its tokens.
  int status = 0;               // Status of the reply; 0: there was no reply.
  std::string error_code;       // Code of the gateway's own error reply.
  bool client_gone = false;
  std::string logged_body;  // The beginning of the client's body, if bodies are logged.

  WaitMeter upstream_wait;
  std::vector<CallRecord> calls;  // The calls that are over, in the order in which they ended.
};

// Notes what Cloudflare reports about the client, and what its headers say of it. `request` views a text that outlives
// the account.
void note_client(const Head& request, RequestAccount& account);

}  // namespace onellm::gateway
