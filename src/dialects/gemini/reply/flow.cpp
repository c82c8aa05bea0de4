#include "dialects/gemini/reply/flow.h"

#include <utility>

#include "base/limits.h"
#include "base/time/rfc3339.h"
#include "dialects/gemini/reply/logprobs.h"

namespace onellm::dialects::gemini {

using chat::Event;
using chat::EventKind;

namespace {

// True if the candidate has more content.
bool says_more(const Chunk& chunk, const Candidate& candidate) {
  for (size_t at = candidate.parts_begin; at < candidate.parts_end; ++at) {
    const Part& part = chunk.parts[at];
    const bool is_text = part.kind == PartKind::kText || part.kind == PartKind::kThought;
    if (part.kind != PartKind::kNothing && !(is_text && part.text.empty())) return true;
  }
  return false;
}

}  // namespace

bool ReplyFlow::take(const Chunk& chunk, chat::EventSink& sink) {
  if (id_.empty()) id_ = chunk.id.text;
  if (!chunk.model.empty() && !model_said_) {
    model_ = chunk.model.text;
    model_said_ = true;
  }
  if (created_s_ == 0 && !chunk.created.empty()) {
    created_s_ = read_rfc3339_ms(chunk.created.text).value_or(0) / 1000;
  }
  if (!chunk.block_reason.empty()) {
    block_reason_ = chunk.block_reason.text;
    block_message_ = chunk.block_message.text;
  }
  counts_.update(chunk.counts);  // The counts of a chunk are totals since the start of the reply.
  for (const Candidate& candidate : chunk.candidates) take_candidate(chunk, candidate, sink);
  return *problem_ == '\0';
}

void ReplyFlow::release_memory() {
  for (std::string* made : {&text_, &escaped_, &logprobs_}) std::string().swap(*made);
}

void ReplyFlow::take_candidate(const Chunk& chunk, const Candidate& candidate, chat::EventSink& sink) {
  Choice& choice = choice_at(candidate.index);
  if (!choice.started) start(candidate.index, sink);
  if (!candidate.logprobs.empty()) logprobs_ = read_logprobs(candidate.logprobs);
  part_begins_.clear();
  for (size_t at = candidate.parts_begin; at < candidate.parts_end; ++at) {
    if (form_ == Form::kWhole) part_begins_.push_back(choice.text.bytes());
    take_part(chunk.parts[at], candidate.index, sink);
  }
  if (!logprobs_.empty()) {
    Event event{.kind = EventKind::kExtra, .choice = candidate.index};
    emit(event, sink);
  }
  if (!candidate.finish_reason.empty()) {
    repeats_finish_ |= !choice.finish_reason.empty() && says_more(chunk, candidate);
    choice.finish_reason = candidate.finish_reason.text;
  }
  if (!candidate.finish_message.empty()) choice.finish_message = candidate.finish_message.text;
  if (!candidate.grounding.empty() || !candidate.citations.empty()) take_sources(candidate);
}

void ReplyFlow::take_part(const Part& part, uint32_t index, chat::EventSink& sink) {
  const bool signs_answer =
      part.kind == PartKind::kText || part.kind == PartKind::kThought || part.kind == PartKind::kData;
  const bool is_signed = signs_answer && !part.signature.empty() && part.signature.text.size() <= kThinkingBytesMax;
  if (is_signed) choices_[index].signature = part.signature.text;
  switch (part.kind) {
    case PartKind::kNothing: return;
    case PartKind::kText:
      if (is_signed) emit_signature(part.signature, index, sink);
      return take_text(part.text, index, sink);
    case PartKind::kThought:
      take_thought(part.text, index, sink);
      if (is_signed) emit_signature(part.signature, index, sink);
      return;
    case PartKind::kCall: return take_call(part, index, sink);
    case PartKind::kData:
    case PartKind::kCode:
    case PartKind::kCodeResult: return take_other(part, index, sink);
    case PartKind::kServerTool: return take_server_tool(part, index, sink);
  }
}

void ReplyFlow::take_thought(json::RawString text, uint32_t index, chat::EventSink& sink) {
  if (text.empty()) return;
  choices_[index].has_thoughts = true;
  Event event{.kind = EventKind::kReasoning, .choice = index, .text = text};
  emit(event, sink);
}

void ReplyFlow::emit_signature(json::RawString signature, uint32_t index, chat::EventSink& sink) {
  chat::EventDetails details;
  details.signature = signature;
  sink.take({.kind = EventKind::kPartSigned, .choice = index, .details = &details});
}

void ReplyFlow::take_text(json::RawString text, uint32_t index, chat::EventSink& sink) {
  if (text.empty()) return;
  choices_[index].has_content = true;
  choices_[index].text.append(text);
  Event event{.kind = EventKind::kText, .choice = index, .text = text};
  emit(event, sink);
}

void ReplyFlow::take_other(const Part& part, uint32_t index, chat::EventSink& sink) {
  choices_[index].has_content = true;
  chat::EventDetails details;
  Event event{.kind = EventKind::kCode, .choice = index};
  if (part.kind == PartKind::kData) {
    event.kind = EventKind::kMedia;
    details.media = {.type = part.name, .data = part.text};
  } else {
    details.code = {.is_output = part.kind == PartKind::kCodeResult, .label = part.name, .text = part.text};
  }
  emit(event, sink, &details);
}

// Not part of the answer, but Google needs these parts sent back unchanged.
// https://ai.google.dev/gemini-api/docs/tool-combination
void ReplyFlow::take_server_tool(const Part& part, uint32_t index, chat::EventSink& sink) {
  text_.clear();
  json::compact_to(text_, part.arguments);
  chat::EventDetails details;
  details.part = {.name = part.name, .value = {text_}, .signature = part.signature};
  Event event{.kind = EventKind::kProviderPart, .choice = index};
  emit(event, sink, &details);
}

// Sources (grounding) cover the whole answer: a later chunk replaces them. Citations cover the text so far or only the
// new text: they are added.
void ReplyFlow::take_sources(const Candidate& candidate) {
  Choice& choice = choices_[candidate.index];
  // In a stream, byte positions count from the start of the whole text; in a whole reply, from the start of each part.
  const auto begin_of_part = [&](int64_t part) {
    const bool is_known = part >= 0 && part < static_cast<int64_t>(part_begins_.size());
    return is_known ? part_begins_[static_cast<size_t>(part)] : 0;
  };
  SourceList sources = sources_of_grounding(candidate.grounding, choice.text, begin_of_part);
  if (!sources.empty()) choice.sources = std::move(sources);
  add_sources_of_citations(candidate.citations, choice.text, choice.citations);
}

void ReplyFlow::start(uint32_t index, chat::EventSink& sink) {
  choices_[index].started = true;
  const Event event{
      .kind = EventKind::kStarted, .choice = index, .id = {id_}, .name = {model_}, .created_s = created_s_};
  sink.take(event);
}

void ReplyFlow::emit(chat::Event& event, chat::EventSink& sink, chat::EventDetails* details) {
  event.details = details;
  if (logprobs_.empty()) return sink.take(event);
  chat::EventDetails with_logprobs = details == nullptr ? chat::EventDetails() : *details;
  with_logprobs.logprobs = {logprobs_};
  event.details = &with_logprobs;
  sink.take(event);
  event.details = nullptr;
  logprobs_.clear();
}

ReplyFlow::Choice& ReplyFlow::choice_at(uint32_t index) {
  if (choices_.size() <= index) choices_.resize(index + 1);
  return choices_[index];
}

}  // namespace onellm::dialects::gemini
