// Calls of several legs: whole or not at all. Calls of one leg: as they come.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/gateway_driver.h"
#include "support/gateway_settings.h"
#include "support/openai_wire.h"

namespace onellm::gateway::test {
namespace {

using namespace onellm::test;

const std::string kHalf = R"({"command":"touch half-writ)";
const std::string kHalfCall = tool_call(0, "call_1", "bash", kHalf);

// How a stream may end within a call.
struct Ending {
  const char* name;
  void (*end)(Driver& driver, size_t call);
  const char* finish;  // Of the leg, where it does not fail.
};
const Ending kEndings[] = {
    {"reset", [](Driver& driver, size_t call) { driver.fail(call); }, nullptr},
    {"end", [](Driver& driver, size_t call) { driver.end(call); }, nullptr},
    {"error", [](Driver& driver, size_t call) { driver.bytes(call, error_event("Broke", "server_error")); }, nullptr},
    {"length", [](Driver& driver, size_t call) { driver.bytes(call, finish("length") + kDone); }, "length"},
    {"filter", [](Driver& driver, size_t call) { driver.bytes(call, finish("content_filter") + kDone); },
     "content_filter"},
};

struct HalfCalls : ::testing::Test {
  Json ask(const std::string& model, const std::string& merge, bool stream = true) {
    return chat_request(model, stream, {{"onellm", {{"merge", merge}}}});
  }
  Configured gateway;
};

TEST_F(HalfCalls, OfOneOfSeveralLegsReachNobody) {
  for (const Ending& ending : kEndings) {
    for (const std::string merge : {"concat", "choices"}) {
      for (const size_t half : {0U, 1U}) {
        SCOPED_TRACE(std::string(ending.name) + " " + merge + " " + std::to_string(half));
        Driver driver(gateway);
        driver.chat(ask("alpha,gpt-4o", merge));
        driver.head(half, 200);
        driver.bytes(half, role() + text("Let me see.") + kHalfCall);
        ending.end(driver, half);
        driver.stream(1 - half, speech("Done."));
        EXPECT_EQ(driver.reply.body.find("half-writ"), std::string::npos);
        const Stream stream = read_stream(driver.reply.body);
        EXPECT_EQ(stream.dones, 1);
        for (const auto& [index, choice] : stream.choices) {
          EXPECT_TRUE(choice.calls.empty());
          ASSERT_EQ(choice.finishes.size(), 1U);
          EXPECT_NE(choice.finishes[0], "tool_calls");
        }
        const Json& leg = stream.onellm["legs"][half];
        EXPECT_EQ(leg["finish_reason"], ending.finish == nullptr ? "error" : ending.finish);
      }
    }
  }
}

TEST_F(HalfCalls, LeaveTheWholeCallsOfTheOtherLegAlone) {
  for (const std::string merge : {"concat", "choices"}) {
    Driver driver(gateway);
    driver.chat(ask("alpha,gpt-4o", merge));
    driver.stream(0, role() + kHalfCall + finish("length") + kDone);
    driver.stream(1, role() + tool_call(0, "call_1", "bash", "{\"a\"") + tool_call(0, "", "", ":1}") +
                         finish("tool_calls") + kDone);
    const Stream stream = read_stream(driver.reply.body);
    const StreamedChoice& choice = stream.choices.at(merge == "concat" ? 0 : 1);
    ASSERT_EQ(choice.calls.size(), 1U);
    EXPECT_EQ(choice.calls.at(0), (StreamedCall{.id = "call_1", .name = "bash", .arguments = "{\"a\":1}"}));
    EXPECT_EQ(choice.finishes, std::vector<std::string>{"tool_calls"});
  }
}

TEST_F(HalfCalls, ThatEndByTheHostsWordReachNobodyEither) {
  for (const std::string& ending :
       {std::string(kDone), finish("stop") + kDone, finish("max_time") + kDone, finish("tool_calls") + kDone}) {
    for (const std::string merge : {"concat", "choices", "race"}) {
      Driver driver(gateway);
      driver.chat(ask("alpha,gpt-4o", merge));
      driver.stream(0, role() + kHalfCall + ending);
      driver.stream(1, speech("Done."));
      EXPECT_EQ(driver.reply.body.find("half-writ"), std::string::npos) << ending << merge;
      const Stream stream = read_stream(driver.reply.body);
      EXPECT_EQ(stream.dones, 1);
      for (const auto& [index, choice] : stream.choices) {
        ASSERT_EQ(choice.finishes.size(), 1U);
        EXPECT_NE(choice.finishes[0], "tool_calls") << ending << merge;
      }
    }
  }
}

TEST_F(HalfCalls, OfWholeRepliesReachNobodyEither) {
  const Json half = Json::parse(completion("", "length"));
  Json reply = half;
  reply["choices"][0]["message"]["tool_calls"] = {
      {{"id", "call_1"}, {"type", "function"}, {"function", {{"name", "bash"}, {"arguments", kHalf}}}}};
  for (const std::string merge : {"concat", "choices"}) {
    Driver driver(gateway);
    driver.chat(ask("alpha,gpt-4o", merge, false));
    driver.answer(0, 200, reply.dump());
    driver.answer(1, 200, completion("Done."));
    EXPECT_EQ(driver.reply.body.find("half-writ"), std::string::npos);
    EXPECT_EQ(driver.reply.json()["choices"][0]["finish_reason"], "length");
  }
}

TEST_F(HalfCalls, OfALoneLegStreamAsTheyCome) {
  Driver driver(gateway);
  driver.chat(chat_request("alpha", true));
  driver.head(0, 200);
  driver.bytes(0, role() + kHalfCall);
  EXPECT_NE(driver.reply.body.find("half-writ"), std::string::npos);
}

TEST_F(HalfCalls, ThatGrowTooLongEndTheirLeg) {
  Driver driver(gateway);
  driver.chat(ask("alpha,gpt-4o", "concat"));
  driver.head(0, 200);
  const std::string piece = tool_call(0, "", "", std::string(60 * 1024, 'x'));
  driver.bytes(0, role() + kHalfCall);
  for (size_t bytes = 0; bytes < kHeldCallsBytesMax + 128 * 1024; bytes += 60 * 1024) driver.bytes(0, piece);
  EXPECT_EQ(driver.fetches[0].aborts, 1);
  driver.stream(1, speech("Done."));
  const Stream stream = read_stream(driver.reply.body);
  EXPECT_EQ(stream.choices.at(0).content, "[alpha: busy (503)]\n\nDone.");
  EXPECT_EQ(stream.onellm["legs"][0]["status"], 503);
  EXPECT_NE(stream.onellm["legs"][0].dump().find("tool calls are larger than 1024 KB"), std::string::npos);
}

// Gemini signs calls, and the signature of one that makes a picture has the size of that.
TEST_F(HalfCalls, HaveSignaturesWithALimitOfTheirOwn) {
  const auto signed_call = [](size_t bytes) {
    Json call = {{"index", 0}, {"id", "call_1"}, {"type", "function"}};
    call["function"] = {{"name", "draw"}, {"arguments", "{}"}};
    call["extra_content"]["google"]["thought_signature"] = std::string(bytes, 's');
    return sse(chunk({{"tool_calls", {call}}}));
  };
  for (const size_t bytes : {kHeldCallsBytesMax * 2, kHeldCallExtrasBytesMax - 4096}) {
    Driver driver(gateway);
    driver.chat(ask("alpha,gpt-4o", "choices"));
    driver.stream(0, role() + signed_call(bytes) + finish("tool_calls") + kDone);
    driver.stream(1, speech("Done."));
    const Stream stream = read_stream(driver.reply.body);
    EXPECT_EQ(stream.choices.at(0).calls.size(), 1U);
    EXPECT_EQ(stream.choices.at(0).finishes, std::vector<std::string>{"tool_calls"});
  }
}

// What waited of them is gone, so the leg must not look as if it had ended well without them.
TEST_F(HalfCalls, ThatGrowTooLongEndTheirLegEvenAfterItsFinishReason) {
  for (const std::string merge : {"concat", "choices"}) {
    Driver driver(gateway);
    driver.chat(ask("alpha,gpt-4o", merge));
    driver.head(0, 200);
    driver.bytes(
        0, role() + kHalfCall + tool_call(0, "", "", std::string(kHeldCallsBytesMax, 'x')) + finish("tool_calls"));
    EXPECT_EQ(driver.fetches[0].aborts, 1);
    driver.stream(1, speech("Done."));
    const Stream stream = read_stream(driver.reply.body);
    const Json& leg = stream.onellm["legs"][0];
    EXPECT_EQ(leg["status"], 503);
    EXPECT_EQ(leg["finish_reason"], "error");
  }
}

// Hosts name every member with every piece, and most of them are null.
TEST_F(HalfCalls, AreNotTheTextBesideAFunctionCallThatIsNull) {
  const auto piece = [](const std::string& content, const Json& finish_reason = nullptr) {
    return sse(chunk({{"content", content}, {"function_call", nullptr}, {"tool_calls", nullptr}}, finish_reason));
  };
  Driver driver(gateway);
  driver.chat(ask("alpha,gpt-4o", "concat"));
  driver.head(0, 200);
  driver.bytes(0, role() + piece("Too "));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Too ") << "it does not wait";
  driver.bytes(0, piece("long") + piece("", "length") + kDone);
  driver.stream(1, speech("Done."));
  EXPECT_EQ(read_stream(driver.reply.body).choices.at(0).content, "Too long\n\nDone.");
}

TEST_F(HalfCalls, AreNoContentThatAHeadCouldBeSentFor) {
  Driver driver(gateway);
  driver.chat(ask("alpha,gpt-4o", "concat"));
  driver.head(0, 200);
  driver.bytes(0, role() + kHalfCall);
  EXPECT_EQ(driver.reply.status, 0);
  driver.fail(0);
  driver.answer(1, 500, error_body("Broke", "server_error"));
  EXPECT_GE(driver.reply.status, 500) << "nothing was said, so the failure is a status";
}

}  // namespace
}  // namespace onellm::gateway::test
