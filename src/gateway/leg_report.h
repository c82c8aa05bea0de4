// What accounting and the client are told of a leg.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "chat/event.h"
#include "providers/provider.h"

namespace onellm::gateway {

struct LegReport {
  std::string name;          // As asked.
  std::string provider;      // Of the target that answered, or of the last one tried.
  std::string model;         // The provider's own name for what was asked of it.
  std::string served_model;  // What the reply says it came from, often a dated snapshot.
  int attempts = 0;          // Calls made, retries and all.
  int upstream_status = 0;   // Of the last attempt; 0: no reply.
  double started_ms = 0;
  double first_token_ms = 0;  // When the first content came; 0: none did.
  double ended_ms = 0;        // 0: still going.
  bool cancelled = false;     // A race was won by another leg, or the client left.
  std::optional<chat::FinishReason> finish;
  std::optional<chat::Usage> usage;
  std::optional<Error> error;
  std::vector<std::string> dropped;               // Parameters that the target did not get.
  std::vector<providers::Header> passed_headers;  // Of the upstream's reply, for the client.
};

}  // namespace onellm::gateway
