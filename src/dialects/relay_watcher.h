// Watches a relayed stream: the client gets the provider's bytes unchanged, and accounting has to know their usage, and
// the gateway how the stream ended. Each dialect in which streams are relayed has its own watcher.
//
// Rule: what it finds does not depend on how the input is cut into pieces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "chat/usage.h"

namespace onellm::dialects {

// How a relayed stream ended.
struct RelayEnding {
  bool is_whole = false;   // The answer is complete, or it contained an error.
  bool is_broken = false;  // The client has an incomplete event, so nothing can follow it.
  std::string rest = {};   // What the client still has to get: what is missing at the end, or an error.
};

class RelayWatcher {
 public:
  RelayWatcher() = default;
  RelayWatcher(const RelayWatcher&) = delete;
  RelayWatcher& operator=(const RelayWatcher&) = delete;
  virtual ~RelayWatcher() = default;

  virtual void push(std::string_view bytes) = 0;
  // The stream ended. `cut` is the error for the client if the answer is incomplete. Call it once.
  [[nodiscard]] virtual RelayEnding end(const Error& cut) = 0;
  // Skips the event that is being read, for lack of memory.
  virtual void skip_event() = 0;

  [[nodiscard]] virtual bool end_mark_seen() const = 0;
  [[nodiscard]] virtual bool error_seen() const = 0;           // An error event was read.
  [[nodiscard]] virtual bool awaits_end() const = 0;           // See StreamDecoder.
  [[nodiscard]] virtual const chat::Usage* usage() const = 0;  // Null until read.
  [[nodiscard]] virtual int64_t content_bytes() const = 0;     // Roughly, the bytes of all texts in the answer.
};

}  // namespace onellm::dialects
