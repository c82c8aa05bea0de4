#include "dialects/palm/reply/whole.h"

#include <vector>

#include "base/limits.h"
#include "dialects/common/reply/bad_reply.h"
#include "dialects/gemini/reply/annotations/grounding.h"
#include "dialects/palm/errors.h"
#include "json/reader.h"

namespace onellm::dialects::palm {

namespace {

using chat::EventKind;
using chat::FinishReason;
using json::key_is;

constexpr int kOk = 200;
// PaLM reports no token counts, but clients need numbers.
constexpr std::string_view kNoUsage = R"({"prompt_tokens":0,"completion_tokens":0,"total_tokens":0,"estimated":true})";

struct Candidate {
  json::RawString text;
  json::Raw citations;
};

// The members of a reply.
struct Reply {
  std::vector<Candidate> candidates;
  bool filtered = false;
  json::RawString filter_reason;
  json::RawString filter_message;
  bool is_error = false;
  const char* problem = nullptr;
};

void read_candidate(json::Value& value, Reply& reply) {
  Candidate candidate;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const bool is_text = key_is(key, "content") || key_is(key, "output");
    if (is_text && !member.read(candidate.text)) reply.problem = "has a candidate whose text is no string";
    if (key_is(key, "citationMetadata") && !member.is_null()) candidate.citations = member.raw();
  });
  if (!is_object) reply.problem = "has a candidate that is no object";
  if (reply.candidates.size() == kChoicesMax) reply.problem = "has too many candidates";
  if (reply.problem == nullptr) reply.candidates.push_back(candidate);
}

void read_filter(json::Value& value, Reply& reply) {
  value.each_member([&](json::RawString key, json::Value& member) {
    json::RawString text;
    if (key_is(key, "reason") && reply.filter_reason.empty() && member.read(text)) reply.filter_reason = text;
    if (key_is(key, "message") && reply.filter_message.empty() && member.read(text)) reply.filter_message = text;
  });
}

void read_member(json::RawString key, json::Value& value, Reply& reply) {
  if (key_is(key, "candidates")) {
    value.each_element([&](size_t, json::Value& element) { read_candidate(element, reply); });
  } else if (key_is(key, "filters")) {
    reply.filtered = true;
    value.each_element([&](size_t, json::Value& element) { read_filter(element, reply); });
  } else if (key_is(key, "messages") || key_is(key, "safetyFeedback")) {
    reply.filtered = true;  // It is a reply. If it has no candidates, a filter removed them without a reason.
  } else if (key_is(key, "error")) {
    reply.is_error = !value.is_null();
  }
}

void start(uint32_t choice, std::string_view model, chat::EventSink& sink) {
  sink.take({.kind = EventKind::kStarted, .choice = choice, .name = {model}});
}

void emit_candidate(const Candidate& candidate, uint32_t choice, chat::EventSink& sink) {
  sink.take({.kind = EventKind::kText, .choice = choice, .text = candidate.text});
  if (!candidate.citations.empty()) {
    gemini::TextMap text;
    text.append(candidate.text);
    SourceList sources;
    gemini::add_sources_of_citations(candidate.citations, text, sources);
    sources.hand_on(choice, sink);
    if (!sources.empty()) sink.take({.kind = EventKind::kContentEnded, .choice = choice});
  }
  sink.take({.kind = EventKind::kFinished, .choice = choice, .finish = FinishReason::kStop});
}

// Emits the only choice of a reply whose candidates were all removed by a filter.
void emit_filtered(const Reply& reply, chat::EventSink& sink) {
  if (!reply.filter_message.empty()) sink.take({.kind = EventKind::kRefusal, .text = reply.filter_message});
  sink.take({.kind = EventKind::kText});  // Content is "", not null.
  sink.take(
      {.kind = EventKind::kFinished, .finish = FinishReason::kContentFilter, .native_finish = reply.filter_reason});
}

}  // namespace

void decode_reply(std::string_view body, std::string_view model, chat::EventSink& sink) {
  if (!begin_json_body(body, sink)) return;
  const json::Buffer buffer(body);
  json::Reader reader;
  Reply reply;
  if (reader.open(buffer)) {
    const bool is_object =
        reader.root().each_member([&](json::RawString key, json::Value& value) { read_member(key, value, reply); });
    if (!is_object) reply.problem = "is no JSON object";
    reply.is_error = reply.is_error || body.starts_with('[');  // Google sometimes puts errors into arrays.
  }
  if (!reader.finish()) return emit_failure(bad_reply(reader.error_message()), sink);
  if (reply.is_error) return emit_failure(decode_error(kOk, body, model), sink);
  if (reply.candidates.empty() && !reply.filtered && reply.problem == nullptr) reply.problem = "has no candidates";
  if (reply.problem != nullptr) return emit_failure(bad_reply(reply.problem), sink);

  const std::string name = json::escape(model);
  for (uint32_t choice = 0; choice < reply.candidates.size(); ++choice) {
    start(choice, name, sink);
    emit_candidate(reply.candidates[choice], choice, sink);
  }
  if (reply.candidates.empty()) {
    start(0, name, sink);
    emit_filtered(reply, sink);
  }
  chat::Usage usage;
  usage.raw = kNoUsage;
  sink.take({.kind = EventKind::kUsage, .usage = &usage});
  sink.take({.kind = EventKind::kCompleted});
}

void ReplyStreamDecoder::take_event(const sse::Event& /*event*/, chat::EventSink& sink) {
  fail_on_bad_data(bad_reply("is a stream, which PaLM does not have"), sink);
}

void ReplyStreamDecoder::take_whole_body(std::string_view body, chat::EventSink& sink) {
  decode_reply(body, model_, sink);
}

void ReplyStreamDecoder::take_end(const Error& reason, chat::EventSink& sink) { fail(reason, sink); }

}  // namespace onellm::dialects::palm
