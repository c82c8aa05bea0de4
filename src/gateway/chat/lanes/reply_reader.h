// The interface for reading a successful reply of an upstream. Its implementations are in lanes/translated_lane.h and
// lanes/native_lane.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace onellm::gateway {

// A whole reply of the native lane.
struct NativeBody {
  std::string text;
  bool is_changed = false;  // An error in it was masked: it is not byte for byte what the upstream sent.
};

class ReplyReader {
 public:
  ReplyReader() = default;
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;
  virtual ~ReplyReader() = default;

  virtual void on_bytes(std::string_view bytes) = 0;
  // The body is complete, or it broke off (`cut` is the reason).
  virtual void on_end() = 0;
  virtual void on_cut(const Error& cut) = 0;
  // The rest is not needed any more: the report gets the usage known so far. No call follows.
  virtual void on_cancelled() {}

  // The bytes of the reply that it holds and has not handed on.
  [[nodiscard]] virtual size_t held_bytes() const = 0;
  // True while the client may have more of the reply than was read here, because the shim relays it.
  [[nodiscard]] virtual bool lags() const { return false; }
  // Called when there is no memory for what it holds. Returns true if it freed that and the reply can still go on.
  [[nodiscard]] virtual bool go_on_with_less() { return false; }
};

// How a relayed stream ended. From this follows what the client still has to get.
enum class RelayEnding : uint8_t {
  kClean,
  kBlankLineMissing,         // The blank line after `[DONE]`.
  kDoneMissing,              // The answer is complete, or it contained an error.
  kBlankLineAndDoneMissing,  // The same, and the last event lacks its blank line.
  kCutAtBoundary,            // The answer is incomplete. The gateway may add an event.
  kCutInEvent,               // The client has an incomplete event.
};

}  // namespace onellm::gateway
