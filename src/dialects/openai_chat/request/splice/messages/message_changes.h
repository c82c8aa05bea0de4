// Says what changes of a message before it is sent to a host, by MessageRules. Only decides; message_edits.h edits.
#pragma once

#include <string_view>

#include "chat/request.h"
#include "dialects/openai_chat/request/parameter_rules.h"

namespace onellm::dialects::openai_chat {

class MessageChanges {
 public:
  // `rules` must outlive this object.
  explicit MessageChanges(const MessageRules& rules) : rules_(rules) {}

  // True if more than the message's role changes, apart from its content parts (PartEdits).
  [[nodiscard]] bool more_than_role(const chat::Message& message) const;

  // The new role; empty: it does not change.
  [[nodiscard]] std::string_view new_role(const chat::Message& message) const;

  [[nodiscard]] bool cuts_name(const chat::Message& message) const;
  [[nodiscard]] bool cuts_marks(const chat::Message& message) const;
  [[nodiscard]] bool changes_id_of_result(const chat::Message& message) const;

  // The message gets an empty content.
  [[nodiscard]] bool fills_content(const chat::Message& message) const;
  // The content is an array of texts that becomes one text.
  [[nodiscard]] bool flattens(const chat::Message& message) const;
  // The answer has nothing left once its reasoning is cut. It then needs an empty content.
  [[nodiscard]] bool would_be_empty(const chat::Message& message) const;
  // The member is an echo that is cut.
  [[nodiscard]] bool cuts(const chat::Message& message, const chat::SourceMember& member) const;

  // The message has a deprecated function_call, which becomes a tool call,
  [[nodiscard]] bool renews_call(const chat::Message& message) const;
  // or is the result of one.
  [[nodiscard]] bool renews_result(const chat::Message& message) const;
  // The function_call stays, but not all of it has the documented form.
  [[nodiscard]] bool mends_function_call(const chat::Message& message) const;

 private:
  [[nodiscard]] bool changes_ids(const chat::Message& message) const;
  [[nodiscard]] bool cuts_echoes(const chat::Message& message) const;
  [[nodiscard]] EchoSet cut_of(const chat::Message& message) const;

  const MessageRules& rules_;
};

// True if the message has a deprecated function_call and no tool calls.
[[nodiscard]] bool calls_function(const chat::Message& message);

}  // namespace onellm::dialects::openai_chat
