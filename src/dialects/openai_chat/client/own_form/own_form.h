// Gives events the form that this dialect writes: what their kind and their details say becomes extras. OpenAI's format
// has no members for most of it, so those of other hosts and proxies are used.
//
// | event or detail | member of the delta or message |
// |---|---|
// | signed reasoning | `thinking_blocks`, all of them when the content has ended |
// | citation | `annotations`, likewise |
// | phase | `phase` |
// | picture | `images` |
// | code, its output | `code_execution` |
// | signature of the text or of a call | `extra_content.google.thought_signature` (of the call) |
// | part that only its provider understands | `extra_content.google.parts` |
//
// Rule: extras of another dialect are dropped. Details that the extras of this dialect hold are not written again.
#pragma once

#include <string>
#include <vector>

#include "chat/event.h"
#include "dialects/ids.h"
#include "dialects/openai_chat/client/own_form/thinking_blocks.h"

namespace onellm::dialects::openai_chat {

class OwnForm {
 public:
  // True if `event` can be written as it is.
  [[nodiscard]] static bool has(const chat::Event& event) {
    using chat::EventKind;
    const bool is_never = event.kind == EventKind::kStarted || event.kind == EventKind::kContentEnded ||
                          event.kind == EventKind::kFinished || event.details != nullptr;
    return !is_never && (event.extra_of == kOpenaiChat || !event.has_extras());
  }

  // The event in this dialect's form, valid until the next call. Null: there is nothing to write, or not yet.
  [[nodiscard]] const chat::Event* of(const chat::Event& event);

  // Frees large buffers. The last event becomes invalid.
  void release_memory();

 private:
  // What waits for the end of the content of a choice.
  struct Held {
    ThinkingBlocks thinking;
    std::string annotations;  // The elements of the array.
  };

  [[nodiscard]] const chat::Event* of_typed(const chat::Event& event);
  [[nodiscard]] Held& held_at(uint32_t choice);
  void end_content(const chat::Event& event);
  void add_details(const chat::Event& event);
  void add_failed_leg(const chat::Event& event);

  std::vector<Held> held_;  // By choice.
  chat::Event event_;       // Its extras may be the texts below.
  std::string delta_;
  std::string choice_;
  std::string reply_;
};

// The member of a call or of a delta for the provider's signature.
// https://ai.google.dev/gemini-api/docs/openai
[[nodiscard]] std::string signature_member(json::RawString signature);

}  // namespace onellm::dialects::openai_chat
