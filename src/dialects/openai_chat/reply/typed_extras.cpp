// The part of ReplyFlow that passes on what clients of other dialects can use of the extras: they get it typed.
//
// Rule: the extras keep it, too. Every event here is of this dialect, so that its own encoder ignores it.
#include <string>
#include <utility>

#include "base/limits.h"
#include "chat/members.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/openai_chat/echoes/reasoning.h"
#include "dialects/openai_chat/reply/flow.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Event;
using chat::EventDetails;
using chat::EventKind;
using json::key_is;

// Reads a citation from an annotation. Its members are those of `url_citation`; some hosts send them without it.
void read_citation(json::Value& value, chat::Citation& citation) {
  value.each_member([&citation](json::RawString key, json::Value& member) {
    if (key_is(key, "url_citation")) return read_citation(member, citation);
    if (key_is(key, "url") && !member.read(citation.url)) citation.url = {};
    if (key_is(key, "title") && !member.read(citation.title)) citation.title = {};
    if (key_is(key, "start_index") && !member.read(citation.begin)) citation.begin = 0;
    if (key_is(key, "end_index") && !member.read(citation.end)) citation.end = 0;
  });
}

std::string read_signature(json::Raw extra_content) {
  std::string signature;
  read_raw(extra_content, [&signature](json::Value& value) { signature = decode_signature(value, nullptr).text; });
  return signature;
}

// The signature in the extras of a tool call: a view into them.
json::RawString signature_of_call(json::RawMembers extra) {
  if (!chat::has_value(extra, kExtraContent)) return {};
  json::RawString signature;
  const std::string object = "{" + std::string(extra.text) + "}";
  read_raw({object}, [&](json::Value& value) {
    const char* begin = nullptr;  // Of the copy that is read.
    value.each_member([&](json::RawString key, json::Value& member) {
      if (begin == nullptr) begin = key.text.data();
      if (!key_is(key, kExtraContent)) return;
      const json::RawString found = decode_signature(member, nullptr);
      if (found.empty()) return;
      const size_t first_key = extra.text.find('"') + 1;
      signature = {extra.text.substr(first_key + static_cast<size_t>(found.text.data() - begin), found.text.size())};
    });
  });
  return signature;
}

}  // namespace

void ReplyFlow::note_service_tier(json::RawString tier) {
  if (tier.empty()) return;
  service_tier_ = tier.text;
  has_new_tier_ = true;
}

void ReplyFlow::emit_with_details(Event& event, json::Raw logprobs, chat::EventSink& sink) {
  const bool of_tool_call = event.kind == EventKind::kToolCallOpened || event.kind == EventKind::kToolArguments;
  EventDetails details;
  if (of_tool_call) details.signature = signature_of_call(event.delta_extra);
  details.logprobs = logprobs;
  if (std::exchange(has_new_tier_, false)) details.service_tier = {service_tier_};
  event.details = &details;
  sink.take(event);
  event.details = nullptr;
}

void ReplyFlow::hand_on_typed(const ChunkChoice& choice, chat::EventSink& sink) {
  Choice& state = choices_[choice.index];
  if (!choice.extra_content.empty()) {
    std::string signature = read_signature(choice.extra_content);
    if (!signature.empty() && signature.size() <= kThinkingBytesMax) state.signature = std::move(signature);
  }
  if (!choice.annotations.text.starts_with('[')) return;
  read_raw(choice.annotations, [&](json::Value& array) {
    array.each_element([&](size_t /*index*/, json::Value& element) {
      EventDetails details;
      read_citation(element, details.citation);
      if (details.citation.url.empty()) return;
      state.has_citations = true;
      sink.take({.kind = EventKind::kCitation, .choice = choice.index, .extra_of = kOpenaiChat, .details = &details});
    });
  });
}

void ReplyFlow::end_content(uint32_t choice_index, chat::EventSink& sink) {
  const Choice& choice = choices_[choice_index];
  if (!choice.has_citations && choice.signature.empty()) return;
  EventDetails details;
  details.signature = {choice.signature};
  sink.take({.kind = EventKind::kContentEnded, .choice = choice_index, .extra_of = kOpenaiChat, .details = &details});
}

}  // namespace onellm::dialects::openai_chat
