// Changes content parts where a host refuses them: marks of prompt caches are cut, and images and files that
// tools gave are moved out of the tool's message, into one of the user that follows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "chat/request.h"
#include "dialects/common/request/drops.h"
#include "dialects/openai_chat/request/splice/member_edit.h"
#include "dialects/openai_chat/request/splice/source_splice.h"

namespace onellm::dialects::openai_chat {

struct PartRules {
  bool cut_breakpoints = false;  // prompt_cache_breakpoint.
  bool cut_cache_marks = false;  // cache_control.
  bool move_media = false;       // Of tools: OpenAI's API takes nothing but text from them.
};

class PartEdits {
 public:
  PartEdits(PartRules rules, SourceSplice& splice, Drops& drops) : rules_(rules), splice_(splice), drops_(drops) {}

  [[nodiscard]] bool changes(const chat::Message& message) const {
    return cuts_mark(message) || moving_media(message) > 0;
  }

  // Requires a message that changes; `content` is the value of its `content` in the source. Gives what is
  // to happen to that as a whole, beside what was spliced within it.
  [[nodiscard]] MemberEdit edit(const chat::Message& message, std::string_view content);

  // A message of the user with what was moved since the last one, with a comma before it; empty:
  // there are none. Its place is behind the last of the results, since nothing may come between them.
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
  std::string media_;  // The parts of that message, each with a comma before it.
};

}  // namespace onellm::dialects::openai_chat
