// What clients of other dialects get of the extras of a reply. The extras themselves stay as they are.
#include <gtest/gtest.h>

#include "dialects/openai_chat/reply/stream.h"
#include "dialects/openai_chat/reply/whole.h"
#include "support/every_cut.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_chat {
namespace {

using Lines = std::vector<std::string>;

// Notes the events that have something typed, and checks that all of them say whose extras hold it.
class TypedRecorder final : public chat::EventSink {
 public:
  void take(const chat::Event& event) override {
    EXPECT_EQ(event.extra_of == kOpenaiChat, event.kind != chat::EventKind::kFailed);
    chat::Event typed = event;
    if (!event.delta_extra.empty()) holds = event.extra_holds;
    typed.delta_extra = typed.choice_extra = typed.reply_extra = {};
    if (event.details != nullptr || chat::is_typed(event.kind)) lines.push_back(test::describe(typed));
  }
  Lines lines;
  chat::ExtraHolds holds = chat::ExtraHolds::kLabels;
};

std::string chunk(const std::string& choice, const std::string& more = "") {
  return R"(data: {"id":"a","created":1,"model":"m","choices":[{"index":0,)" + choice + "}]" + more + "}\n\n";
}

std::string delta(const std::string& members) { return chunk(R"("delta":{)" + members + "}"); }

const std::string kEnd = chunk(R"("delta":{},"finish_reason":"stop")") + "data: [DONE]\n\n";

Lines typed(const test::Pieces& pieces) {
  ChunkStreamDecoder decoder;
  TypedRecorder recorder;
  for (const std::string_view piece : pieces) decoder.push(piece, recorder);
  decoder.end(recorder);
  return recorder.lines;
}

TEST(TypedExtras, AreTheCitationsOfAnnotations) {
  const std::string stream =
      delta(R"("content":"Hello")") +
      delta(R"("annotations":[{"type":"url_citation","url_citation":{"start_index":1,"end_index":5,"url":"u",)"
            R"("title":"t"}},3,{"type":"file"},{"type":"url_citation","url":"v","start_index":0,"end_index":2}])") +
      kEnd;
  const Lines expected = {R"(citation 0 1-5 u "t")", R"(citation 0 0-2 v "")", "content_ended 0"};
  EXPECT_EQ(typed({stream}), expected);
  test::expect_same_for_every_cut(stream, typed);
}

TEST(TypedExtras, AreNoCitationsWhereAnnotationsHaveNone) {
  for (const char* none : {"[]", "null", "{}", "7", R"([{"type":"note"}])", R"([{"url_citation":{"url":7}}])"}) {
    EXPECT_EQ(typed({delta(R"("content":"a","annotations":)" + std::string(none)) + kEnd}), Lines{}) << none;
  }
}

TEST(TypedExtras, AreTheSignaturesOfCallsAndOfTheText) {
  const std::string signed_by = R"("extra_content":{"google":{"thought_signature":"c2ln"}})";
  const std::string call = R"("tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f",)"
                           R"("arguments":"{}"},)" +
                           signed_by + "}]";
  EXPECT_EQ(typed({delta(call) + kEnd}), Lines{"call 0.0 id c name f | signature c2ln"});
  EXPECT_EQ(typed({delta(R"("content":"a")") + delta(signed_by) + kEnd}), Lines{"content_ended 0 | signature c2ln"});
  EXPECT_EQ(typed({delta(R"("content":"a","extra_content":{"google":7})") + kEnd}), Lines{});
}

TEST(TypedExtras, AreTheLogprobsOfAText) {
  const std::string logprobs = R"({"content":[{"token":"a","logprob":-0.5}],"refusal":null})";
  EXPECT_EQ(typed({chunk(R"("delta":{"content":"a"},"logprobs":)" + logprobs) + kEnd}),
            Lines{R"(text 0 "a" | logprobs )" + logprobs});
  EXPECT_EQ(typed({chunk(R"("delta":{"content":"a"},"logprobs":null)") + kEnd}), Lines{});
}

TEST(TypedExtras, NameTheServiceTierOnceAndWhenItChanges) {
  const auto text = [](const std::string& tier) {
    return chunk(R"("delta":{"content":"a"})", R"(,"service_tier":)" + tier);
  };
  EXPECT_EQ(typed({text(R"("default")") + text(R"("default")") + text(R"("default")") + text("null") +
                   text(R"("flex")") + text(R"("flex")") + kEnd}),
            (Lines{"started 0 id a model m created 1 | service_tier default", R"(text 0 "a" | service_tier flex)"}));
}

TEST(TypedExtras, TellWhatExtrasHold) {
  using chat::ExtraHolds;
  const std::pair<const char*, ExtraHolds> cases[] = {
      {R"("images":[{"type":"image_url"}])", ExtraHolds::kContent},
      {R"("images":[{"type":"image_url"}],"function_call":{"name":"f"})", ExtraHolds::kCall},
      {R"("function_call":{"name":"f"},"audio":{"id":"a"})", ExtraHolds::kCall},
      {R"("audio":{"id":"a"})", ExtraHolds::kContent},
      {R"("audio":null,"images":null,"function_call":null,"x":{"y":1})", ExtraHolds::kLabels},
      {R"("images":[])", ExtraHolds::kContent},
  };
  for (const auto& [members, holds] : cases) {
    TypedRecorder recorder;
    ChunkStreamDecoder decoder;
    decoder.push(delta(members) + kEnd, recorder);
    decoder.end(recorder);
    EXPECT_EQ(recorder.holds, holds) << members;
  }
}

TEST(TypedExtras, AreThoseOfAWholeReply) {
  TypedRecorder recorder;
  decode_reply(R"({"id":"a","created":1,"model":"m","service_tier":"flex","choices":[{"index":0,"message":{)"
               R"("content":"a","annotations":[{"url_citation":{"url":"u","start_index":0,"end_index":1}}]},)"
               R"("logprobs":{"content":[]},"finish_reason":"stop"}]})",
               recorder);
  EXPECT_EQ(recorder.lines,
            (Lines{"started 0 id a model m created 1 | service_tier flex", R"(text 0 "a" | logprobs {"content":[]})",
                   R"(citation 0 0-1 u "")", "content_ended 0"}));
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
