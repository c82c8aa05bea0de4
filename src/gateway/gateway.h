// State that all sessions of one WebAssembly instance share: the settings, the memory budget, the ledger, and what was
// learned about upstreams in trouble. A session is one client request (session/session.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/clients.h"
#include "gateway/accounting/ledger.h"
#include "gateway/chat/thought_memory.h"
#include "gateway/http/bodies_room.h"
#include "gateway/keys/authentication/known_keys.h"
#include "gateway/keys/authentication/look_ups.h"
#include "gateway/session/memory.h"
#include "gateway/session/room.h"
#include "gateway/upstream/cooldowns.h"
#include "gateway/upstream/learned.h"
#include "routing/settings/settings.h"

namespace onellm::gateway {

class Gateway {
 public:
  // `clients` must outlive the gateway. Tests have a table of their own.
  explicit Gateway(dialects::ClientRoutes clients = dialects::client_routes()) : clients_(clients) {}

  // Reads the settings (routing/settings/settings.h). Settings that are missing here are read from KV by the first
  // session.
  void configure(std::string_view env_json);
  // Takes settings that were made elsewhere; none are read from KV. For tests that need providers of their own.
  void configure(routing::Settings settings);

  [[nodiscard]] dialects::ClientRoutes clients() const { return clients_; }

  // Each session keeps the settings that it started with.
  [[nodiscard]] std::shared_ptr<const routing::Settings> settings() const { return settings_; }

  // Names of the settings to read from KV now, as `config:<name>`. Empty if the known values are fresh enough.
  [[nodiscard]] std::vector<std::string> kv_wanted(double now_ms) const;
  void apply_kv(const std::map<std::string, std::string>& found, double now_ms);

  // Problems of the settings that were not logged yet. Each is returned once.
  [[nodiscard]] std::vector<std::string> take_unlogged_problems();

  // The memory budget of all open sessions.
  [[nodiscard]] Memory& memory() { return memory_; }
  // The room for the bodies of requests. A room is a limit of memory that all sessions share (session/room.h).
  [[nodiscard]] BodiesRoom& bodies_room() { return bodies_room_; }
  // The room for requests encoded for the providers.
  [[nodiscard]] Room& encoded_room() { return encoded_room_; }
  // The room for whole replies that wait for others (chat/held_replies.h).
  [[nodiscard]] Room& replies_room() { return replies_room_; }
  [[nodiscard]] Cooldowns& cooldowns() { return cooldowns_; }
  // What providers refused lately (upstream/learned.h).
  [[nodiscard]] Learned& learned() { return learned_; }
  // Signed reasoning that clients do not send back (chat/thought_memory.h).
  [[nodiscard]] ThoughtMemory& thoughts() { return thoughts_; }
  [[nodiscard]] KnownKeys& known_keys() { return known_keys_; }
  [[nodiscard]] LookUps& look_ups() { return look_ups_; }
  [[nodiscard]] Ledger& ledger() { return ledger_; }
  // See Ledger::take.
  [[nodiscard]] std::string take_ledger(bool timed) { return ledger_.take(timed, settings_->ledger_days); }

 private:
  const dialects::ClientRoutes clients_;
  std::string env_json_;
  std::shared_ptr<const routing::Settings> settings_ = std::make_shared<routing::Settings>();
  std::map<std::string, std::string> kv_;
  bool kv_read_ = false;
  double kv_read_ms_ = 0;
  std::vector<std::string> unlogged_problems_;
  Memory memory_;
  BodiesRoom bodies_room_{kBodiesInFlightBytesMax};
  Room encoded_room_{kEncodedInFlightBytesMax};
  Room replies_room_{kRepliesInFlightBytesMax};
  Cooldowns cooldowns_;
  Learned learned_;
  ThoughtMemory thoughts_;
  KnownKeys known_keys_;
  LookUps look_ups_;
  Ledger ledger_;
};

}  // namespace onellm::gateway
