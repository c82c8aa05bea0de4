#include "dialects/anthropic_messages/client/encode_stream.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "dialects/common/reasoning/envelope.h"
#include "support/message_stream.h"

namespace onellm::dialects::anthropic_messages {
namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;
using Json = nlohmann::json;

const ReplyMeta kMeta{.id = "", .fallback_id = "msg_1", .request_id = "req-1", .estimated_input_tokens = 12};
const chat::Origin kGoogle{.provider = "google", .model = "gemini-3", .dialect = kGemini};
const chat::Origin kHost{.provider = "compat1", .model = "r1", .dialect = kOpenaiChat};
const chat::Origin kClaude{.provider = "anthropic", .model = "claude", .dialect = kAnthropicMessages};

Event started(const chat::Origin* origin = nullptr) {
  return {.kind = EventKind::kStarted, .id = {"id-1"}, .name = {"m"}, .origin = origin};
}
Event text(std::string_view words) { return {.kind = EventKind::kText, .text = {words}}; }
Event thought(std::string_view words) { return {.kind = EventKind::kReasoning, .text = {words}}; }
Event call(uint32_t index, std::string_view id = "c", const chat::EventDetails* details = nullptr) {
  return {.kind = EventKind::kToolCallOpened, .tool_call = index, .id = {id}, .name = {"f"}, .details = details};
}
Event input(uint32_t index, std::string_view raw) {
  return {.kind = EventKind::kToolArguments, .tool_call = index, .text = {raw}};
}
Event finished(FinishReason reason = FinishReason::kStop) { return {.kind = EventKind::kFinished, .finish = reason}; }
const Event kDone{.kind = EventKind::kCompleted};

std::string encode(const std::vector<Event>& events, const ReplyMeta& meta = kMeta) {
  MessageStreamEncoder encoder(meta);
  std::string out;
  for (const Event& event : events) encoder.take(event, out);
  return out;
}

// Reads it, and expects that it breaks no rule.
test::MessageStream read(const std::vector<Event>& events, const ReplyMeta& meta = kMeta) {
  const std::string out = encode(events, meta);
  test::MessageStream stream(out);
  stream.expect_over();
  EXPECT_EQ(stream.problems, std::vector<std::string>{}) << out;
  return stream;
}

Json payload_of(const std::string& envelope) {
  const std::optional<Envelope> opened = open_envelope(envelope);
  return opened ? Json::parse(opened->payload) : Json();
}

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

TEST(MessageStream, PutsEveryKindOfContentIntoItsOwnBlock) {
  const test::MessageStream stream =
      read({started(), thought("t"), text("a"), call(0), input(0, "{}"), text("b"), finished(), kDone});
  std::string kinds;
  for (const Json& block : stream.content) kinds += block["type"].get<std::string>() + " ";
  EXPECT_EQ(kinds, "thinking text tool_use text ");
  EXPECT_EQ(stream.delta["delta"]["stop_reason"], "tool_use");
}

TEST(MessageStream, SendsFragmentsOfArgumentsAtOnce) {
  MessageStreamEncoder encoder(kMeta);
  std::string out;
  for (const Event& event : {started(), call(0), input(0, R"({\"a\")")}) encoder.take(event, out);
  EXPECT_TRUE(out.ends_with(R"("partial_json":"{\"a\""}})"
                            "\n\n"))
      << out;
}

TEST(MessageStream, HoldsACallUntilTheOneBeforeIsWhole) {
  const test::MessageStream stream =
      read({started(), call(0, "a"), call(1, "b"), input(1, R"({\"x\")"), input(0, R"({\"y\")"), call(2, "c"),
            input(2, "{}"), text("between"), input(1, ":1}"), input(0, ":2}"), finished(), kDone});
  ASSERT_EQ(stream.content.size(), 4U);
  EXPECT_EQ(stream.content[0]["input"], Json({{"y", 2}}));
  EXPECT_EQ(stream.content[1]["input"], Json({{"x", 1}}));
  EXPECT_EQ(stream.content[2]["id"], "c");
  EXPECT_EQ(stream.content[3]["text"], "between");
}

TEST(MessageStream, GivesACallWithoutArgumentsAnEmptyInput) {
  const test::MessageStream stream =
      read({started(), call(0, "a"), call(1, "b"), call(2, "c"), input(2, "null"), text("x"), finished(), kDone});
  for (size_t at = 0; at < 3; ++at) EXPECT_EQ(stream.content[at]["input"], Json::object());
  EXPECT_EQ(stream.content[3]["text"], "x");
}

TEST(MessageStream, WrapsArgumentsThatAreNoObject) {
  const test::MessageStream stream = read({started(), call(0), input(0, "ca"), input(0, "t"), finished(), kDone});
  EXPECT_EQ(stream.content[0]["input"], Json({{"rawInvalidInput", "cat"}}));
}

TEST(MessageStream, FailsWhereArgumentsBreak) {
  const test::MessageStream wrong = read({started(), call(0), input(0, "{"), input(0, "x"), text("y"), kDone});
  EXPECT_EQ(wrong.error["error"]["type"], "api_error");
  const test::MessageStream cut = read({started(), call(0), input(0, "{"), finished(FinishReason::kLength), kDone});
  EXPECT_EQ(cut.error["error"]["type"], "invalid_request_error");
  EXPECT_NE(cut.error["error"]["message"].get<std::string>().find("output limit"), std::string::npos);
}

TEST(MessageStream, FailsIfTooMuchIsMixedIntoACall) {
  std::vector<Event> events = {started(), call(0), input(0, "{")};
  const std::string piece(64 * 1024, 'x');
  for (size_t bytes = 0; bytes <= kHeldCallsBytesMax; bytes += piece.size()) events.push_back(text(piece));
  events.push_back(kDone);
  EXPECT_EQ(read(events).error["error"]["type"], "api_error");
}

TEST(MessageStream, NamesCallsThatCameWithoutANameOrId) {
  Event nameless = call(0, "");
  nameless.name = {};
  const Json block = read({started(), nameless, finished(), kDone}).content[0];
  EXPECT_EQ(block["name"], "unnamed_tool");
  EXPECT_EQ(block["id"], "toolu_10");
}

TEST(MessageStream, SignsThoughtsOfAHostWithAnEnvelope) {
  const Json block = read({started(&kHost), thought("t"), text("a"), finished(), kDone}).content[0];
  const std::optional<Envelope> opened = open_envelope(block["signature"].get<std::string>());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->provider, "compat1");
  EXPECT_EQ(opened->model, "r1");
  EXPECT_EQ(opened->kind, EnvelopeKind::kPlain);
}

TEST(MessageStream, PassesThoughtsOfClaudeAsTheyAre) {
  chat::EventDetails signed_block;
  signed_block.thinking = {.text = {"t"}, .signature = {"sig"}};
  chat::EventDetails redacted;
  redacted.thinking = {.redacted = true, .text = {"data"}};
  const Event end{.kind = EventKind::kThinkingSigned, .details = &signed_block};
  const Event hidden{.kind = EventKind::kThinkingSigned, .details = &redacted};
  const test::MessageStream stream =
      read({started(&kClaude), thought("t"), end, end, hidden, text("a"), finished(), kDone});
  EXPECT_EQ(stream.content[0], Json({{"type", "thinking"}, {"thinking", "t"}, {"signature", "sig"}}));
  EXPECT_EQ(stream.content[1], Json({{"type", "thinking"}, {"thinking", ""}, {"signature", "sig"}}));
  EXPECT_EQ(stream.content[2], Json({{"type", "redacted_thinking"}, {"data", "data"}}));
}

TEST(MessageStream, PutsTheSignatureOfACallDirectlyBeforeIt) {
  chat::EventDetails details;
  details.signature = {"c2ln"};
  const test::MessageStream without = read({started(&kGoogle), text("a"), call(0, "c", &details), finished(), kDone});
  ASSERT_EQ(without.content.size(), 3U);
  EXPECT_EQ(payload_of(without.content[1]["data"]), Json({{"thoughtSignature", "c2ln"}}));
  const test::MessageStream with = read({started(&kGoogle), thought("t"), call(0, "c", &details), finished(), kDone});
  ASSERT_EQ(with.content.size(), 2U);
  EXPECT_EQ(payload_of(with.content[0]["signature"]), Json({{"thoughtSignature", "c2ln"}}));
}

TEST(MessageStream, HidesThoughtsButNotSignatures) {
  ReplyMeta meta = kMeta;
  meta.hides_thoughts = true;
  chat::EventDetails details;
  details.signature = {"c2ln"};
  const test::MessageStream stream =
      read({started(&kGoogle), thought("t"), call(0, "c", &details), finished(), kDone}, meta);
  ASSERT_EQ(stream.content.size(), 2U);
  EXPECT_EQ(stream.content[0]["type"], "redacted_thinking");
  EXPECT_EQ(read({started(&kHost), thought("t"), text("a"), finished(), kDone}, meta).content.size(), 1U);
}

TEST(MessageStream, PutsReasoningItemsOfOpenAiIntoEnvelopes) {
  const chat::Origin openai{.provider = "openai", .model = "gpt", .dialect = kOpenaiResponses};
  chat::EventDetails item;
  item.thinking = {.redacted = true,
                   .text = {R"({\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"e\"})"}};
  const Event end{.kind = EventKind::kThinkingSigned, .details = &item};
  const test::MessageStream stream = read({started(&openai), thought("t"), end, end, text("a"), finished(), kDone});
  ASSERT_EQ(stream.content.size(), 3U);
  const Json payload = {{"id", "rs_1"}, {"summary", Json::array()}, {"encrypted_content", "e"}};
  EXPECT_EQ(payload_of(stream.content[0]["signature"]), payload);
  EXPECT_EQ(payload_of(stream.content[1]["data"]), payload);
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

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
