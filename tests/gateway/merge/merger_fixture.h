// A merger between a host that notes what it is asked and a sink that writes down what comes out, one
// event a line. Legs are named a, b, c …
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dialects/openai_chat/dialect.h"
#include "gateway/chat/merge/merge.h"

namespace onellm::gateway::test {

using Lines = std::vector<std::string>;

inline std::string line_of(const chat::Event& event) {
  using chat::EventKind;
  const std::string choice = event.choice == 0 ? "" : std::to_string(event.choice) + ": ";
  std::string line;
  switch (event.kind) {
    case EventKind::kStarted: line = "start " + std::string(event.name.text); break;
    case EventKind::kText: line = "text " + std::string(event.text.text); break;
    case EventKind::kReasoning: line = "reasoning " + std::string(event.text.text); break;
    case EventKind::kRefusal: line = "refusal " + std::string(event.text.text); break;
    case EventKind::kToolCallOpened:
      line = "call " + std::to_string(event.tool_call) + " " + std::string(event.id.text) + " " +
             std::string(event.name.text);
      break;
    case EventKind::kToolArguments:
      line = "arguments " + std::to_string(event.tool_call) + " " + std::string(event.text.text);
      break;
    case EventKind::kExtra: line = "extra"; break;
    case EventKind::kThinkingSigned: line = "thinking_signed " + std::string(event.details->thinking.text.text); break;
    case EventKind::kPartSigned: line = "part_signed"; break;
    case EventKind::kCitation:
      line = "citation " + std::to_string(event.details->citation.begin) + " " +
             std::to_string(event.details->citation.end) + " " + std::string(event.details->citation.url.text);
      break;
    case EventKind::kMedia: line = "media " + std::string(event.details->media.data.text); break;
    case EventKind::kCode: line = "code " + std::string(event.details->code.text.text); break;
    case EventKind::kProviderPart: line = "part " + std::string(event.details->part.value.text); break;
    case EventKind::kContentEnded: line = "content_ended"; break;
    case EventKind::kFinished:
      line = "finish " + std::string(chat::to_string(event.finish));
      if (event.error != nullptr) {
        line += " failed " + code_of(*event.error) + " (" + std::to_string(status_of(*event.error)) + ")";
      }
      if (!event.name.empty()) line += " of " + std::string(event.name.text);
      break;
    case EventKind::kUsage: line = "usage " + std::to_string(event.usage->total_tokens); break;
    case EventKind::kCompleted: line = "completed"; break;
    case EventKind::kFailed: line = "failed " + event.error->message; break;
  }
  for (const std::string_view extra : {event.delta_extra.text, event.choice_extra.text, event.reply_extra.text}) {
    if (!extra.empty()) line += " +" + std::string(extra);
  }
  if (event.details != nullptr) {
    const chat::EventDetails& details = *event.details;
    if (!details.logprobs.empty()) line += " logprobs " + std::string(details.logprobs.text);
    if (!details.answer_filters.empty()) line += " filters " + std::string(details.answer_filters.text);
    if (details.characters_before > 0) line += " at " + std::to_string(details.characters_before);
    if (!details.gateway_members.empty()) line += " +" + std::string(details.gateway_members.text);
  }
  return choice + line;
}

struct FakeHost final : MergeHost {
  void pause_leg(size_t leg) override { asked.push_back("pause " + reports[leg].name); }
  void resume_leg(size_t leg) override { asked.push_back("resume " + reports[leg].name); }
  void cancel_leg(size_t leg) override { asked.push_back("cancel " + reports[leg].name); }
  [[nodiscard]] const LegReport& leg_report(size_t leg) const override { return reports[leg]; }
  [[nodiscard]] const dialects::ClientDialect& client() const override { return dialects::openai_chat::dialect(); }
  [[nodiscard]] std::string legs_member() const override { return "\"onellm\":0"; }
  void all_legs_failed() override { asked.emplace_back("all failed"); }

  std::vector<LegReport> reports;
  Lines asked;
};

struct Recorder final : chat::EventSink {
  void take(const chat::Event& event) override { lines.push_back(line_of(event)); }
  Lines lines;
};

class Merging {
 public:
  Merging(MergeMode mode, size_t legs, bool streamed = true) {
    set_up(legs);
    merger_ = make_merger(mode, legs, streamed, host_, recorder_);
  }

  // --- what a leg says ---
  Merging& start(size_t leg) { return say(leg, {.kind = chat::EventKind::kStarted, .name = {"served"}}); }
  Merging& text(size_t leg, std::string_view words) {
    return say(leg, {.kind = chat::EventKind::kText, .text = {words}});
  }
  Merging& reasoning(size_t leg, std::string_view words) {
    return say(leg, {.kind = chat::EventKind::kReasoning, .text = {words}});
  }
  Merging& refusal(size_t leg, std::string_view words) {
    return say(leg, {.kind = chat::EventKind::kRefusal, .text = {words}});
  }
  Merging& call(size_t leg, uint32_t index, std::string_view id) {
    return say(leg, {.kind = chat::EventKind::kToolCallOpened, .tool_call = index, .id = {id}, .name = {"f"}});
  }
  Merging& arguments(size_t leg, uint32_t index, std::string_view fragment) {
    return say(leg, {.kind = chat::EventKind::kToolArguments, .tool_call = index, .text = {fragment}});
  }
  Merging& finish(size_t leg, chat::FinishReason reason = chat::FinishReason::kStop) {
    return say(leg, {.kind = chat::EventKind::kFinished, .finish = reason});
  }
  Merging& usage(size_t leg, int64_t total) {
    chat::Usage used;
    used.total_tokens = total;
    host_.reports[leg].usage = used;
    return say(leg, {.kind = chat::EventKind::kUsage, .usage = &used});
  }
  Merging& complete(size_t leg) { return say(leg, {.kind = chat::EventKind::kCompleted}); }
  Merging& fail(size_t leg, const std::string& code = "overloaded", int status = 503) {
    Error error{.kind = ErrorKind::kUpstreamRefused, .message = code};
    error.code = code;
    error.status = status;
    host_.reports[leg].error = error;
    return say(leg, {.kind = chat::EventKind::kFailed, .error = &error});
  }
  // A whole answer.
  Merging& speak(size_t leg, std::string_view words) {
    return start(leg).text(leg, words).finish(leg).usage(leg, 5).complete(leg);
  }
  Merging& say(size_t leg, const chat::Event& event) {
    merger_->take(leg, event);
    return *this;
  }

  // What came out since the last time this was asked, and what was asked of the host.
  Lines out() { return std::exchange(recorder_.lines, {}); }
  Lines asked() { return std::exchange(host_.asked, {}); }

 private:
  void set_up(size_t legs) {
    host_.reports.resize(legs);
    for (size_t leg = 0; leg < legs; ++leg) host_.reports[leg].name = std::string(1, static_cast<char>('a' + leg));
  }

  FakeHost host_;
  Recorder recorder_;
  std::unique_ptr<Merger> merger_;
};

}  // namespace onellm::gateway::test
