// What all sessions of one WebAssembly instance share: the settings, the budget of memory, and which
// upstreams were in trouble lately.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/accounting/ledger.h"
#include "gateway/session/memory.h"
#include "gateway/session/room.h"
#include "gateway/upstream/cooldowns.h"
#include "gateway/upstream/learned.h"
#include "routing/settings/settings.h"

namespace onellm::gateway {

class Gateway {
 public:
  // Reads the settings (routing/settings/settings.h). KV is asked for the missing ones by the first session.
  void configure(std::string_view env_json);

  // Sessions keep the settings that they started with.
  [[nodiscard]] std::shared_ptr<const routing::Settings> settings() const { return settings_; }

  // Settings to be read from KV now, as `config:<name>`; empty when what we know is fresh enough.
  [[nodiscard]] std::vector<std::string> kv_wanted(double now_ms) const;
  void apply_kv(const std::map<std::string, std::string>& found, double now_ms);

  // Problems of the settings that no console line has named yet; each comes once.
  [[nodiscard]] std::vector<std::string> take_unlogged_problems();

  // What all open sessions hold.
  [[nodiscard]] Memory& memory() { return memory_; }
  // For the bodies of requests.
  [[nodiscard]] Room& bodies_room() { return bodies_room_; }
  // For what requests become on their way to the providers.
  [[nodiscard]] Room& encoded_room() { return encoded_room_; }
  // For whole replies that wait for others (held_replies.h).
  [[nodiscard]] Room& replies_room() { return replies_room_; }
  [[nodiscard]] Cooldowns& cooldowns() { return cooldowns_; }
  // What providers refused lately.
  [[nodiscard]] routing::Learned& learned() { return learned_; }
  [[nodiscard]] Ledger& ledger() { return ledger_; }
  // See Ledger::take.
  [[nodiscard]] std::string take_ledger(bool timed) { return ledger_.take(timed, settings_->ledger_days); }

 private:
  std::string env_json_;
  std::shared_ptr<const routing::Settings> settings_ = std::make_shared<routing::Settings>();
  std::map<std::string, std::string> kv_;
  bool kv_read_ = false;
  double kv_read_ms_ = 0;
  std::vector<std::string> unlogged_problems_;
  Memory memory_;
  Room bodies_room_{kBodiesInFlightBytesMax};
  Room encoded_room_{kEncodedInFlightBytesMax};
  Room replies_room_{kRepliesInFlightBytesMax};
  Cooldowns cooldowns_;
  routing::Learned learned_;
  Ledger ledger_;
};

}  // namespace onellm::gateway
