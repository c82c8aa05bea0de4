// Merges several legs into one answer: events of legs in, events of a single answer out.
//
// Rule: A merger knows no bytes and no clock. A streamed answer and a whole one differ little here: the result is
// encoded chunk by chunk, or collected and written at the end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "dialects/client_dialect.h"
#include "gateway/chat/reports/leg_report.h"

namespace onellm::gateway {

enum class MergeMode : uint8_t {
  kConcat,   // One choice: the texts of the legs in the order asked.
  kChoices,  // Choice k is leg k. Events are passed on as they arrive.
  kRace,     // The first leg with content wins, the others are cancelled.
};

// Nothing if there is no such mode.
[[nodiscard]] std::optional<MergeMode> merge_mode(std::string_view name);
[[nodiscard]] std::string_view to_string(MergeMode mode);

// What a merger needs from its owner.
class MergeHost {
 public:
  virtual void pause_leg(size_t leg) = 0;
  virtual void resume_leg(size_t leg) = 0;
  virtual void cancel_leg(size_t leg) = 0;  // Another leg won.
  [[nodiscard]] virtual const LegReport& leg_report(size_t leg) const = 0;
  // The dialect of the client.
  [[nodiscard]] virtual const dialects::ClientDialect& client() const = 0;
  // The raw member with the report of all legs in their present state.
  [[nodiscard]] virtual std::string legs_member() const = 0;
  // Called after the last event when no leg gave a complete answer.
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

  // The next event of a leg. The resulting events go to `out`. The last one is kCompleted, or kFailed if the winner of
  // a race failed; there is none if all_legs_failed() was called.
  virtual void take(size_t leg, const chat::Event& event) = 0;

  // Drops the waiting events of a leg. The end of the leg may still follow.
  virtual void drop_waiting(size_t leg) = 0;

  // The approximate memory of a leg's events that wait here.
  [[nodiscard]] virtual size_t held_bytes(size_t leg) const = 0;
};

// `host` and `out` must outlive the merger. If `streamed`, events become chunks, and each names its leg as `model`.
[[nodiscard]] std::unique_ptr<Merger> make_merger(MergeMode mode, size_t leg_count, bool streamed, MergeHost& host,
                                                  chat::EventSink& out);

// The sum of the usage that the legs reported. Nothing if none of them reported any.
[[nodiscard]] std::optional<chat::Usage> total_usage(const MergeHost& host, size_t leg_count);

// The text that shows a failed leg inside an answer: `[claude-2: overloaded (503)]`.
[[nodiscard]] std::string failure_text(const std::string& leg_name, const Error& error);

}  // namespace onellm::gateway
