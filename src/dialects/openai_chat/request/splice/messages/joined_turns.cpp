#include "dialects/openai_chat/request/splice/messages/joined_turns.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "dialects/common/splice/source_members.h"
#include "dialects/common/splice/source_splice.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Message;
using chat::Role;
using chat::SourceMember;

constexpr std::string_view kUser = "user";

bool is_system(const Message& message) { return message.role == Role::kSystem || message.role == Role::kDeveloper; }

// Finds the runs of messages that become one.
class Turns {
 public:
  explicit Turns(const std::vector<Message>& messages) : messages_(messages) {
    while (opening_ < messages.size() && is_system(messages[opening_])) ++opening_;
  }

  // A system message after the beginning.
  [[nodiscard]] bool changes_role(size_t index) const { return index >= opening_ && is_system(messages_[index]); }

  // True if the message becomes a part of the one before it.
  [[nodiscard]] bool joins(size_t index) const {
    if (index <= opening_ || index >= messages_.size()) return false;
    const Role role = role_of(index);
    return (role == Role::kUser || role == Role::kAssistant) && role == role_of(index - 1);
  }

 private:
  [[nodiscard]] Role role_of(size_t index) const { return changes_role(index) ? Role::kUser : messages_[index].role; }

  const std::vector<Message>& messages_;
  size_t opening_ = 0;  // Number of system messages at the beginning.
};

bool is_text(std::string_view content) { return content.starts_with('"'); }

std::string_view inner_text(std::string_view text) { return text.substr(1, text.size() - 2); }

std::vector<std::string_view> elements_of(std::string_view array) {
  std::vector<std::string_view> elements;
  read_elements(
      array, [](size_t /*index*/) { return true; },
      [&elements](size_t /*index*/, std::string_view element) { elements.push_back(element); });
  return elements;
}

// From the beginning of the first to the end of the last. Both are views into one text.
std::string_view span(std::string_view first, std::string_view last) {
  return {first.data(), static_cast<size_t>(last.data() + last.size() - first.data())};
}

// A text becomes one part.
void append_parts(std::string_view content, json::ArrayWriter& parts) {
  if (is_text(content)) {
    json::ObjectWriter part(parts.next());
    part.add_plain("type", "text");
    part.add("text", json::RawString{inner_text(content)});
    return;
  }
  for (const std::string_view part : elements_of(content)) parts.next() += part;
}

// As one array of parts.
std::string join_arrays(const std::vector<std::string_view>& values) {
  std::string out;
  {
    json::ArrayWriter elements(out);
    for (const std::string_view value : values) append_parts(value, elements);
  }
  return out;
}

// `contents` are strings and arrays, as JSON; at least one.
std::string join_contents(const std::vector<std::string_view>& contents) {
  if (!std::all_of(contents.begin(), contents.end(), is_text)) return join_arrays(contents);
  std::string out;
  for (const std::string_view text : contents) {
    out += out.empty() ? R"(")" : R"(\n\n)";
    out += inner_text(text);
  }
  return out + '"';
}

// One message made of several.
class JoinedMessage {
 public:
  explicit JoinedMessage(Drops& drops) : drops_(drops) {}

  // `object` is the text of the message.
  void add(std::string_view object) {
    for (const SourceMember& member : read_members(object)) take(member);
  }

  // `role`: instead of the first message's; empty: that one.
  [[nodiscard]] std::string write(std::string_view role) const {
    std::string out;
    {
      json::ObjectWriter message(out);
      for (const SourceMember& member : members_) {
        const bool is_new_role = !role.empty() && json::key_is({member.key}, "role");
        if (is_new_role) message.add_plain("role", role);
        if (!is_new_role) message.add(member.key, json::Raw{member.value});
      }
      if (!contents_.empty()) message.add("content", json::Raw{join_contents(contents_)});
      if (contents_.empty() && !no_content_.empty()) message.add("content", json::Raw{no_content_});
      if (!calls_.empty()) message.add("tool_calls", json::Raw{join_arrays(calls_)});
    }
    return out;
  }

 private:
  void take(const SourceMember& member) {
    const json::RawString key{member.key};
    const bool is_null = member.value == "null";
    if (json::key_is(key, "content")) {
      if (is_null || member.value == R"("")") {
        no_content_ = member.value;
      } else {
        contents_.push_back(member.value);
      }
      return;
    }
    if (json::key_is(key, "tool_calls")) {
      if (!is_null) calls_.push_back(member.value);
      return;
    }
    const auto known = std::find_if(members_.begin(), members_.end(),
                                    [&member](const SourceMember& other) { return other.key == member.key; });
    if (known == members_.end()) {
      members_.push_back(member);
    } else if (known->value == "null") {
      known->value = member.value;
    } else if (known->value != member.value && !is_null && !json::key_is(key, "role")) {
      drops_.add("messages[]." + json::unescape(key));
    }
  }

  Drops& drops_;
  std::vector<SourceMember> members_;  // All but the content and the tool calls.
  std::vector<std::string_view> contents_;
  std::string_view no_content_;  // A content that is null or "".
  std::vector<std::string_view> calls_;
};

}  // namespace

bool needs_joined_turns(const chat::Request& request) {
  const Turns turns(request.messages);
  for (size_t i = 0; i < request.messages.size(); ++i) {
    if (turns.changes_role(i) || turns.joins(i)) return true;
  }
  return false;
}

std::string with_joined_turns(const chat::Request& request, Drops& drops) {
  const Turns turns(request.messages);
  const SourceMember* const messages = what_counts(request.source.members, "messages");
  const std::vector<std::string_view> elements = elements_of(messages->value);
  SourceSplice splice(request.source.text);
  for (size_t begin = 0; begin < elements.size();) {
    size_t end = begin + 1;
    while (turns.joins(end)) ++end;
    if (end - begin > 1) {
      JoinedMessage joined(drops);
      for (size_t i = begin; i < end; ++i) joined.add(elements[i]);
      splice.replace(span(elements[begin], elements[end - 1]), joined.write(turns.changes_role(begin) ? kUser : ""));
    } else if (turns.changes_role(begin)) {
      splice.replace(request.messages[begin].notes.role_text.text, std::string(kUser));
    }
    begin = end;
  }
  return splice.finish().flat();
}

}  // namespace onellm::dialects::openai_chat
