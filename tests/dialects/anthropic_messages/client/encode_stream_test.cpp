#include "dialects/anthropic_messages/client/encode_stream.h"

#include <gtest/gtest.h>

#include "dialects/anthropic_messages/client/message_events.h"

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(MessageStream, OfATextHasTheBytesOfTheDocumentation) {
  EXPECT_EQ(encode({started(), text("Hi"), text("\\n!"), finished(), kDone}),
            R"(event: message_start
data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\n!"}}

event: content_block_stop
data: {"type":"content_block_stop","index":0}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}

event: message_stop
data: {"type":"message_stop"}

)");
}

TEST(MessageStream, NeverSplitsACharacterOverTwoEvents) {
  const std::string out =
      encode({started(), text(R"(a\ud83d)"), text(R"(\ude00)"), text(R"(b\\\\ud83d)"), text("c"), kDone});
  EXPECT_NE(out.find(R"("text":"a")"), out.npos);
  EXPECT_NE(out.find(R"("text":"\ud83d\ude00")"), out.npos);
  EXPECT_NE(out.find(R"("text":"b\\\\ud83d")"), out.npos);
  const std::string lone = encode({started(), thought(R"(a\uD83D)"), text("b"), kDone});
  EXPECT_NE(lone.find(R"("thinking":"\ufffd")"), lone.npos);
}

TEST(MessageStream, BeginsWithTheFirstContent) {
  EXPECT_EQ(encode({started()}), "");
  MessageStreamEncoder encoder(kMeta);
  std::string out;
  encoder.keep_alive(out);
  encoder.take(started(), out);
  encoder.take(text("a"), out);
  encoder.keep_alive(out);
  encoder.take(finished(), out);
  encoder.take(kDone, out);
  const size_t size = out.size();
  encoder.keep_alive(out);
  encoder.take(text("late"), out);
  EXPECT_EQ(out.size(), size);
  const test::MessageStream stream(out);
  EXPECT_EQ(stream.problems, std::vector<std::string>{});
  EXPECT_EQ(stream.types.front(), "ping");
  EXPECT_EQ(stream.types[1], "message_start");
}

TEST(MessageStream, OfAnEmptyAnswerHasNoBlock) {
  const test::MessageStream stream = read({started(), text(""), thought(""), finished(), kDone});
  EXPECT_TRUE(stream.content.empty());
  EXPECT_EQ(stream.delta["delta"]["stop_reason"], "end_turn");
}

TEST(MessageStream, StartsWithTheProvidersCountOfThePrompt) {
  chat::Usage usage{.prompt_tokens = 100, .completion_tokens = 3, .cached_tokens = 60, .cache_write_tokens = 10};
  usage.reasoning_tokens = 2;
  const Event counted{.kind = EventKind::kUsage, .usage = &usage};
  const test::MessageStream stream = read({started(), counted, text("a"), finished(), kDone});
  const Json counts = {{"input_tokens", 30},
                       {"cache_read_input_tokens", 60},
                       {"cache_creation_input_tokens", 10},
                       {"output_tokens", 3},
                       {"output_tokens_details", {{"thinking_tokens", 2}}}};
  EXPECT_EQ(stream.start["usage"], counts);
  EXPECT_EQ(stream.delta["usage"], counts);
}

TEST(MessageStream, SaysThatThePromptIsNotEmptyWithoutAnyEstimate) {
  ReplyMeta meta = kMeta;
  meta.estimated_input_tokens = 0;
  EXPECT_EQ(read({started(), text("a"), finished(), kDone}, meta).start["usage"]["input_tokens"], 1);
}

TEST(MessageStream, CitesSourcesInTheOpenText) {
  chat::EventDetails details;
  details.citation = {.end = 1, .url = {"https://a"}, .title = {"A"}, .quote = {"q"}};
  const Event cited{.kind = EventKind::kCitation, .details = &details};
  const test::MessageStream stream = read({started(), cited, text("a"), cited, finished(), kDone});
  EXPECT_EQ(stream.content[0]["citations"],
            Json::parse(R"([{"type":"web_search_result_location","url":"https://a","title":"A","cited_text":"q",)"
                        R"("encrypted_index":""}])"));
}

TEST(MessageStream, SaysWhyTheModelRefused) {
  const Event refusal{.kind = EventKind::kRefusal, .text = {"no"}};
  const test::MessageStream openai = read({started(&kHost), refusal, finished(FinishReason::kContentFilter), kDone});
  EXPECT_EQ(openai.content[0]["text"], "no");
  EXPECT_EQ(openai.delta["delta"],
            Json::parse(R"({"stop_reason":"refusal","stop_sequence":null,)"
                        R"("stop_details":{"type":"refusal","category":null,"explanation":"no"}})"));
  const test::MessageStream claude = read({started(&kClaude), refusal, finished(FinishReason::kContentFilter), kDone});
  EXPECT_TRUE(claude.content.empty());
  EXPECT_EQ(claude.delta["delta"]["stop_details"]["explanation"], "no");
}

TEST(MessageStream, CarriesAnthropicsOwnStopReasons) {
  for (const std::string reason : {"pause_turn", "model_context_window_exceeded", "compaction"}) {
    const Event end{.kind = EventKind::kFinished, .native_finish = {reason}};
    EXPECT_EQ(read({started(), text("a"), end, kDone}).delta["delta"]["stop_reason"], reason);
  }
  chat::EventDetails details;
  details.stop_sequence = {"END"};
  const Event end{.kind = EventKind::kFinished, .details = &details};
  const Json delta = read({started(), text("a"), end, kDone}).delta["delta"];
  EXPECT_EQ(delta, Json({{"stop_reason", "stop_sequence"}, {"stop_sequence", "END"}}));
}

TEST(MessageStream, EndsWithTheErrorThatEndedTheAnswer) {
  const Error error{.kind = ErrorKind::kUpstreamCut, .message = "cut"};
  const Event failed{.kind = EventKind::kFailed, .error = &error};
  EXPECT_EQ(read({started(), text("a"), failed, text("b"), kDone}).error["error"]["message"], "cut");
  EXPECT_EQ(read({failed}).types, std::vector<std::string>{"error"});
}

TEST(MessageStream, OfSeveralModelsHasABlockForEachAndTheirReport) {
  ReplyMeta meta = kMeta;
  meta.one_envelope = true;
  meta.joined_model = "a,b";
  chat::EventDetails details;
  details.gateway_members = {R"("onellm":{"legs":[]})"};
  const Event end{.kind = EventKind::kFinished, .details = &details};
  const test::MessageStream stream = read(
      {started(&kHost), thought("t"), text("one"), started(&kGoogle), text("\\n\\n"), text("two"), end, kDone}, meta);
  EXPECT_EQ(stream.start["model"], "a,b");
  EXPECT_EQ(stream.start["id"], "msg_1");
  ASSERT_EQ(stream.content.size(), 3U);
  EXPECT_EQ(stream.content[2]["text"], "\n\ntwo");
  EXPECT_EQ(stream.delta["onellm"], Json::parse(R"({"legs":[]})"));
}

TEST(MessageStream, KeepsAnthropicsIdOfTheMessageOnly) {
  Event own = started();
  own.id = {"msg_of_claude"};
  EXPECT_EQ(read({own, text("a"), finished(), kDone}).start["id"], "msg_of_claude");
  EXPECT_EQ(read({started(), text("a"), finished(), kDone}).start["id"], "msg_1");
}

TEST(MessageStream, ForgetsAStartThatWasReplaced) {
  Event other = started();
  other.name = {"other"};
  EXPECT_EQ(read({started(), other, text("a"), finished(), kDone}).start["model"], "other");
}

Event citation(const chat::EventDetails& details) { return {.kind = EventKind::kCitation, .details = &details}; }

TEST(MessageStreamEncoder, KeepsCitationsThatComeAfterTheirText) {
  std::vector<chat::EventDetails> details(2);
  details[0].citation = {.begin = 0, .end = 1, .url = {"https://a.test"}, .title = {"A page"}};
  details[1].citation = {.begin = 0, .end = 1, .url = {"https://b.test"}};
  const std::vector<Event> events = {started(&kGoogle),    text("a"),  call(0), input(0, "{}"), citation(details[0]),
                                     citation(details[1]), finished(), kDone};
  const Json content = read(events).content;
  ASSERT_EQ(content.size(), 4U) << content;
  EXPECT_EQ(content[1]["type"], "tool_use");
  EXPECT_EQ(content[2]["text"], "A page");
  EXPECT_EQ(content[2]["citations"][0]["url"], "https://a.test");
  EXPECT_EQ(content[3]["text"], "https://b.test");
  EXPECT_EQ(content[3]["citations"][0]["url"], "https://b.test");
  EXPECT_EQ(whole_reply(events)["content"][0]["citations"].size(), 2U);
}

TEST(MessageStreamEncoder, CitesTheOpenTextAndNoOtherAnswer) {
  chat::EventDetails details;
  details.citation = {.begin = 0, .end = 1, .url = {"https://a.test"}, .title = {"A page"}};
  const std::vector<Event> open = {started(&kGoogle), text("a"),  call(0), text("b"),
                                   citation(details), finished(), kDone};
  EXPECT_EQ(read(open).content[2]["citations"].size(), 1U);
  // The second leg has no text to cite.
  const std::vector<Event> legs = {started(&kGoogle), text("a"), started(&kHost), call(0), citation(details),
                                   finished(),        kDone};
  EXPECT_EQ(read(legs).content.size(), 2U);
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
