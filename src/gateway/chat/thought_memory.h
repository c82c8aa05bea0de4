// Remembers the signed reasoning before tool calls, for clients that do not send it back. Many clients of chat keep
// only the fields that OpenAI knows, and Claude does not think in the steps of a tool loop without its reasoning of the
// steps before.
//
// Rule: only a help. It is kept for an hour, in the memory of one instance, and only for the key that got the answer.
// What is not found is left out as before.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "chat/request.h"

namespace onellm::gateway {

// The signed reasoning of one assistant message, copied.
struct RememberedTurn {
  struct Block {
    bool redacted = false;
    uint32_t calls_before = 0;
    int64_t text_before = 0;
    std::string text;  // This and those below are contents of JSON strings.
    std::string signature;
    std::string model;
  };
  std::string owner;    // The id of the client's key.
  std::string call_id;  // Of its first tool call: the content of a JSON string. Empty: there is no call.
  std::vector<Block> blocks;

  [[nodiscard]] size_t bytes() const;
  // Collects what is needed of an answer's event. Reasoning over kRememberedTurnBytesMax is not collected.
  void note(const chat::Event& event);

 private:
  bool is_too_long_ = false;
};

class ThoughtMemory {
 public:
  // Keeps a turn that has reasoning and a call. At most kRememberedTurnsMax turns of
  // kRememberedBytesMax together are kept; the oldest are dropped.
  void remember(RememberedTurn turn, double now_ms);

  // Gives each assistant message with calls and without reasoning of its own the remembered reasoning, as
  // Message::remembered_thoughts. The texts are copied into the request.
  void recall(std::string_view owner, double now_ms, chat::Request& request) const;

 private:
  struct Entry {
    RememberedTurn turn;
    double until_ms;
  };
  [[nodiscard]] const RememberedTurn* find(std::string_view owner, std::string_view call_id, double now_ms) const;

  std::list<Entry> entries_;  // Oldest first.
  size_t bytes_ = 0;
};

}  // namespace onellm::gateway
