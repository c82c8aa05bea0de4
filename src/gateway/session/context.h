// The state that all parts of one session share: the command queue, the time, the client's request, the settings.
#pragma once

#include <memory>
#include <string>

#include "dialects/client_dialect.h"
#include "gateway/accounting/request_account.h"
#include "gateway/http/unsent_reply.h"
#include "gateway/keys/caller.h"
#include "gateway/keys/metering/key_use.h"
#include "gateway/session/commands.h"
#include "gateway/session/memory.h"
#include "gateway/session/random.h"
#include "gateway/session/room.h"
#include "gateway/upstream/cooldowns.h"
#include "gateway/upstream/learned.h"
#include "routing/settings/settings.h"

namespace onellm::gateway {

// The client's request without its body, kept for the whole session.
struct ClientRequest {
  std::string method;
  std::string path;   // Without the query.
  std::string query;  // Without the '?'.
  std::string head;   // The head text; read with Head.
};

class KnownKeys;
class Ledger;
class ThoughtMemory;

struct Context {
  CommandQueue commands;
  Random random;
  const dialects::ClientDialect* client;  // The dialect of the request's path. Never null.
  Cooldowns* cooldowns;                   // The gateway's, shared by all sessions. Never null.
  Learned* learned;                       // Likewise.
  ThoughtMemory* thoughts;                // Likewise.
  Room* encoded_room;                     // Likewise.
  const Memory* memory;                   // Likewise.
  const MemoryUse* memory_use;            // Of this session.
  RoomShare held_replies;                 // Room for whole replies that wait (chat/held_replies.h).
  double now_ms = 0;                      // Time of the current event, since 1970.
  double started_ms = 0;                  // When the request came.
  std::string request_id = {};
  ClientRequest request;
  Caller caller = {};
  KeyUse key_use = {};
  std::shared_ptr<const routing::Settings> settings;
  RequestAccount account = {};
  KnownKeys* known_keys = nullptr;  // The gateway's, shared by all sessions.
  Ledger* ledger = nullptr;         // The gateway's, shared by all sessions.
  UnsentReply unsent_reply = {};
  uint32_t last_fetch_id = 0;

  [[nodiscard]] uint32_t new_fetch_id() { return ++last_fetch_id; }
  [[nodiscard]] int64_t now_s() const { return static_cast<int64_t>(now_ms / 1000); }
};

}  // namespace onellm::gateway
