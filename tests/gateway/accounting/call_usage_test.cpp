// What a call used, in every way in which it can end: as reported, or else an estimate that is marked as one.
#include <gtest/gtest.h>

#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"
#include "support/records.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

// 40 bytes are estimated as 10 tokens.
const std::string kForty(40, 'a');

Json ask(const std::string& model, const Json& more = Json::object()) {
  Json body = {{"model", model},
               {"stream", true},
               {"stream_options", {{"include_usage", true}}},
               {"messages", {{{"role", "user"}, {"content", std::string(400, 'q')}}}}};
  body.update(more);
  return body;
}

struct CallUsage : ::testing::TestWithParam<const char*> {
  Configured gateway{settings_with({{"bindings", {"ONELLM_ANALYTICS"}},
                                    {"ANTHROPIC_API_KEY", "key-of-anthropic"},
                                    {"GEMINI_API_KEY", "key-of-gemini"}})};
  Driver driver{gateway};

  void expect_usage(const std::string& source, double prompt, double completion) {
    ASSERT_EQ(driver.records.size(), 1U) << driver.transcript();
    const Json& record = driver.records[0];
    EXPECT_EQ(blob(record, "usage"), source) << record;
    EXPECT_EQ(number(record, "prompt_tokens"), prompt) << record;
    EXPECT_EQ(number(record, "completion_tokens"), completion) << record;
  }
};

TEST_P(CallUsage, IsWhatTheProviderReports) {
  driver.chat(ask(GetParam()));
  driver.stream(0, role() + text(kForty) + finish() + usage(90, 3) + kDone);
  expect_usage("reported", 90, 3);
}

TEST_P(CallUsage, IsEstimatedWhereAClientLeavesBeforeTheReport) {
  driver.chat(ask(GetParam()));
  driver.head(0, 200);
  driver.bytes(0, role() + text(kForty) + text(kForty));
  driver.client_gone();
  ASSERT_EQ(driver.records.size(), 1U);
  EXPECT_EQ(blob(driver.records[0], "outcome"), "client_gone");
  EXPECT_EQ(blob(driver.records[0], "usage"), "estimated");
  EXPECT_EQ(number(driver.records[0], "prompt_tokens"), 100);
  EXPECT_GE(number(driver.records[0], "completion_tokens"), 20);
  EXPECT_LE(number(driver.records[0], "completion_tokens"), 20) << "the role is no text of it";
}

TEST_P(CallUsage, IsEstimatedWhereTheUpstreamBreaksOff) {
  driver.chat(ask(GetParam()));
  driver.head(0, 200);
  driver.bytes(0, role() + text(kForty));
  driver.fail(0);
  ASSERT_EQ(driver.records.size(), 1U);
  EXPECT_EQ(blob(driver.records[0], "usage"), "estimated");
  EXPECT_GE(number(driver.records[0], "completion_tokens"), 10);
}

// Some hosts report with every chunk, and are behind.
TEST_P(CallUsage, IsTheLargerOfReportAndEstimateWhereAStreamBreaksOff) {
  driver.chat(ask(GetParam()));
  driver.head(0, 200);
  driver.bytes(0, role() + text(kForty) + usage(77, 2) + text(kForty));
  driver.client_gone();
  ASSERT_EQ(driver.records.size(), 1U);
  EXPECT_EQ(blob(driver.records[0], "usage"), "estimated");
  EXPECT_EQ(number(driver.records[0], "prompt_tokens"), 77);
  EXPECT_GE(number(driver.records[0], "completion_tokens"), 20);
}

TEST_P(CallUsage, IsTheReportWhereThatIsAheadOfTheStream) {
  driver.chat(ask(GetParam()));
  driver.head(0, 200);
  driver.bytes(0, role() + text("One") + usage(77, 500) + text("two"));
  driver.client_gone();
  expect_usage("reported", 77, 500);
}

TEST_P(CallUsage, IsNoneWhereNothingCame) {
  driver.chat(ask(GetParam()));
  driver.head(0, 200);
  driver.client_gone();
  expect_usage("none", 0, 0);
  EXPECT_EQ(blob(driver.records[0], "price_known"), "no");
}

TEST_P(CallUsage, IsTheReportOfACallThatFailedWithoutContent) {
  driver.chat(ask(GetParam()));
  driver.head(0, 200);
  driver.bytes(0, usage(70, 0) + error_event("Busy", "server_error", "overloaded"));
  expect_usage("reported", 70, 0);
}

TEST_P(CallUsage, CountsZerosAsNoReportWhereThereWasContent) {
  driver.chat(ask(GetParam()));
  driver.stream(0, role() + text(kForty) + finish() + usage(0, 0) + kDone);
  ASSERT_EQ(driver.records.size(), 1U);
  EXPECT_EQ(blob(driver.records[0], "usage"), "estimated");
  EXPECT_EQ(number(driver.records[0], "prompt_tokens"), 100);
}

INSTANTIATE_TEST_SUITE_P(InBothLanes, CallUsage, ::testing::Values("gpt-4o", "alpha"),
                         [](const auto& lane) { return lane.index == 0 ? "Native" : "Translated"; });

using CallUsageOf = CallUsage;

TEST_F(CallUsageOf, AHostThatNeverReportsIsEstimated) {
  Json body = ask("delta");
  body.erase("stream_options");
  driver.chat(body);
  driver.stream(0, role() + text(kForty) + finish() + kDone);
  expect_usage("estimated", 100, 10);
}

TEST_F(CallUsageOf, AWholeReplyWithoutAReportIsEstimated) {
  for (const char* model : {"gpt-4o", "alpha"}) {
    Driver one(gateway);
    one.chat(ask(model, {{"stream", false}, {"stream_options", nullptr}}));
    Json reply = Json::parse(completion(kForty));
    reply.erase("usage");
    one.answer(0, 200, reply.dump());
    ASSERT_EQ(one.records.size(), 1U);
    EXPECT_EQ(blob(one.records[0], "usage"), "estimated") << model;
    EXPECT_EQ(number(one.records[0], "completion_tokens"), 10) << model;
  }
}

TEST_F(CallUsageOf, ToolsCountForTheEstimateOfAPrompt) {
  const Json tool = {
      {"type", "function"},
      {"function", {{"name", "f"}, {"description", std::string(100, 'd')}, {"parameters", Json::object()}}}};
  driver.chat(ask("alpha", {{"tools", {tool}}}));
  driver.head(0, 200);
  driver.bytes(0, role() + tool_call(0, "call_1", "f", R"({"city":"Oslo"})"));
  driver.client_gone();
  // 400 bytes of the prompt, 100 of the description, "{}"; a name and 21 bytes of escaped arguments.
  expect_usage("estimated", 126, 5);
}

// --- providers that say what the prompt took at the beginning ---

std::string claude_event(const std::string& type, const Json& more) {
  Json event = {{"type", type}};
  event.update(more);
  return "event: " + type + "\ndata: " + event.dump() + "\n\n";
}
std::string claude_start(int input, int output) {
  return claude_event("message_start", {{"message",
                                         {{"id", "msg_1"},
                                          {"type", "message"},
                                          {"role", "assistant"},
                                          {"model", "claude-sonnet-4-5-20250929"},
                                          {"content", Json::array()},
                                          {"stop_reason", nullptr},
                                          {"usage", {{"input_tokens", input}, {"output_tokens", output}}}}}});
}
std::string claude_text(const std::string& words) {
  return claude_event("content_block_start", {{"index", 0}, {"content_block", {{"type", "text"}, {"text", ""}}}}) +
         claude_event("content_block_delta", {{"index", 0}, {"delta", {{"type", "text_delta"}, {"text", words}}}});
}
std::string claude_end(int output) {
  return claude_event("content_block_stop", {{"index", 0}}) +
         claude_event("message_delta",
                      {{"delta", {{"stop_reason", "end_turn"}}}, {"usage", {{"output_tokens", output}}}}) +
         claude_event("message_stop", Json::object());
}

TEST_F(CallUsageOf, ClaudeIsNeverAddedTwice) {
  driver.chat(ask("claude-sonnet-4-5"));
  driver.stream(0, claude_start(1000, 1) + claude_text("Hello") + claude_end(50));
  expect_usage("reported", 1000, 50);
  EXPECT_EQ(blob(driver.records[0], "model_served"), "claude-sonnet-4-5-20250929");
  EXPECT_EQ(number(driver.records[0], "cost_usd"), 0.00375) << "1000 * $3 + 50 * $15, for a million each";
}

TEST_F(CallUsageOf, ClaudesPromptIsKnownWhereTheClientLeaves) {
  driver.chat(ask("claude-sonnet-4-5"));
  driver.head(0, 200);
  driver.bytes(0, claude_start(1000, 1) + claude_text(kForty));
  driver.client_gone();
  expect_usage("estimated", 1000, 10);
}

TEST_F(CallUsageOf, ClaudesPromptIsKnownWhereItFailsBeforeItsFirstWord) {
  driver.chat(ask("claude-sonnet-4-5"));
  driver.head(0, 200);
  driver.bytes(0, claude_start(1000, 1) +
                      claude_event("error", {{"error", {{"type", "overloaded_error"}, {"message", "Busy"}}}}));
  expect_usage("estimated", 1000, 1);
  EXPECT_EQ(blob(driver.records[0], "outcome"), "error");
  EXPECT_EQ(driver.reply.status, 503);
}

// The one token of its beginning stands there for a count that comes with its end.
TEST_F(CallUsageOf, ClaudeIsNotReportedBeforeItSaysHowManyTokensItWrote) {
  driver.chat(ask("claude-sonnet-4-5"));
  driver.head(0, 200);
  driver.bytes(0, claude_start(1000, 1));
  driver.client_gone();
  expect_usage("estimated", 1000, 1);
  EXPECT_EQ(driver.reply.header("x-onellm-cost"), "(absent)");

  Driver told(gateway);
  told.chat(ask("claude-sonnet-4-5"));
  told.head(0, 200);
  const std::string whole = claude_start(1000, 1) + claude_text("Hello") + claude_end(50);
  told.bytes(0, whole.substr(0, whole.find("event: message_stop")));
  told.client_gone();
  EXPECT_EQ(blob(told.records[0], "usage"), "reported");
  EXPECT_EQ(number(told.records[0], "completion_tokens"), 50);
}

// Counts that come with the words, as some hosts have it, are those of the words so far.
TEST_P(CallUsage, IsEstimatedWhereTheCountsCameWithTheWords) {
  Json counted = chunk({{"content", "One"}});
  counted["usage"] = {{"prompt_tokens", 77}, {"completion_tokens", 500}, {"total_tokens", 577}};
  driver.chat(ask(GetParam()));
  driver.head(0, 200);
  driver.bytes(0, role() + sse(counted) + text("two"));
  driver.client_gone();
  expect_usage("estimated", 77, 500);
}

// Twice the greatest number that there is would be less than nothing.
TEST_P(CallUsage, OfNonsenseIsBounded) {
  const std::string huge =
      R"(data: {"id":"c","model":"served-model","choices":[],"usage":{"prompt_tokens":9223372036854775807,)"
      R"("completion_tokens":9223372036854775807}})"
      "\n\n";
  driver.chat(ask(GetParam()));
  driver.stream(0, role() + text("One") + finish() + huge + kDone);
  expect_usage("reported", 1e12, 1e12);
}

TEST_F(CallUsageOf, ALoserOfARaceIsWhatItReportedSoFar) {
  driver.chat(ask("claude-sonnet-4-5,alpha", {{"onellm", {{"merge", "race"}}}}));
  driver.head(0, 200);
  driver.bytes(0, claude_start(1000, 1));
  driver.stream(1, speech("First."));
  ASSERT_EQ(driver.records.size(), 2U);
  EXPECT_EQ(blob(driver.records[0], "outcome"), "lost");
  EXPECT_EQ(blob(driver.records[0], "usage"), "estimated");
  EXPECT_EQ(number(driver.records[0], "prompt_tokens"), 1000);
}

// Gemini counts with every chunk; the events of its answer tell it at the end.
TEST_F(CallUsageOf, GeminiIsWhatItReportedSoFar) {
  const auto chunk_of = [](const std::string& words, int tokens) {
    return sse({{"candidates", {{{"content", {{"role", "model"}, {"parts", {{{"text", words}}}}}}, {"index", 0}}}},
                {"usageMetadata",
                 {{"promptTokenCount", 50}, {"candidatesTokenCount", tokens}, {"totalTokenCount", 50 + tokens}}},
                {"modelVersion", "gemini-2.5-flash"}});
  };
  for (const bool cut : {true, false}) {
    Driver one(gateway);
    one.chat(ask("gemini-2.5-flash"));
    one.head(0, 200);
    one.bytes(0, chunk_of("Hello", 7) + chunk_of(" there", 19));
    if (cut) one.fail(0);
    if (!cut) one.client_gone();
    ASSERT_EQ(one.records.size(), 1U);
    EXPECT_EQ(blob(one.records[0], "usage"), "estimated") << one.records[0];
    EXPECT_EQ(number(one.records[0], "prompt_tokens"), 50);
    EXPECT_EQ(number(one.records[0], "completion_tokens"), 19);
  }
}

}  // namespace
}  // namespace onellm::gateway::test
