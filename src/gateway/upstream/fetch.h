// One HTTP request to one upstream: its deadlines, its error body, its end. It knows bytes; what they mean is the
// business of its user: a leg of a chat, a list of models.
//
// The user passes on the events of the shim, and each of them returns what happened (UpstreamStep). Nothing is called
// back, so the user may send the next request as soon as it knows that one is needed.
//
// Rule: After kEnded, kBroken, kLost, kRefused and kFailed every event returns kNothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/rope.h"
#include "gateway/http/head.h"
#include "gateway/session/context.h"
#include "gateway/upstream/deadlines.h"

namespace onellm::gateway {

// What an event meant. kDue and kGaveUp come only from UpstreamCall (call.h).
enum class UpstreamStep : uint8_t {
  kNothing,  // Nothing that concerns the user.
  kBegan,    // The head of a good reply. Order its body: read_stream() or read_whole().
  kBytes,    // The bytes belong to the body of the good reply.
  kEnded,    // That body is complete.
  kBroken,   // It is not: the connection broke, or a deadline passed. See error().
  kLost,     // The same, and it is not known how much of it the shim relayed to the client.
  kRefused,  // The reply has an error status. See status() and take_error_body().
  kFailed,   // There was no reply. See error().
  kDue,      // The request of current() is to be sent now.
  kGaveUp,   // No further request is made.
};

struct UpstreamRequest {
  std::string head;            // `POST https://…` and its headers (head.h).
  const Rope* body = nullptr;  // Must live until the commands of this event were taken. Null: no body.
  std::string_view provider;   // The upstream's name, for messages. Must outlive the fetch.
  bool is_only_hope = false;   // Nothing of the client's request goes on without this fetch.
};

class UpstreamFetch {
 public:
  // `name` stands in messages, and must outlive it. So must `context`.
  UpstreamFetch(std::string_view name, const Deadlines& deadlines, Context& context)
      : name_(name), deadlines_(deadlines), context_(&context) {}

  // Sends a request. The one before it must be over.
  void send(UpstreamRequest request);

  // --- events of the shim ---
  [[nodiscard]] UpstreamStep on_head(const Head& head);
  [[nodiscard]] UpstreamStep on_bytes(std::string_view bytes);
  [[nodiscard]] UpstreamStep on_end();
  [[nodiscard]] UpstreamStep on_failed();
  // Ends the fetch if its deadline has passed. `client_is_ahead`: the shim relays the body, so the client may have more
  // of it than was read here.
  [[nodiscard]] UpstreamStep on_time(bool client_is_ahead);
  // When on_time() must be called, in milliseconds since 1970; infinity: never.
  [[nodiscard]] double deadline_ms() const;

  // --- what the user decides ---
  // After kBegan: the body as it comes, or at most `bytes_max` bytes of it and one more, in few pieces.
  void read_stream();
  void read_whole(size_t bytes_max);
  // The first part of the answer was read. From now on every byte is a sign of life, even a ping: models think for
  // minutes and send nothing.
  void note_answer();
  // The answer is complete: the fetch is ended if the upstream does not end it within this time. Of several such times
  // the earliest counts. After a pause the time starts again.
  void expect_end(uint32_t within_ms);
  // It is not complete after all.
  void expect_more() { end_wanted_by_ms_ = 0; }
  // Pauses and resumes reading. The idle timeout does not run during a pause. pause() returns false if there is nothing
  // to pause.
  bool pause();
  void resume();
  // Everything that the user needs was read.
  void finish();
  // Cancels the fetch, unless it has ended. Returns false if the upstream has not been called and will not be.
  bool cancel();
  // Ends the fetch for `reason`: kFailed or kBroken, or kRefused if what has come is itself an error.
  [[nodiscard]] UpstreamStep cut(const Error& reason);

  // --- what is known ---
  [[nodiscard]] uint32_t id() const { return id_; }     // 0: nothing was sent.
  [[nodiscard]] int status() const { return status_; }  // 0: no head yet.
  [[nodiscard]] bool under_way() const { return state_ != State::kNotSent && state_ != State::kOver; }
  // True once a good reply has begun, until finish() or cancel().
  [[nodiscard]] bool reading() const { return state_ == State::kReading; }
  [[nodiscard]] bool answer_noted() const { return answer_noted_; }
  [[nodiscard]] const Error& error() const { return *error_; }  // After kBroken, kLost and kFailed.
  // After kRefused: what came of the body, up to kErrorBodyBytesMax.
  [[nodiscard]] std::string take_error_body() { return std::move(error_body_); }
  [[nodiscard]] size_t held_bytes() const { return error_body_.capacity(); }

 protected:
  [[nodiscard]] Context& context() const { return *context_; }
  [[nodiscard]] std::string_view name() const { return name_; }

 private:
  enum class State : uint8_t {
    kNotSent,
    kWaitingForHead,
    kReadingError,  // The head had an error status; its body is being read.
    kReading,       // The user reads the body.
    kOver,          // Final, until the next send().
  };

  void over();
  bool abort();
  [[nodiscard]] UpstreamStep refused();
  [[nodiscard]] UpstreamStep end_with(UpstreamStep step, Error reason);
  [[nodiscard]] UpstreamStep end_late(const Error& reason, bool client_is_ahead);
  [[nodiscard]] Error late(const char* what, const Deadline& deadline) const;

  std::string_view name_;
  std::string_view provider_;
  Deadlines deadlines_;
  Context* context_;

  uint32_t id_ = 0;
  State state_ = State::kNotSent;
  bool open_ = false;        // The shim's fetch has neither ended nor been aborted.
  bool body_ended_ = false;  // kEnded or kBroken was returned.
  bool paused_ = false;
  bool is_whole_ = false;  // The body is read whole.
  bool answer_noted_ = false;
  int status_ = 0;
  double sent_ms_ = 0;
  double reply_began_ms_ = 0;
  double last_sign_ms_ = 0;      // Of life, after the first part of the answer; 0: none yet.
  double end_wanted_by_ms_ = 0;  // 0: the answer is not complete yet.
  double stopped_by_ms_ = 0;     // A relayed body is being stopped: the deadline for the copies of its last bytes.
  std::optional<Error> error_;
  std::string error_body_;
};

}  // namespace onellm::gateway
