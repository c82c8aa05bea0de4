#include "dialects/openai_chat/client/encode_stream.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "chat/answer/answer.h"
#include "dialects/openai_chat/client/encode_reply.h"
#include "dialects/openai_chat/reply/stream.h"
#include "json/reader.h"
#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_chat {
namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

const Event kStarted{.kind = EventKind::kStarted, .id = {"id-1"}, .name = {"gpt-4o"}, .created_s = 17};

std::string encode(const std::vector<Event>& events, const ReplyMeta& meta = {}) {
  ChunkStreamEncoder encoder(meta);
  std::string out;
  for (const Event& event : events) encoder.take(event, out);
  return out;
}

// A chunk of the answer "id-1" with what stands between the braces of its delta.
std::string chunk(const std::string& delta, const std::string& finish = "null", const std::string& extra = "") {
  return R"(data: {"id":"id-1","object":"chat.completion.chunk","created":17,"model":"gpt-4o","choices":[{"index":0,)"
         R"("delta":{)" +
         delta + R"(},"logprobs":null,"finish_reason":)" + finish + "}]" + extra + "}\n\n";
}

const std::string kRole = R"("role":"assistant","content":"","refusal":null)";
const std::string kDone = "data: [DONE]\n\n";

TEST(ChunkStreamEncoder, SendsTheRoleBeforeText) {
  EXPECT_EQ(encode({kStarted}), "");
  EXPECT_EQ(encode({kStarted,
                    {.kind = EventKind::kText, .text = {R"(a\n\ud83d)"}},
                    {.kind = EventKind::kText, .text = {R"(\ude00)"}},
                    {.kind = EventKind::kFinished, .finish = FinishReason::kLength},
                    {.kind = EventKind::kCompleted}}),
            chunk(kRole) + chunk(R"("content":"a\n\ud83d")") + chunk(R"("content":"\ude00")") +
                chunk("", R"("length")") + kDone);
}

TEST(ChunkStreamEncoder, EndsEveryChunkWithItsOwnExtras) {
  const auto text = [](std::string_view choice_extra, std::string_view reply_extra) {
    return Event{.kind = EventKind::kText,
                 .extra_of = kOpenaiChat,
                 .text = {"a"},
                 .choice_extra = {choice_extra},
                 .reply_extra = {reply_extra}};
  };
  const std::string content = R"("content":"a")";
  const auto with_choice_extra = [&content](const std::string& extra) {
    const std::string plain = chunk(content);
    return plain.substr(0, plain.size() - 5) + R"(,"x":1}])" + extra + "}\n\n";
  };
  const std::string b = R"(,"b":2)";
  const std::string c = R"(,"c":3)";
  const std::vector<std::pair<Event, std::string>> cases = {
      {text("", ""), chunk(content)},
      {text("", ""), chunk(content)},
      {text("", R"("b":2)"), chunk(content, "null", b)},
      {text("", R"("b":2)"), chunk(content, "null", b)},
      {text("", R"("b":2)"), chunk(content, "null", b)},
      {text("", ""), chunk(content)},
      {text(R"("x":1)", R"("b":2)"), with_choice_extra(b)},
      {text(R"("x":1)", R"("b":2)"), with_choice_extra(b)},
      {text("", R"("c":3)"), chunk(content, "null", c)},
      {text(R"("x":1)", R"("c":3)"), with_choice_extra(c)},
      {text("", R"("b":2)"), chunk(content, "null", b)},
      {text("", R"("c":3)"), chunk(content, "null", c)},
  };
  std::vector<Event> events = {kStarted};
  std::string expected = chunk(kRole);
  for (const auto& [event, written] : cases) {
    events.push_back(event);
    expected += written;
  }
  EXPECT_EQ(encode(events), expected);
}

// The usage chunk's members are written where they are new, whatever came between.
TEST(ChunkStreamEncoder, KnowsWhichReplyExtraItWroteLast) {
  const Event with_b{.kind = EventKind::kText, .extra_of = kOpenaiChat, .text = {"a"}, .reply_extra = {R"("b":2)"}};
  const Event with_c{.kind = EventKind::kText, .extra_of = kOpenaiChat, .text = {"a"}, .reply_extra = {R"("c":3)"}};
  const auto ends_with_chunk = [](std::vector<Event> events, std::string_view last) {
    events.insert(events.begin(), kStarted);
    events.push_back({.kind = EventKind::kCompleted, .extra_of = kOpenaiChat, .reply_extra = {last}});
    return encode(events).ends_with(chunk("", "null", "," + std::string(last)) + kDone);
  };
  EXPECT_FALSE(ends_with_chunk({with_b, with_b, with_c, with_b}, R"("b":2)"));
  EXPECT_TRUE(ends_with_chunk({with_b, with_b, with_c, with_b}, R"("c":3)"));
  EXPECT_TRUE(ends_with_chunk({with_b, with_b, with_c}, R"("b":2)"));
}

TEST(ChunkStreamEncoder, SendsTheRoleWithTheFirstToolCall) {
  EXPECT_EQ(
      encode({kStarted,
              {.kind = EventKind::kToolCallOpened, .id = {"call_a"}, .name = {"now"}},
              {.kind = EventKind::kToolArguments, .text = {"{}"}},
              {.kind = EventKind::kToolCallOpened, .tool_call = 1, .custom = true, .id = {"call_b"}, .name = {"sh"}},
              {.kind = EventKind::kToolArguments, .tool_call = 1, .custom = true, .text = {"ls"}}}),
      chunk(R"("role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function",)"
            R"("function":{"name":"now","arguments":""}}])") +
          chunk(R"("tool_calls":[{"index":0,"function":{"arguments":"{}"}}])") +
          chunk(R"("tool_calls":[{"index":1,"id":"call_b","type":"custom","custom":{"name":"sh","input":""}}])") +
          chunk(R"("tool_calls":[{"index":1,"custom":{"input":"ls"}}])"));
}

TEST(ChunkStreamEncoder, SendsTheRoleOfAChoiceWithoutContent) {
  EXPECT_EQ(encode({kStarted, {.kind = EventKind::kFinished, .finish = FinishReason::kContentFilter}}),
            chunk(kRole) + chunk("", R"("content_filter")"));
}

TEST(ChunkStreamEncoder, SendsReasoningAndRefusalUnderTheirNames) {
  EXPECT_EQ(
      encode(
          {kStarted, {.kind = EventKind::kReasoning, .text = {"Hm"}}, {.kind = EventKind::kRefusal, .text = {"No"}}}),
      chunk(kRole) + chunk(R"("reasoning_content":"Hm")") + chunk(R"("refusal":"No")"));
}

TEST(ChunkStreamEncoder, PutsExtrasInTheirPlaces) {
  Event text{.kind = EventKind::kText,
             .extra_of = kOpenaiChat,
             .text = {"Hi"},
             .delta_extra = {R"("d":1)"},
             .choice_extra = {R"("logprobs":{"content":[]})"},
             .reply_extra = {R"("service_tier":"flex")"}};
  EXPECT_EQ(encode({kStarted, text}),
            chunk(kRole) + R"(data: {"id":"id-1","object":"chat.completion.chunk","created":17,"model":"gpt-4o",)"
                           R"("choices":[{"index":0,"delta":{"content":"Hi","d":1},"finish_reason":null,)"
                           R"("logprobs":{"content":[]}}],"service_tier":"flex"})"
                           "\n\n");
}

TEST(ChunkStreamEncoder, WritesNoExtrasOfAnotherDialect) {
  for (const chat::DialectId of : {kAnthropicMessages, kTestDialect, chat::DialectId::kNone}) {
    std::vector<Event> events = {kStarted};
    for (const EventKind kind :
         {EventKind::kStarted, EventKind::kText, EventKind::kToolCallOpened, EventKind::kToolArguments,
          EventKind::kExtra, EventKind::kFinished, EventKind::kCompleted}) {
      Event event{.kind = kind, .extra_of = of, .text = {"a"}, .id = {"id-1"}, .name = {"gpt-4o"}, .created_s = 17};
      if (kind == EventKind::kFinished) event.name = {};
      event.delta_extra = {R"("d":1)"};
      event.choice_extra = {R"("c":1)"};
      event.reply_extra = {R"("r":1)"};
      events.push_back(event);
    }
    std::vector<Event> bare = events;
    for (Event& event : bare) event.delta_extra = event.choice_extra = event.reply_extra = {};
    EXPECT_EQ(encode(events), encode(bare));
  }
}

TEST(ChunkStreamEncoder, KeepsEarlyExtrasForTheFirstDelta) {
  Event started = kStarted;
  started.extra_of = kOpenaiChat;
  started.reply_extra = {R"("tier":1)"};
  const Event call{.kind = EventKind::kToolCallOpened, .id = {"c"}, .name = {"f"}};
  const std::string call_text =
      R"("tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":""}}])";
  EXPECT_EQ(encode({started, call}),
            chunk(R"("role":"assistant","content":null,)" + call_text, "null", R"(,"tier":1)"));

  Event call_with_own = call;
  call_with_own.extra_of = kOpenaiChat;
  call_with_own.reply_extra = {R"("tier":2)"};
  EXPECT_EQ(encode({started, call_with_own}),
            chunk(R"("role":"assistant","content":null,"refusal":null)", "null", R"(,"tier":1)") +
                chunk(call_text, "null", R"(,"tier":2)"));
}

// Pictures, audio, calls of the old form: an answer may have nothing else, and the client is to see it grow.
TEST(ChunkStreamEncoder, LetsNoPartOfTheAnswerWaitForText) {
  ChunkStreamEncoder encoder({});
  std::string out;
  encoder.take(kStarted, out);
  encoder.take({.kind = EventKind::kExtra, .extra_of = kOpenaiChat, .delta_extra = {R"("images":[1])"}}, out);
  const std::string first = R"("role":"assistant","content":null,"refusal":null,"images":[1])";
  EXPECT_EQ(out, chunk(first));
  encoder.take({.kind = EventKind::kExtra, .extra_of = kOpenaiChat, .delta_extra = {R"("images":[2])"}}, out);
  encoder.take({.kind = EventKind::kText, .text = {"a"}}, out);
  EXPECT_EQ(out, chunk(first) + chunk(R"("images":[2])") + chunk(R"("content":"a")"));
}

TEST(ChunkStreamEncoder, LetsOnlySoManyLabelsWait) {
  ChunkStreamEncoder encoder({});
  std::string out;
  encoder.take(kStarted, out);
  const std::string label = R"("logprobs":{"content":[")" + std::string(1000, 'x') + R"("]})";
  size_t labels = 0;
  for (; out.empty() && labels < 1000; ++labels) {
    encoder.take({.kind = EventKind::kExtra, .extra_of = kOpenaiChat, .choice_extra = {label}}, out);
  }
  EXPECT_LT(labels, 70U);
  EXPECT_TRUE(out.find(R"("role":"assistant")") != out.npos && out.size() > kHeldExtraBytesMax);
}

TEST(ChunkStreamEncoder, SendsTheRoleForAnEmptyText) {
  EXPECT_EQ(encode({kStarted, {.kind = EventKind::kText}}), chunk(kRole));
  EXPECT_EQ(encode({kStarted, {.kind = EventKind::kText}, {.kind = EventKind::kText}}), chunk(kRole));
  EXPECT_EQ(encode({kStarted, {.kind = EventKind::kReasoning}}), "");
}

TEST(ChunkStreamEncoder, NamesTheNativeFinishReason) {
  EXPECT_EQ(encode({kStarted, {.kind = EventKind::kFinished, .native_finish = {"eos"}}}),
            chunk(kRole) + chunk("", R"("stop","native_finish_reason":"eos")"));
}

TEST(ChunkStreamEncoder, SendsUsageOnlyWhereItWasAskedFor) {
  chat::Usage usage;
  usage.prompt_tokens = 1;
  usage.completion_tokens = 2;
  usage.total_tokens = 3;
  const std::vector<Event> events = {kStarted,
                                     {.kind = EventKind::kUsage, .usage = &usage},
                                     {.kind = EventKind::kFinished},
                                     {.kind = EventKind::kCompleted}};
  EXPECT_EQ(encode(events), chunk(kRole) + chunk("", R"("stop")") + kDone);

  const std::string no_usage = R"(,"usage":null)";
  const std::string usage_chunk =
      R"(data: {"id":"id-1","object":"chat.completion.chunk","created":17,"model":"gpt-4o","choices":[],)"
      R"("usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})"
      "\n\n";
  EXPECT_EQ(encode(events, {.id = "", .fallback_id = "", .include_usage = true}),
            chunk(kRole, "null", no_usage) + chunk("", R"("stop")", no_usage) + usage_chunk + kDone);
}

TEST(ChunkStreamEncoder, SendsLateExtrasWithAnEmptyDelta) {
  EXPECT_EQ(encode({kStarted,
                    {.kind = EventKind::kFinished},
                    {.kind = EventKind::kCompleted, .extra_of = kOpenaiChat, .reply_extra = {R"("moderation":{})"}}}),
            chunk(kRole) + chunk("", R"("stop")") + chunk("", "null", R"(,"moderation":{})") + kDone);
}

TEST(ChunkStreamEncoder, EndsAFailureWithAnErrorLine) {
  Error error{.kind = ErrorKind::kUpstreamCut, .message = "It ended."};
  const std::string out = encode({kStarted, {.kind = EventKind::kFailed, .error = &error}});
  const std::string line = out.substr(0, out.find("\n\n"));
  ASSERT_TRUE(line.starts_with("data: "));
  EXPECT_EQ(out.substr(line.size() + 2), kDone);
  const nlohmann::json sent = nlohmann::json::parse(line.substr(6), nullptr, false);
  EXPECT_EQ(sent["error"]["message"], "It ended.");
  for (const char* key : {"type", "param", "code"}) EXPECT_TRUE(sent["error"].contains(key)) << key;
}

TEST(ChunkStreamEncoder, NamesEachLegsModelInOneEnvelope) {
  Event other = kStarted;
  other.choice = 1;
  other.id = {"id-2"};
  other.name = {"claude-2"};
  other.created_s = 99;
  const std::string out = encode({kStarted,
                                  other,
                                  {.kind = EventKind::kText, .choice = 1, .text = {"B"}},
                                  {.kind = EventKind::kText, .choice = 0, .text = {"A"}}},
                                 {.id = "ours", .fallback_id = "", .created_s = 7, .one_envelope = true});
  const auto line = [](const std::string& model, int index, const std::string& delta) {
    return R"(data: {"id":"ours","object":"chat.completion.chunk","created":7,"model":")" + model +
           R"(","choices":[{"index":)" + std::to_string(index) + R"(,"delta":{)" + delta +
           R"(},"logprobs":null,"finish_reason":null}]})" + "\n\n";
  };
  EXPECT_EQ(out, line("claude-2", 1, kRole) + line("claude-2", 1, R"("content":"B")") + line("gpt-4o", 0, kRole) +
                     line("gpt-4o", 0, R"("content":"A")"));
}

TEST(ChunkStreamEncoder, FillsInIdAndTimeThatTheProviderLeavesOut) {
  const std::string out =
      encode({{.kind = EventKind::kStarted, .name = {"m"}}, {.kind = EventKind::kText, .text = {"A"}}},
             {.id = "", .fallback_id = "chatcmpl-9", .created_s = 7});
  EXPECT_TRUE(out.starts_with(R"(data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":7,"model":"m",)"));
}

// Decodes to an answer, and to what an encoder makes of the events.
struct Decoded {
  chat::Answer answer;
  std::string encoded;
};

Decoded decode(const std::string& stream) {
  class Both final : public chat::EventSink {
   public:
    void take(const Event& event) override {
      decoded.answer.take(event);
      encoder.take(event, decoded.encoded);
    }
    Decoded decoded;
    ChunkStreamEncoder encoder{{.id = "", .fallback_id = "chatcmpl-9", .created_s = 7, .include_usage = true}};
  };
  Both both;
  ChunkStreamDecoder decoder;
  decoder.push(stream, both);
  decoder.end(both);
  return std::move(both.decoded);
}

class EveryEncodedStream : public testing::TestWithParam<test::Transcript> {};
INSTANTIATE_TEST_SUITE_P(ChatCompletions, EveryEncodedStream,
                         testing::ValuesIn(test::read_transcripts("openai_chat/streams")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryEncodedStream, KeepsTheWholeAnswer) {
  const Decoded once = decode(GetParam().blocks.at("stream"));
  const Decoded twice = decode(once.encoded);
  const auto reply = [](const chat::Answer& answer) {
    std::string out;
    encode_reply(answer, {.id = "", .fallback_id = "chatcmpl-9", .created_s = 7}, out);
    for (char& c : out) c = c == '\n' ? ' ' : c;  // Line ends of indented JSON do not go into a stream.
    return nlohmann::json::parse(out, nullptr, false);
  };
  EXPECT_EQ(reply(twice.answer), reply(once.answer)) << once.encoded;
  EXPECT_EQ(twice.answer.completed, once.answer.completed);
  EXPECT_EQ(twice.answer.error.has_value(), once.answer.error.has_value());
  if (once.answer.error && twice.answer.error) {
    EXPECT_EQ(twice.answer.error->message, once.answer.error->message);
  }
}

// Every client can read it: one JSON text a line, one [DONE] at the end, the envelope always the same.
TEST_P(EveryEncodedStream, IsAStreamThatStrictClientsRead) {
  std::string rest = decode(GetParam().blocks.at("stream")).encoded;
  ASSERT_TRUE(rest.ends_with(kDone));
  rest.resize(rest.size() - kDone.size());
  EXPECT_EQ(rest.find("[DONE]"), rest.npos);
  std::string envelope;
  while (!rest.empty()) {
    const size_t end = rest.find("\n\n");
    ASSERT_TRUE(rest.starts_with("data: ") && end != rest.npos) << rest;
    const std::string data = rest.substr(6, end - 6);
    ASSERT_TRUE(json::is_valid(data)) << data;
    // This parser refuses half a surrogate pair; those of the client libraries join the halves.
    const std::string without_halves = test::replace_all(data, "\\ud", "\\u0");
    const nlohmann::json chunk = nlohmann::json::parse(without_halves, nullptr, false);
    EXPECT_EQ(rest.find('\n'), end);
    rest.erase(0, end + 2);
    ASSERT_FALSE(chunk.is_discarded());
    if (chunk.contains("error")) continue;
    const std::string same = chunk["id"].dump() + chunk["created"].dump() + chunk["model"].dump();
    if (envelope.empty()) envelope = same;
    EXPECT_EQ(same, envelope);
    EXPECT_TRUE(chunk.contains("usage"));
    EXPECT_EQ(chunk["choices"].empty(), chunk["usage"].is_object());
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
