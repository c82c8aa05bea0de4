// The interface for reading a good reply of an upstream. Its implementations are in lanes/translated_lane.h and
// lanes/native_lane.h.
//
// Rule: A reader knows nothing of its call. It passes events to the sink of each read, and returns what else happened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "chat/event.h"
#include "dialects/dialect.h"
#include "dialects/relay_watcher.h"
#include "gateway/chat/reports/leg_report.h"
#include "gateway/session/context.h"
#include "providers/provider.h"

namespace onellm::gateway {

// A whole reply of the native lane.
struct NativeBody {
  std::string text;
  bool is_changed = false;  // An error in it was masked: it is not byte for byte what the upstream sent.
};

using dialects::RelayEnding;

// What a read gave besides events. All but kMore and kFailed belong to the native lane.
enum class ReadStep : uint8_t {
  kMore,         // Nothing. After kCompleted or kFailed the reply is over, otherwise it goes on.
  kFailed,       // The reply is bad, and none of it was shown: failure().
  kWhole,        // The whole reply is good: body().
  kStream,       // The answer begins: body() has what was read so far. The shim pipes the rest.
  kStreamEnded,  // The same, and that was all of it: ending().
  kRelayEnded,   // The stream that is piped ended: ending().
};

struct ReadResult {
  ReadStep step = ReadStep::kMore;
  uint32_t end_within_ms = 0;  // The answer is complete: the upstream has this time to end the reply; 0: it is not.
};

// What a reader needs. All of it must outlive the reader.
struct ReplySource {
  const dialects::Dialect& dialect;
  const dialects::ReplyContext& asked;
  const providers::Provider& provider;
  Context& context;
  LegReport& report;  // Gets what accounting needs of replies whose events are not passed on.
};

class ReplyReader {
 public:
  ReplyReader() = default;
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;
  virtual ~ReplyReader() = default;

  [[nodiscard]] virtual ReadResult read(std::string_view bytes, chat::EventSink& sink) = 0;
  // The body is complete, or it broke off (`reason`).
  [[nodiscard]] virtual ReadResult end(chat::EventSink& sink) = 0;
  [[nodiscard]] virtual ReadResult cut(const Error& reason, chat::EventSink& sink) = 0;
  // The rest is not needed any more: the report gets the usage known so far. No call follows.
  virtual void cancel() {}

  // The bytes of the reply that it holds and has not handed on.
  [[nodiscard]] virtual size_t held_bytes() const = 0;
  // True while the client may have more of the reply than was read here, because the shim pipes it.
  [[nodiscard]] virtual bool lags() const { return false; }
  // Called when there is no memory for what it holds. Returns true if it freed that and the reply can still go on.
  [[nodiscard]] virtual bool go_on_with_less() { return false; }

  // What a ReadStep refers to.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }  // Also why a stream was cut.
  [[nodiscard]] NativeBody& body() { return body_; }
  [[nodiscard]] RelayEnding& ending() { return ending_; }

 protected:
  [[nodiscard]] ReadResult fail(Error error) {
    failure_ = std::move(error);
    return {.step = ReadStep::kFailed};
  }

  std::optional<Error> failure_;
  NativeBody body_;
  RelayEnding ending_;
};

}  // namespace onellm::gateway
