// Changes content parts that a host refuses. Cuts marks of prompt caches. Moves images and files from a tool's message
// to a user message after it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/splice/source_splice.h"
#include "dialects/openai_chat/request/splice/member_edit.h"

namespace onellm::dialects::openai_chat {

struct PartRules {
  bool cut_breakpoints = false;  // prompt_cache_breakpoint.
  bool cut_cache_marks = false;  // cache_control.
  bool move_media = false;       // From tool messages: OpenAI's API accepts only text in them.
  bool join_texts = false;       // What is left of such a message becomes one string.
};

class PartEdits {
 public:
  PartEdits(PartRules rules, SourceSplice& splice, Drops& drops) : rules_(rules), splice_(splice), drops_(drops) {}

  [[nodiscard]] bool changes(const chat::Message& message) const {
    return cuts_mark(message) || moving_media(message) > 0;
  }

  // Requires changes(message). `content` is the value of its `content` in the source. Splices inside it, and returns
  // the edit for `content` as a whole.
  [[nodiscard]] MemberEdit edit(const chat::Message& message, std::string_view content);

  // A user message, after a comma, with everything moved since the last call; empty: nothing. Put it after the last of
  // the tool results, since nothing may come between them.
  [[nodiscard]] std::string take_media_message();
  [[nodiscard]] bool has_media() const { return !media_.empty(); }

 private:
  [[nodiscard]] bool cuts_mark(const chat::Message& message) const;
  [[nodiscard]] size_t moving_media(const chat::Message& message) const;
  void cut_marks(std::string_view part, SourceSplice& splice);
  [[nodiscard]] std::string without_marks(std::string_view part);

  const PartRules rules_;
  SourceSplice& splice_;
  Drops& drops_;
  std::string media_;  // The parts of the next user message, each after a comma.
};

}  // namespace onellm::dialects::openai_chat
