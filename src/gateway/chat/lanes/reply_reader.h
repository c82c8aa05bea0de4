// How the good reply of an upstream is read: lanes/translated_lane.h and lanes/native_lane.h have the readers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace onellm::gateway {

// A whole reply of the native lane.
struct NativeBody {
  std::string text;
  bool is_changed = false;  // It is not what the upstream sent, byte for byte: an error in it was masked.
};

class ReplyReader {
 public:
  ReplyReader() = default;
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;
  virtual ~ReplyReader() = default;

  virtual void on_bytes(std::string_view bytes) = 0;
  // The body is complete, or it broke off (`cut` says why).
  virtual void on_end() = 0;
  virtual void on_cut(const Error& cut) = 0;
  // Nobody wants the rest: the report gets what the reply said of its usage so far. Nothing follows.
  virtual void on_cancelled() {}

  // What it holds of the reply and has not handed on.
  [[nodiscard]] virtual size_t held_bytes() const = 0;
  // True while the client may have more of the reply than was read here, since the shim relays it.
  [[nodiscard]] virtual bool lags() const { return false; }
  // There is no memory for what it holds. True if it let go of that, and the reply goes on all the same.
  [[nodiscard]] virtual bool go_on_with_less() { return false; }
};

// How a relayed stream ended, and so what the client still needs to see.
enum class RelayEnding : uint8_t {
  kClean,
  kBlankLineMissing,         // After `[DONE]`.
  kDoneMissing,              // The answer is whole, or its error was seen.
  kBlankLineAndDoneMissing,  // The same, and the last event lacks its blank line.
  kCutAtBoundary,            // The answer is not whole, and a line of ours may follow.
  kCutInEvent,               // Half an event is with the client.
};

}  // namespace onellm::gateway
