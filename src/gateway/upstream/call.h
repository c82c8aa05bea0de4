// One call over several targets: a model with its fallbacks. They are asked one after another until one begins to
// answer, in the order of attempts.h.
//
// The user pulls: it passes on the events of the shim, gets back what happened, and decides. When a request is due
// (kDue), it sends the one for the target current(). When a request failed (kFailed, kRefused, or a reply that the user
// finds to be bad), it calls move_on(), or sends another request to the same target: one without the part that was
// refused, for example.
//
// Rule: Once note_answer() was called, nothing may be asked again.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/session/context.h"
#include "gateway/upstream/attempts.h"
#include "gateway/upstream/deadlines.h"
#include "gateway/upstream/fetch.h"

namespace onellm::gateway {

struct UpstreamPlan {
  std::string_view name;                        // As in messages. Must outlive the call.
  std::vector<const routing::Target*> targets;  // Must outlive the call. Not empty.
  Deadlines deadlines;
  uint32_t retries = 0;
  double began_ms = 0;  // From here deadlines.answer runs.
};

class UpstreamCall : private UpstreamFetch {
 public:
  // `context` must outlive it.
  UpstreamCall(UpstreamPlan plan, Context& context);
  UpstreamCall(const UpstreamCall&) = delete;
  UpstreamCall& operator=(const UpstreamCall&) = delete;

  // Chooses the first target. Its request is due.
  void start();
  // Sends a request to the target current(): the one that is due, or another one to the same target.
  using UpstreamFetch::send;
  // What the target current() was asked has failed. Returns kDue; kNothing if a wait comes first, after which on_time()
  // returns kDue; or kGaveUp: then failure() is the one that the client should get, and current() its target.
  [[nodiscard]] UpstreamStep move_on(Failure failure);

  // --- the request under way, as in UpstreamFetch ---
  using UpstreamFetch::answer_noted;
  using UpstreamFetch::cut;
  using UpstreamFetch::error;
  using UpstreamFetch::expect_end;
  using UpstreamFetch::expect_more;
  using UpstreamFetch::finish;
  using UpstreamFetch::held_bytes;
  using UpstreamFetch::id;
  using UpstreamFetch::on_bytes;
  using UpstreamFetch::on_end;
  using UpstreamFetch::on_failed;
  using UpstreamFetch::on_head;
  using UpstreamFetch::pause;
  using UpstreamFetch::read_stream;
  using UpstreamFetch::read_whole;
  using UpstreamFetch::reading;
  using UpstreamFetch::resume;
  using UpstreamFetch::status;
  using UpstreamFetch::take_error_body;
  using UpstreamFetch::under_way;
  [[nodiscard]] UpstreamStep on_time(bool client_is_ahead);
  [[nodiscard]] double deadline_ms() const;
  void note_answer();
  // Ends the call. Returns false if the upstream has not been called and will not be.
  bool cancel();

  // --- what is known ---
  [[nodiscard]] size_t current() const { return attempts_.current(); }
  [[nodiscard]] const Failure& failure() const { return attempts_.failure(); }
  // True once note_answer() was called for any request of this call.
  [[nodiscard]] bool has_answer() const { return has_answer_; }
  // True if there is only one target.
  [[nodiscard]] bool single() const { return attempts_.single(); }
  // True while a failure may lead to a request of move_on().
  [[nodiscard]] bool more_possible() const { return !has_answer_ && attempts_.more_possible(); }
  // True while there is time for another request.
  [[nodiscard]] bool in_time() const { return context().now_ms < answer_wanted_by_ms_; }

 private:
  Deadline answer_;
  double answer_wanted_by_ms_;
  Attempts attempts_;
  bool has_answer_ = false;
  double due_ms_ = 0;  // When the next request is due, after a wait; 0: none waits.
};

}  // namespace onellm::gateway
