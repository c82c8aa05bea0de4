#include <gtest/gtest.h>

#include "chat/answer/answer.h"
#include "support/transcript.h"

namespace onellm::chat {
namespace {

// The answer collected from events, shown again.
std::vector<std::string> shown(const std::vector<Event>& events) {
  Answer answer;
  for (const Event& event : events) answer.take(event);
  test::Recorder recorder;
  answer.choices.at(0).show(recorder);
  return recorder.lines;
}

Event text(std::string_view words) { return {.kind = EventKind::kText, .text = {words}}; }
Event thought(std::string_view words) { return {.kind = EventKind::kReasoning, .text = {words}}; }
Event call(uint32_t index) { return {.kind = EventKind::kToolCallOpened, .tool_call = index, .name = {"f"}}; }
Event input(uint32_t index, std::string_view words) {
  return {.kind = EventKind::kToolArguments, .tool_call = index, .text = {words}};
}

TEST(AnswerOrder, IsThatOfTheEvents) {
  EventDetails signed_block;
  signed_block.thinking = {.text = {"t"}, .signature = {"s"}};
  const std::vector<std::string> wanted = {"started 0 id  model m created 0",
                                           "reasoning 0 \"ab\"",
                                           "thinking_signed 0 \"t\" signature s",
                                           "text 0 \"one\"",
                                           "call 0.0 id  name f",
                                           "arguments 0.0 \"{}\"",
                                           "text 0 \"two\"",
                                           "reasoning 0 \"c\""};
  EXPECT_EQ(shown({{.kind = EventKind::kStarted, .name = {"m"}},
                   thought("a"),
                   thought("b"),
                   {.kind = EventKind::kThinkingSigned, .details = &signed_block},
                   text("o"),
                   text("ne"),
                   call(0),
                   input(0, "{"),
                   text("two"),
                   input(0, "}"),
                   thought("c"),
                   {.kind = EventKind::kFinished}}),
            wanted);
}

TEST(AnswerOrder, PutsALateCitationAfterItsText) {
  EventDetails source;
  source.citation = {.end = 1, .url = {"u"}};
  const Event cited{.kind = EventKind::kCitation, .details = &source};
  const std::string citation = "citation 0 0-1 u \"\"";
  EXPECT_EQ(shown({text("a"), cited, cited, call(0), input(0, "{}"), cited, text("b"), thought("t"), cited}),
            (std::vector<std::string>{"text 0 \"a\"", citation, citation, citation, "call 0.0 id  name f",
                                      "arguments 0.0 \"{}\"", "text 0 \"b\"", citation, "reasoning 0 \"t\""}));
  EXPECT_EQ(shown({cited, call(0), input(0, "{}")}).front(), citation);
}

TEST(AnswerOrder, NamesTheTargetOfEachLeg) {
  struct Origins final : EventSink {
    void take(const Event& event) override {
      if (event.kind == EventKind::kStarted) names.emplace_back(event.origin->model);
    }
    std::vector<std::string> names;
  } origins;
  const Origin first{.provider = "p", .model = "one"};
  const Origin second{.provider = "q", .model = "two"};
  Answer answer;
  for (const Origin* origin : {&first, &second}) {
    answer.take({.kind = EventKind::kStarted, .origin = origin});
    answer.take(text("x"));
  }
  answer.choices.at(0).show(origins);
  EXPECT_EQ(origins.names, (std::vector<std::string>{"one", "two"}));
}

}  // namespace
}  // namespace onellm::chat
