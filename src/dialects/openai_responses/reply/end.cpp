// The part of ReplyFlow that ends the reply.
#include <cstddef>
#include <string_view>

#include "dialects/common/reply/bad_reply.h"
#include "dialects/openai_responses/reply/content_filters.h"
#include "dialects/openai_responses/reply/flow.h"
#include "json/reader.h"

namespace onellm::dialects::openai_responses {

namespace {

using chat::EventKind;
using chat::FinishReason;

constexpr int64_t kCharactersMax = 1'000'000'000'000;  // Far from overflow.

// Why a response is incomplete; empty if it is complete. If the host gives no reason, it is "incomplete".
json::RawString reason_of(const Event& event) {
  const bool is_unexplained = event.incomplete_reason.empty() && json::key_is(event.status, "incomplete");
  return is_unexplained ? event.status : event.incomplete_reason;
}

// https://platform.openai.com/docs/api-reference/responses/object#responses/object-incomplete_details
bool is_known(json::RawString reason) {
  return json::key_is(reason, "max_output_tokens") || json::key_is(reason, "content_filter");
}

}  // namespace

bool ReplyFlow::complete(const Event& event, chat::EventSink& sink) {
  start(event, sink);
  const bool is_news = items_.empty();
  for (size_t at = 0; at < event.output.size() && is_news; ++at) {
    finish(event, static_cast<int64_t>(at), event.output[at], sink);
  }
  for (Progress& item : items_) {
    if (item.kind == ItemKind::kFunctionCall && !item.has_content) end_call(event, item, sink);
  }
  if (*problem_ != '\0') return false;
  const json::RawString reason = reason_of(event);
  const bool is_empty = !has_text_ && !has_refusal_ && !has_reasoning_ && !has_image_ && calls_ == 0;
  if (is_empty && !reason.empty() && !is_known(reason)) {
    if (event.usage) sink.take({.kind = EventKind::kUsage, .usage = &*event.usage});
    emit_failure(gave_no_answer(reason), sink);
    return true;
  }
  // An empty answer gets an empty text.
  if (!has_text_ && !has_refusal_ && calls_ == 0) sink.take({.kind = EventKind::kText});
  end_content(sink);
  hand_on_finish(event, sink);
  sink.take({.kind = EventKind::kCompleted});
  return true;
}

// Ends a call whose arguments did not come in the stream. The finished response may have them. A call that was cut off
// gets no invented arguments.
void ReplyFlow::end_call(const Event& event, Progress& call, chat::EventSink& sink) {
  const auto place = static_cast<size_t>(call.index);
  const bool is_listed = call.index >= 0 && place < event.output.size() && event.output[place].kind == call.kind;
  const json::RawString input = is_listed ? event.output[place].input : json::RawString{};
  const bool is_cut = !event.incomplete_reason.empty() || json::key_is(event.status, "incomplete");
  if (!input.empty() || !is_cut) take_input(call, input, sink);
}

void ReplyFlow::end_content(chat::EventSink& sink) {
  reasoning_.hand_on(sink);
  sources_.hand_on(0, sink);
  chat::EventDetails details;
  details.phase = {phase_};
  if (!reasoning_.any() && sources_.empty() && phase_.empty()) return;
  sink.take({.kind = EventKind::kContentEnded, .details = &details});
}

void ReplyFlow::hand_on_finish(const Event& event, chat::EventSink& sink) const {
  chat::Event finished{.kind = EventKind::kFinished};
  const json::RawString reason = reason_of(event);
  if (!reason.empty()) {
    finished.finish = json::key_is(reason, "content_filter") ? FinishReason::kContentFilter : FinishReason::kLength;
    if (!is_known(reason)) finished.native_finish = reason;
  } else if (calls_ > 0) {
    finished.finish = FinishReason::kToolCalls;
  }
  chat::EventDetails of_usage;
  of_usage.service_tier = event.service_tier;
  const FilterResults filters = read_filter_results(event.content_filters);
  chat::EventDetails details = of_usage;
  details.prompt_filters = {filters.prompt};
  details.answer_filters = {filters.answer};
  if (details.is_of_reply() || details.is_of_choice()) finished.details = &details;
  sink.take(finished);
  if (!event.usage) return;
  sink.take(
      {.kind = EventKind::kUsage, .usage = &*event.usage, .details = of_usage.is_of_reply() ? &of_usage : nullptr});
}

void ReplyFlow::cite(const Citation& citation, int64_t part_begin, chat::EventSink& sink) {
  const bool is_place = citation.start >= 0 && citation.start <= citation.end && citation.end <= kCharactersMax;
  if (!is_place) return;
  sources_.add({.begin = part_begin + citation.start,
                .end = part_begin + citation.end,
                .url = citation.url,
                .title = citation.title});
  if (has_text_) sources_.hand_on(0, sink);  // A source does not begin an answer.
}

}  // namespace onellm::dialects::openai_responses
