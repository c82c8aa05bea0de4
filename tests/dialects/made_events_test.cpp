// What decoders make themselves is marked, so that a client dialect can give it another form.
#include <gtest/gtest.h>

#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"

namespace onellm::dialects {
namespace {

// Counts the calls whose ids were made here, and joins the texts that are breaks.
struct Marks final : chat::EventSink {
  void take(const chat::Event& event) override {
    if (event.kind == chat::EventKind::kToolCallOpened && event.has_made_id) ++made;
    if (event.kind == chat::EventKind::kToolCallOpened && !event.has_made_id) ++given;
    if (event.is_break) breaks += event.text.text;
  }
  int made = 0;
  int given = 0;
  std::string breaks;
};

Marks marks_of(const Dialect& dialect, const std::string& reply) {
  Marks marks;
  dialect.decode_reply(reply, {.model = "m", .text_tool = ""}, marks);
  return marks;
}

TEST(MadeEvents, AreTheIdsOfCallsThatCameWithoutOne) {
  const auto reply_of = [](const Dialect& dialect, const std::string& id) -> std::string {
    if (&dialect == &openai_chat::dialect()) {
      return R"({"id":"r","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":)"
             R"([{"id":")" +
             id + R"(","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]})";
    }
    if (&dialect == &openai_responses::dialect()) {
      return R"({"id":"r","status":"completed","output":[{"type":"function_call","name":"f","arguments":"{}","call_id":")" +
             id + R"("}]})";
    }
    if (&dialect == &gemini::dialect()) {
      return R"({"candidates":[{"index":0,"finishReason":"STOP","content":{"parts":[{"functionCall":{"name":"f","id":")" +
             id + R"(","args":{}}}]}}]})";
    }
    return R"({"id":"r","type":"message","role":"assistant","model":"m","stop_reason":"tool_use","content":)"
           R"([{"type":"tool_use","name":"f","input":{},"id":")" +
           id + R"("}]})";
  };
  const Dialect* const dialects[] = {&openai_chat::dialect(), &openai_responses::dialect(), &gemini::dialect(),
                                     &anthropic_messages::dialect()};
  for (const Dialect* dialect : dialects) {
    EXPECT_EQ(marks_of(*dialect, reply_of(*dialect, "")).made, 1) << static_cast<int>(dialect->id());
    EXPECT_EQ(marks_of(*dialect, reply_of(*dialect, "x1")).given, 1) << static_cast<int>(dialect->id());
  }
}

TEST(MadeEvents, AreTheBreaksBetweenItemsOfResponses) {
  const std::string summary = R"({"type":"reasoning","id":"a","summary":[{"type":"summary_text","text":"x"}]})";
  const std::string message = R"({"type":"message","content":[{"type":"output_text","text":"t"}]})";
  const std::string reply =
      R"({"id":"r","status":"completed","output":[)" + summary + "," + message + "," + summary + "," + message + "]}";
  EXPECT_EQ(marks_of(openai_responses::dialect(), reply).breaks, R"(\n\n\n\n)");
}

}  // namespace
}  // namespace onellm::dialects
