// The stream decoder against tests/fixtures/openai_responses/streams: each file is a stream and its events.
#include "dialects/openai_responses/reply/stream.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "chat/answer/answer.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/reply/whole.h"
#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_responses {
namespace {

const ReplyContext kContext{.model = "gpt-5.5", .text_tool = ""};

template <typename Sink>
void decode(const test::Pieces& pieces, Sink& sink) {
  EventStreamReader decoder(kContext);
  for (const std::string_view piece : pieces) decoder.push(piece, sink);
  decoder.end(sink);
}

std::vector<std::string> read(const test::Pieces& pieces) {
  test::Recorder recorder;
  decode(pieces, recorder);
  return recorder.lines;
}

std::vector<std::string> read(const std::string& stream) { return read(test::Pieces{stream}); }

std::string event(const std::string& members) { return "data: {" + members + "}\n\n"; }

const std::string kText = event(R"("type":"response.output_text.delta","output_index":0,"delta":"Hi")");
const std::string kEnd = event(R"("type":"response.completed","response":{"id":"r","status":"completed","output":[]})");

TEST(OpenAiResponsesStreamDecoder, FailsWhereAnAnswerIsInterruptedBeforeItsFirstWord) {
  const auto end = [](const std::string& details) {
    return event(R"("type":"response.incomplete","response":{"id":"r","status":"incomplete","output":[],)"
                 R"("incomplete_details":)" +
                 details + "}");
  };
  EXPECT_EQ(read(end(R"({"reason":"interrupted"})")).back(),
            "failed 502 server_error interrupted The provider's reply ended without an answer (interrupted).");
  EXPECT_EQ(read(end("null")).back(),
            "failed 502 server_error incomplete The provider's reply ended without an answer (incomplete).");
  EXPECT_EQ(read(end(R"({"reason":"max_output_tokens"})")).back(), "completed");
  EXPECT_EQ(read(kText + end(R"({"reason":"interrupted"})")).back(), "completed");
}

class EveryResponsesStream : public testing::TestWithParam<test::Transcript> {
 protected:
  [[nodiscard]] std::string stream() const { return GetParam().blocks.at("stream"); }
};
INSTANTIATE_TEST_SUITE_P(Responses, EveryResponsesStream,
                         testing::ValuesIn(test::read_transcripts("openai_responses/streams")),
                         [](const auto& test) { return test.param.name; });

TEST_P(EveryResponsesStream, GivesTheEventsOfItsTranscript) {
  std::string events;
  for (const std::string& line : read(stream())) events += line + '\n';
  EXPECT_EQ(events, GetParam().blocks.at("events"));
}

TEST_P(EveryResponsesStream, GivesTheSameEventsForEveryCut) {
  test::expect_same_for_every_cut(stream(), [](const test::Pieces& pieces) { return read(pieces); });
}

TEST_P(EveryResponsesStream, FailsWhereItIsCutShort) {
  const std::string text = stream();
  const size_t end = text.find('\n', text.rfind("data: {"));  // Of its data; the blank line may be missing.
  const bool completes = read(text).back() == "completed";
  for (size_t bytes = 0; bytes < end; ++bytes) {
    const std::string last = read(text.substr(0, bytes)).back();
    ASSERT_TRUE(last.starts_with("failed ")) << "cut at byte " << bytes << ": " << last;
  }
  EXPECT_EQ(read(text.substr(0, end)).back() == "completed", completes);
}

std::string as_chat_reply(const chat::Answer& answer) {
  std::string out;
  openai_chat::dialect().encode_reply(answer, {}, out);
  return out;
}

// What the pieces of a stream say together is what the response in its last event says.
TEST_P(EveryResponsesStream, SaysWhatItsLastEventSaysWhole) {
  const std::string text = stream();
  chat::Answer streamed;
  decode({text}, streamed);
  if (!streamed.completed) return;
  const size_t begin = text.rfind("data: {") + 6;
  const nlohmann::json last = nlohmann::json::parse(text.substr(begin, text.find('\n', begin) - begin), nullptr, false);
  chat::Answer whole;
  decode_reply(last["response"].dump(), kContext, whole);
  ASSERT_TRUE(whole.completed);
  ASSERT_EQ(streamed.choices.size(), 1u);
  ASSERT_EQ(whole.choices.size(), 1u);
  const chat::AnswerChoice& left = streamed.choices[0];
  const chat::AnswerChoice& right = whole.choices[0];
  EXPECT_EQ(left.text, right.text);
  EXPECT_EQ(left.reasoning, right.reasoning);
  EXPECT_EQ(left.refusal, right.refusal);
  EXPECT_EQ(left.finish, right.finish);
  EXPECT_EQ(left.native_finish, right.native_finish);
  ASSERT_EQ(left.tool_calls.size(), right.tool_calls.size());
  for (size_t i = 0; i < left.tool_calls.size(); ++i) {
    EXPECT_EQ(left.tool_calls[i].id, right.tool_calls[i].id);
    EXPECT_EQ(left.tool_calls[i].name, right.tool_calls[i].name);
    EXPECT_EQ(left.tool_calls[i].arguments, right.tool_calls[i].arguments);
    EXPECT_EQ(left.tool_calls[i].custom, right.tool_calls[i].custom);
  }
  EXPECT_EQ(streamed.id, whole.id);
  EXPECT_EQ(streamed.model, whole.model);
  EXPECT_EQ(streamed.created_s, whole.created_s);
  EXPECT_EQ(as_chat_reply(streamed), as_chat_reply(whole));
  EXPECT_EQ(streamed.usage->total_tokens, whole.usage->total_tokens);
}

TEST(OpenAiResponsesStreamDecoder, TakesNothingAfterTheEnd) {
  const std::vector<std::string> once = read(kText + kEnd);
  EXPECT_EQ(once.back(), "completed");
  EXPECT_EQ(read(kText + kEnd + kText + kEnd), once);
  EXPECT_EQ(read(test::Pieces{kText + kEnd, kText}), once);
}

TEST(OpenAiResponsesStreamDecoder, CompletesAtTheLastEvent) {
  test::Recorder recorder;
  EventStreamReader decoder(kContext);
  decoder.push(kText, recorder);
  decoder.push(kEnd.substr(0, 20), recorder);
  EXPECT_NE(recorder.lines.back(), "completed");
  decoder.push(kEnd.substr(20), recorder);
  EXPECT_EQ(recorder.lines.back(), "completed");
}

TEST(OpenAiResponsesStreamDecoder, ReadsABodyThatIsNoStream) {
  const std::string reply = R"({"id":"r","status":"completed","output":[]})";
  EXPECT_EQ(read(reply), read(kEnd));
  EXPECT_EQ(read("{\"error\":{\"message\":\"Slow down\",\"code\":\"rate_limit_exceeded\"}}").back(),
            "failed 429 rate_limit_error rate_limit_exceeded Slow down");
}

TEST(OpenAiResponsesStreamDecoder, TakesAnyTextForAnUnknownEvent) {
  EXPECT_EQ(read("event: \\u00\\x\xFF\ndata: {}\n\n" + kText + kEnd), read(kText + kEnd));
}

TEST(OpenAiResponsesStreamDecoder, FailsOnAnEmptyBody) {
  EXPECT_TRUE(read("").back().starts_with("failed 502 server_error upstream_cut"));
}

TEST(OpenAiResponsesStreamDecoder, FailsOnWrongTypes) {
  for (const char* members :
       {R"("type":"response.output_text.delta","output_index":"0","delta":"a")",
        R"("type":"response.output_text.delta","content_index":[],"delta":"a")",
        R"("type":"response.output_item.added","item":1)", R"("type":"response.completed","response":{"output":{}})",
        R"("type":"response.completed","response":{"output":[1]})"}) {
    const std::string last = read(event(members) + kEnd).back();
    EXPECT_TRUE(last.starts_with("failed 502 server_error upstream_bad_reply The provider's reply has ")) << last;
  }
  EXPECT_TRUE(read("data: []\n\n" + kEnd).back().starts_with("failed 502 server_error upstream_bad_reply "));
}

TEST(OpenAiResponsesStreamDecoder, LimitsTheNumberOfToolCalls) {
  std::string stream;
  for (size_t call = 0; call <= kToolCallsMax; ++call) {
    stream += event(R"("type":"response.output_item.added","output_index":)" + std::to_string(call) +
                    R"(,"item":{"type":"function_call","call_id":"c","name":"f"})");
  }
  EXPECT_EQ(read(stream + kEnd).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has too many tool calls.");
}

TEST(OpenAiResponsesStreamDecoder, LimitsTheNumberOfItems) {
  std::string stream;
  for (size_t item = 0; item <= kOutputItemsMax; ++item) {
    stream +=
        event(R"("type":"response.output_text.delta","output_index":)" + std::to_string(item) + R"(,"delta":"a")");
  }
  EXPECT_EQ(read(stream + kEnd).back(),
            "failed 502 server_error upstream_bad_reply The provider's reply has too many items.");
}

TEST(OpenAiResponsesStreamDecoder, SendsNoReasoningBackRatherThanTooMuch) {
  const auto item = [](int index, const std::string& members) {
    return event(R"("type":"response.output_item.done","output_index":)" + std::to_string(index) +
                 R"(,"item":{"id":"i",)" + members + "}");
  };
  const auto reasoning = [&](int index, size_t bytes) {
    return item(index, R"("type":"reasoning","summary":[],"encrypted_content":")" + std::string(bytes, 'g') + '"');
  };
  const std::string call = item(9, R"("type":"function_call","call_id":"c","name":"f","arguments":"{}")");
  const auto has_blocks = [](const std::vector<std::string>& lines) {
    const auto is_block = [](const auto& line) { return line.starts_with("thinking_signed 0"); };
    const auto is_cut = [](const auto& line) { return line.ends_with(" cut"); };
    return std::any_of(lines.begin(), lines.end(), is_block) && std::none_of(lines.begin(), lines.end(), is_cut);
  };
  EXPECT_TRUE(has_blocks(read(reasoning(0, kThinkingBytesMax / 2) + call + kEnd)));
  EXPECT_FALSE(
      has_blocks(read(reasoning(0, kThinkingBytesMax / 2) + reasoning(1, kThinkingBytesMax / 2) + call + kEnd)));
}

TEST(OpenAiResponsesStreamDecoder, LimitsWhatAnnotationsTake) {
  const std::string annotation =
      event(R"("type":"response.output_text.annotation.added","output_index":0,"annotation":{"type":"url_citation",)"
            R"("start_index":0,"end_index":2,"title":"","url":")" +
            std::string(kAnnotationBytesMax / 2, 'u') + "\"}");
  const std::vector<std::string> lines = read(kText + annotation + annotation + kEnd);
  EXPECT_EQ(lines.back(), "completed");
  size_t bytes = 0;
  for (const std::string& line : lines) bytes += line.size();
  EXPECT_GT(bytes, kAnnotationBytesMax / 2);
  EXPECT_LT(bytes, kAnnotationBytesMax);
}

TEST(OpenAiResponsesStreamDecoder, LeavesOutPlacesThatAreNone) {
  for (const char* place : {R"("start_index":-1,"end_index":2)", R"("start_index":3,"end_index":2)",
                            R"("start_index":0,"end_index":9223372036854775807)"}) {
    const std::vector<std::string> lines =
        read(kText +
             event(R"("type":"response.output_text.annotation.added","output_index":0,"annotation":{"url":"u",)" +
                   std::string(place) + "}") +
             kEnd);
    EXPECT_EQ(lines.size(), 4u) << place;
    EXPECT_EQ(lines.back(), "completed");
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
