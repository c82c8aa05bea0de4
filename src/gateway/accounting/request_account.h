// What is noted of a request while it is being answered, until account_request() writes it down.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/accounting/call_record.h"
#include "gateway/accounting/wait_meter.h"
#include "gateway/http/head.h"

namespace onellm::gateway {

inline constexpr std::string_view kChatRoute = "/v1/chat/completions";
inline constexpr std::string_view kModelsRoute = "/v1/models";

struct RequestAccount {
  // Whether it is worth a data point and a row of the ledger: from the check of its key on. Preflights, health
  // checks, and paths and methods that do not exist are not: anybody can send those by the million.
  bool counts = false;
  bool is_quiet = false;   // A preflight or a health check: logged at level debug alone.
  std::string_view route;  // One of those above, or another fixed one; empty: there is no such route.
  std::string key_id;      // Empty: it had no valid key.
  std::string key_name;
  std::string country;  // As Cloudflare says it of the client.
  std::string colo;
  std::string model;         // The `model` field, cut to kModelNotedBytesMax.
  std::string_view merge;    // Empty: one leg, or it did not get so far.
  int legs = 0;              // 0: likewise.
  int64_t body_bytes = 0;    // Of the client's body.
  int64_t prompt_bytes = 0;  // Of the texts in it: what an estimate of its tokens starts from.
  int status = 0;            // Of the reply; 0: it had none.
  std::string error_code;    // Of the gateway's own error reply.
  bool client_gone = false;
  std::string logged_body;  // Where bodies are logged: the beginning of the client's.

  WaitMeter upstream_wait;
  std::vector<CallRecord> calls;  // Those that are over, in the order in which they ended.
};

// Notes what Cloudflare says of the client.
void note_client(const Head& request, RequestAccount& account);

}  // namespace onellm::gateway
