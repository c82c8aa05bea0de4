// Tool calls in the content blocks of a stream.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "dialects/anthropic_messages/client/message_events.h"

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(MessageCalls, PutsEveryKindOfContentIntoItsOwnBlock) {
  const test::MessageStream stream =
      read({started(), thought("t"), text("a"), call(0), input(0, "{}"), text("b"), finished(), kDone});
  std::string kinds;
  for (const Json& block : stream.content) kinds += block["type"].get<std::string>() + " ";
  EXPECT_EQ(kinds, "thinking text tool_use text ");
  EXPECT_EQ(stream.delta["delta"]["stop_reason"], "tool_use");
}

TEST(MessageCalls, SendsFragmentsOfArgumentsAtOnce) {
  MessageStreamEncoder encoder(kMeta);
  std::string out;
  for (const Event& event : {started(), call(0), input(0, R"({\"a\")")}) encoder.take(event, out);
  EXPECT_TRUE(out.ends_with(R"("partial_json":"{\"a\""}})"
                            "\n\n"))
      << out;
}

TEST(MessageCalls, HoldsACallUntilTheOneBeforeIsWhole) {
  const test::MessageStream stream =
      read({started(), call(0, "a"), call(1, "b"), input(1, R"({\"x\")"), input(0, R"({\"y\")"), call(2, "c"),
            input(2, "{}"), text("between"), input(1, ":1}"), input(0, ":2}"), finished(), kDone});
  ASSERT_EQ(stream.content.size(), 4U);
  EXPECT_EQ(stream.content[0]["input"], Json({{"y", 2}}));
  EXPECT_EQ(stream.content[1]["input"], Json({{"x", 1}}));
  EXPECT_EQ(stream.content[2]["id"], "c");
  EXPECT_EQ(stream.content[3]["text"], "between");
}

TEST(MessageCalls, TakesWhiteSpaceAfterTheEndOfACallForNothing) {
  const test::MessageStream stream = read({started(), call(0, "a"), input(0, R"({\"x\":1})"), call(1, "b"),
                                           input(0, R"(\n\t)"), input(1, "{}"), finished(), kDone});
  ASSERT_EQ(stream.content.size(), 2U);
  EXPECT_EQ(stream.content[0]["input"], Json({{"x", 1}}));
  EXPECT_TRUE(stream.error.is_null());
}

TEST(MessageCalls, GivesACallWithoutArgumentsAnEmptyInput) {
  const test::MessageStream stream =
      read({started(), call(0, "a"), call(1, "b"), call(2, "c"), input(2, "null"), text("x"), finished(), kDone});
  for (size_t at = 0; at < 3; ++at) EXPECT_EQ(stream.content[at]["input"], Json::object());
  EXPECT_EQ(stream.content[3]["text"], "x");
}

TEST(MessageCalls, WrapsArgumentsThatAreNoObject) {
  const test::MessageStream stream = read({started(), call(0), input(0, "ca"), input(0, "t"), finished(), kDone});
  EXPECT_EQ(stream.content[0]["input"], Json({{"rawInvalidInput", "cat"}}));
}

TEST(MessageCalls, FailsWhereArgumentsBreak) {
  const test::MessageStream wrong = read({started(), call(0), input(0, "{"), input(0, "x"), text("y"), kDone});
  EXPECT_EQ(wrong.error["error"]["type"], "api_error");
  const test::MessageStream open = read({started(), call(0), input(0, "{"), finished(), kDone});
  EXPECT_EQ(open.error["error"]["type"], "api_error");
}

// A stream cannot take back what it gave. Both forms say that the input is not what the model wanted.
TEST(MessageCalls, SaysWhereTheOutputLimitCutThem) {
  const auto cut = [](const std::string& arguments) {
    std::vector<Event> events = {started(), text("a"), call(0)};
    const std::string raw = json::escape(arguments);
    events.push_back(input(0, std::string_view(raw).substr(0, 1)));
    events.push_back(input(0, std::string_view(raw).substr(1)));
    events.insert(events.end(), {finished(FinishReason::kLength), kDone});
    const test::MessageStream stream = read(events);
    EXPECT_TRUE(stream.error.is_null());
    EXPECT_EQ(stream.delta["delta"]["stop_reason"], "max_tokens");
    EXPECT_TRUE(stream.delta.contains("usage"));
    const Json whole = whole_reply(events);
    EXPECT_EQ(whole["stop_reason"], "max_tokens");
    EXPECT_EQ(whole["content"], stream.content);
    return stream.content[1]["input"];
  };
  EXPECT_EQ(cut(R"({"x":[1,"y)"), Json({{"x", {1, "y"}}, {"rawInvalidInput", R"({"x":[1,"y)"}}));
  EXPECT_EQ(cut("{"), Json({{"rawInvalidInput", "{"}}));
  EXPECT_EQ(cut(R"({"x":1})"), Json({{"x", 1}}));
  EXPECT_EQ(cut("ca"), Json({{"rawInvalidInput", "ca"}}));
  const std::string words(kHeldTextBytesMax, 'w');
  EXPECT_NE(cut(R"({"x":")" + words)["rawInvalidInput"].get<std::string>().find("output limit"), std::string::npos);
}

TEST(MessageCalls, NumbersACallThatGotArgumentsAfterItsEnd) {
  const test::MessageStream stream = read({started(), call(0, "a"), input(0, "{}"), call(1, "b"), input(1, "{"),
                                           input(0, "x"), input(1, "}"), finished(), kDone});
  EXPECT_EQ(stream.error["error"]["message"], "The tool call number 1 got more arguments after its end.");
}

// Clients of Python cannot even read half a character.
TEST(MessageCalls, NeverCutsACharacterOfTheArguments) {
  const std::string out = encode({started(), call(0), input(0, R"({\"x\":\"a\ud83d)"), input(0, R"(\ude00\ud83d)"),
                                  input(0, R"(b\"})"), finished(), kDone});
  EXPECT_EQ(json::find_lone_surrogate(out, 0), std::string::npos + 0) << out;
  const test::MessageStream stream(out);
  EXPECT_EQ(stream.content[0]["input"], Json({{"x",
                                               "a\xF0\x9F\x98\x80\xEF\xBF\xBD"
                                               "b"}}));
  const std::string cut =
      encode({started(), call(0), input(0, R"({\"x\":\"a\ud83d)"), finished(FinishReason::kLength), kDone});
  EXPECT_EQ(json::find_lone_surrogate(cut, 0), std::string::npos) << cut;
}

TEST(MessageCalls, FailsIfTooMuchIsMixedIntoACall) {
  std::vector<Event> events = {started(), call(0), input(0, "{")};
  const std::string piece(64 * 1024, 'x');
  for (size_t bytes = 0; bytes <= kHeldCallsBytesMax; bytes += piece.size()) events.push_back(text(piece));
  events.push_back(kDone);
  EXPECT_EQ(read(events).error["error"]["type"], "api_error");
}

TEST(MessageCalls, GivesIdsThatWereMadeHereAnthropicsForm) {
  Event made = call(0, "call_0123");
  made.has_made_id = true;
  const std::vector<Event> events = {started(), made, call(1, "call_4567"), finished(), kDone};
  const test::MessageStream stream = read(events);
  EXPECT_EQ(stream.content[0]["id"], "toolu_0123");
  EXPECT_EQ(stream.content[1]["id"], "call_4567");
  EXPECT_EQ(whole_reply(events)["content"][0]["id"], "toolu_0123");
}

TEST(MessageCalls, NamesCallsThatCameWithoutANameOrId) {
  Event nameless = call(0, "");
  nameless.name = {};
  const Json block = read({started(), nameless, finished(), kDone}).content[0];
  EXPECT_EQ(block["name"], "unnamed_tool");
  EXPECT_EQ(block["id"], "toolu_10");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
