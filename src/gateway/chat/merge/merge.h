// Several legs, one answer: events of legs in, events of a single answer out.
//
// A merger knows no bytes and no clock. Streamed or not makes little difference to it: what it hands
// on is encoded chunk by chunk, or collected and written at the end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "gateway/chat/leg.h"

namespace onellm::gateway {

enum class MergeMode : uint8_t {
  kConcat,   // One choice: the legs' texts in the order asked.
  kChoices,  // Choice k is leg k, as they arrive.
  kRace,     // The first leg with content wins, the others are cancelled.
};

// Nothing if there is no such mode.
[[nodiscard]] std::optional<MergeMode> merge_mode(std::string_view name);
[[nodiscard]] std::string_view to_string(MergeMode mode);

// What a merger may ask for and of its legs.
class MergeHost {
 public:
  virtual void pause_leg(size_t leg) = 0;
  virtual void resume_leg(size_t leg) = 0;
  virtual void cancel_leg(size_t leg) = 0;  // Another one won.
  [[nodiscard]] virtual const LegReport& leg_report(size_t leg) const = 0;
  // The raw member `"onellm":{"legs":[…]}` as things stand.
  [[nodiscard]] virtual std::string legs_member() const = 0;
  // All legs are over and none gave a whole answer. Comes after the last event.
  virtual void all_legs_failed() = 0;

 protected:
  ~MergeHost() = default;
};

class Merger {
 public:
  Merger() = default;
  Merger(const Merger&) = delete;
  Merger& operator=(const Merger&) = delete;
  virtual ~Merger() = default;

  // The next event of a leg. What comes of it goes to the sink given at making; kCompleted at the end
  // (kFailed if the winner of a race failed), unless the host was told that all legs failed.
  virtual void take(size_t leg, const chat::Event& event) = 0;

  // Forgets what waits of a leg. Its end may follow.
  virtual void drop_waiting(size_t leg) = 0;

  // What the events of a leg that wait here take of memory, roughly.
  [[nodiscard]] virtual size_t held_bytes(size_t leg) const = 0;
};

// Both must outlive the merger. `streamed`: events become chunks, each naming its leg as `model`.
[[nodiscard]] std::unique_ptr<Merger> make_merger(MergeMode mode, size_t leg_count, bool streamed, MergeHost& host,
                                                  chat::EventSink& out);

// Sums what the legs used, as far as it is known; nothing where none said.
[[nodiscard]] std::optional<chat::Usage> total_usage(const MergeHost& host, size_t leg_count);

// The words in which a failed leg shows in a text: `[claude-2: overloaded (503)]`.
[[nodiscard]] std::string failure_text(const std::string& leg_name, const Error& error);

}  // namespace onellm::gateway
