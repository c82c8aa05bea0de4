#include "dialects/common/reasoning/returned_thoughts.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/common/errors/places.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/ids.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

using chat::Message;
using chat::Part;
using chat::ThinkingBlock;
using chat::ThoughtKind;
using chat::ToolCall;
using chat::WrappedThought;

// The inside of the string that is a member of the object, as a view of the object.
json::RawString text_member(json::Raw object, std::string_view name) {
  json::RawString found;
  const json::Buffer copy(object.text);
  json::Reader reader;
  if (!reader.open(copy)) return found;
  reader.root().each_member([&](json::RawString key, json::Value& value) {
    json::RawString text;
    if (!json::key_is(key, name) || !value.read(text)) return;
    found.text = object.text.substr(static_cast<size_t>(text.text.data() - copy.text().data()), text.text.size());
  });
  return found;
}

// Writes OpenAI's item anew from the members of the payload.
std::string item_of(json::Raw payload) {
  std::string item;
  {
    json::ObjectWriter object(item);
    object.add("type", json::RawString{"reasoning"});
    object.add("id", text_member(payload, "id"));
    {
      json::ArrayWriter summary(object.begin("summary"));
      read_raw(payload, [&summary](json::Value& value) {
        value.each_member([&summary](json::RawString key, json::Value& member) {
          if (!json::key_is(key, "summary")) return;
          member.each_element([&summary](size_t, json::Value& part) {
            json::ObjectWriter text(summary.next());
            text.add("type", json::RawString{"summary_text"});
            part.each_member([&text](json::RawString name, json::Value& words) {
              json::RawString read;
              if (json::key_is(name, "text") && words.read(read)) text.add("text", read);
            });
          });
        });
      });
    }
    object.add("encrypted_content", text_member(payload, "encrypted_content"));
  }
  return item;
}

class Returner {
 public:
  Returner(const chat::Request& request, const EncodeOptions& options, const ThoughtsTaken& taken)
      : rest_(request), options_(options), taken_(taken) {}

  void give_back() {
    std::vector<Message> messages;
    messages.reserve(rest_.messages.size());
    places_.reserve(rest_.messages.size());
    for (size_t index = 0; index < rest_.messages.size(); ++index) {
      Message& message = rest_.messages[index];
      if (holds_thoughts(message) && !keep_own(message)) continue;
      messages.push_back(std::move(message));
      places_.keep(index);
    }
    rest_.messages = std::move(messages);
  }

  [[nodiscard]] const chat::Request& rest() const { return rest_; }
  [[nodiscard]] Drops& drops() { return drops_; }
  [[nodiscard]] const Places& places() const { return places_; }

 private:
  static bool holds_thoughts(const Message& message) {
    return !message.wrapped.empty() || !message.thinking_blocks.empty();
  }

  // True if the message still says something.
  bool keep_own(Message& message) {
    if (!taken_.of_claude && !message.thinking_blocks.empty()) {
      message.thinking_blocks.clear();
      report();
    }
    const size_t count = message.wrapped.size();
    for (size_t at = 0; at < count; ++at) {
      const WrappedThought& thought = message.wrapped[at];
      if (leads_nowhere(message.wrapped, at)) continue;
      if (!is_own(thought) || !take(thought, message)) report();
    }
    join_reasoning(message);
    message.wrapped.clear();
    return !message.parts.empty() || !message.tool_calls.empty() || !message.reasoning.empty() ||
           !message.thinking_blocks.empty();
  }

  void report() { drops_.add("messages[].thinking_blocks"); }

  [[nodiscard]] bool is_own(const WrappedThought& thought) const {
    return thought.is_open && thought.provider == options_.provider && thought.model == options_.model;
  }

  // True for an item of OpenAI if the reasoning directly after it cannot go back: models refuse an item without the one
  // that followed it. The client got it before that was known.
  [[nodiscard]] bool leads_nowhere(const std::vector<WrappedThought>& thoughts, size_t at) const {
    for (; thoughts[at].kind == ThoughtKind::kReasoning && is_own(thoughts[at]); ++at) {
      const size_t next = at + 1;
      if (next == thoughts.size() || thoughts[next].place != thoughts[at].place + 1 || !is_own(thoughts[next])) break;
      if (thoughts[next].kind == ThoughtKind::kPlain) return true;
    }
    return false;
  }

  // False if the target's API has no place for it.
  bool take(const WrappedThought& thought, Message& message) {
    ThinkingBlock block;
    block.place = thought.place;
    block.calls_before = thought.calls_before;
    block.text_before = thought.text_before;
    switch (thought.kind) {
      case ThoughtKind::kThinking:
        block.text = text_member(thought.payload, "thinking");
        block.signature = text_member(thought.payload, "signature");
        if (taken_.of_claude) message.thinking_blocks.push_back(block);
        return taken_.of_claude;
      case ThoughtKind::kRedacted:
        block.redacted = true;
        block.text = text_member(thought.payload, "data");
        if (taken_.of_claude) message.thinking_blocks.push_back(block);
        return taken_.of_claude;
      case ThoughtKind::kCall: return sign_call(thought, message);
      case ThoughtKind::kText: return taken_.signatures && sign_text(thought, message);
      case ThoughtKind::kReasoning:
        if (taken_.items_of.empty()) return false;
        block.redacted = true;
        block.text = {rest_.keep(json::escape(item_of(thought.payload)))};
        block.model = {rest_.keep(json::escape(taken_.items_of))};
        message.thinking_blocks.push_back(block);
        return true;
      case ThoughtKind::kPlain:
        if (taken_.plain) plain_.push_back(thought.text);
        return true;  // Other APIs do not miss it.
    }
    __builtin_unreachable();
  }

  // A signature stands before its call. One that came when the client had the call already stands behind it, and says
  // so.
  bool sign_call(const WrappedThought& thought, Message& message) const {
    const bool is_late = !text_member(thought.payload, "of").empty();
    if (is_late && thought.calls_before == 0) return false;
    const size_t call = is_late ? thought.calls_before - 1 : thought.calls_before;
    if (!taken_.signatures || call >= message.tool_calls.size()) return false;
    message.tool_calls[call].signature = text_member(thought.payload, "thoughtSignature");
    return true;
  }

  // Google signs a text, or the thoughts before a text or a call. False if nothing in the message can have it.
  bool sign_text(const WrappedThought& thought, Message& message) const {
    const json::RawString signature = text_member(thought.payload, "thoughtSignature");
    if (Part* const text = signed_text(thought, message)) {
      if (!text->signature.empty()) return false;
      text->signature = message.signature = signature;
    } else if (thought.calls_before < message.tool_calls.size()) {
      ToolCall& call = message.tool_calls[thought.calls_before];
      if (call.signature.empty()) call.signature = signature;  // Its own, if it has one, replaces it.
    } else if (taken_.of_messages && message.parts.empty()) {
      message.signature = signature;
    } else {
      return false;
    }
    return true;
  }

  // The text that follows, unless a call stands between. A signature that came late stands behind its text. Null: none.
  static Part* signed_text(const WrappedThought& thought, Message& message) {
    std::vector<Part>& parts = message.parts;
    const auto next = std::upper_bound(parts.begin(), parts.end(), thought.place,
                                       [](uint32_t place, const Part& part) { return place < part.place; });
    const bool has_next_call = thought.calls_before < message.tool_calls.size();
    const auto place_of_call = [&](size_t index) { return message.tool_calls[index].notes.place; };
    if (next != parts.end() && (!has_next_call || next->place < place_of_call(thought.calls_before))) return &*next;
    const bool is_thinking = !thought.text.empty();
    if (is_thinking || next == parts.begin()) return nullptr;
    Part& last = *std::prev(next);
    const bool is_direct = thought.calls_before == 0 || last.place > place_of_call(thought.calls_before - 1);
    return is_direct || !has_next_call ? &last : nullptr;
  }

  // Joined at once: each join of two texts would keep a copy of all before it.
  void join_reasoning(Message& message) {
    if (plain_.empty()) return;
    if (!message.reasoning.empty()) plain_.insert(plain_.begin(), message.reasoning);
    message.reasoning = plain_.front();
    if (plain_.size() > 1) {
      std::string joined;
      for (const json::RawString text : plain_) {
        if (!joined.empty()) joined += "\\n\\n";
        joined += text.text;
      }
      message.reasoning = {rest_.keep(std::move(joined))};
    }
    plain_.clear();
  }

  chat::Request rest_;
  const EncodeOptions& options_;
  const ThoughtsTaken& taken_;
  Drops drops_;
  Places places_;
  std::vector<json::RawString> plain_;  // Reasoning of the current message.
};

// True if the request has reasoning that must be given back or left out.
bool has_work(const chat::Request& request, const ThoughtsTaken& taken) {
  // A client of chat sends blocks of any provider; their encoders choose among them.
  const bool is_claudes = request.source.dialect == kAnthropicMessages && !taken.of_claude;
  return std::any_of(request.messages.begin(), request.messages.end(), [is_claudes](const Message& message) {
    return !message.wrapped.empty() || (is_claudes && !message.thinking_blocks.empty());
  });
}

}  // namespace

Result<EncodedRequest> encode_with_own_thoughts(
    const chat::Request& request, const EncodeOptions& options, const ThoughtsTaken& taken,
    FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  if (!has_work(request, taken)) return encode(request);
  Returner returner(request, options, taken);
  returner.give_back();
  std::optional<Error> refusal = options.strict ? returner.drops().refusal() : std::nullopt;
  if (refusal) return *std::move(refusal);
  Result<EncodedRequest> encoded = encode(returner.rest());
  if (!encoded) return returner.places().in_whole(encoded.error(), [](size_t, size_t part) { return part; });
  for (const std::string& name : encoded->dropped) returner.drops().add(name);
  encoded->dropped = returner.drops().take();
  return encoded;
}

}  // namespace onellm::dialects
