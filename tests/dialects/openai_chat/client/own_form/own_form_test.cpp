// Typed events in OpenAI's form: in a stream, and in a whole reply.
#include "dialects/openai_chat/client/own_form/own_form.h"

#include <gtest/gtest.h>

#include "chat/answer/answer.h"
#include "dialects/openai_chat/client/encode_reply.h"
#include "dialects/openai_chat/client/encode_stream.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_chat {
namespace {

using chat::Event;
using chat::EventDetails;
using chat::EventKind;
using Lines = std::vector<std::string>;

struct Typed {
  EventKind kind;
  EventDetails details = {};
  chat::DialectId extra_of = chat::DialectId::kNone;
};

Lines own_form(const std::vector<Typed>& events) {
  OwnForm form;
  test::Recorder recorder;
  for (const Typed& typed : events) {
    const Event* own = form.of({.kind = typed.kind, .extra_of = typed.extra_of, .details = &typed.details});
    if (own != nullptr) recorder.take(*own);
  }
  return recorder.lines;
}

EventDetails citation(int64_t begin, std::string_view url) {
  EventDetails details;
  details.citation = {.begin = begin, .end = begin + 1, .url = {url}, .title = {"t"}, .quote = {"q"}};
  return details;
}

EventDetails thinking(std::string_view text) {
  EventDetails details;
  details.thinking = {.text = {text}, .signature = {"s"}, .model = {"m"}};
  return details;
}

std::string annotation(int begin, const std::string& url) {
  return R"({"type":"url_citation","url_citation":{"start_index":)" + std::to_string(begin) + R"(,"end_index":)" +
         std::to_string(begin + 1) + R"(,"url":")" + url + R"(","title":"t"}})";
}

const std::string kBlock = R"({"type":"thinking","thinking":"Hm","signature":"s","model":"m"})";

TEST(OwnForm, HasPicturesCodeAndPartsAtOnce) {
  EventDetails details;
  details.media = {.type = {"image/png"}, .data = {"QUJD"}};
  details.part = {.name = {"toolCall"}, .value = {R"({"id":"t"})"}, .signature = {"c2ln"}};
  details.code = {.label = {"PYTHON"}, .text = {"print(1)"}};
  EventDetails output;
  output.code = {.is_output = true, .label = {"OUTCOME_OK"}, .text = {R"(1\n)"}};
  output.part = {.name = {"toolResponse"}, .value = {"{}"}};
  EXPECT_EQ(
      own_form({{EventKind::kMedia, details},
                {EventKind::kCode, details},
                {EventKind::kCode, output},
                {EventKind::kProviderPart, details},
                {EventKind::kProviderPart, output}}),
      (Lines{
          R"(extra 0 | delta "images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}])",
          R"j(extra 0 | delta "code_execution":[{"language":"PYTHON","code":"print(1)"}])j",
          R"(extra 0 | delta "code_execution":[{"outcome":"OUTCOME_OK","output":"1\n"}])",
          R"(extra 0 | delta "extra_content":{"google":{"parts":[{"toolCall":{"id":"t"},"thoughtSignature":"c2ln"}]}})",
          R"(extra 0 | delta "extra_content":{"google":{"parts":[{"toolResponse":{}}]}})"}));
}

TEST(OwnForm, HasSignedReasoningAndCitationsWhenTheContentHasEnded) {
  EventDetails end;
  end.signature = {"dHh0"};
  end.phase = {"final_answer"};
  EXPECT_EQ(own_form({{EventKind::kCitation, citation(0, "u")},
                      {EventKind::kThinkingSigned, thinking("Hm")},
                      {EventKind::kCitation, citation(7, "v")}}),
            Lines{});
  EXPECT_EQ(own_form({{EventKind::kCitation, citation(0, "u")},
                      {EventKind::kThinkingSigned, thinking("Hm")},
                      {EventKind::kCitation, citation(7, "v")},
                      {EventKind::kContentEnded, end},
                      {EventKind::kContentEnded}}),
            Lines{R"(extra 0 | delta "thinking_blocks":[)" + kBlock + R"(],"annotations":[)" + annotation(0, "u") +
                  "," + annotation(7, "v") +
                  R"(],"phase":"final_answer","extra_content":{"google":{"thought_signature":"dHh0"}})"});
}

// Its reasoning would be sent back as if the leg had answered.
TEST(OwnForm, ForgetsALegThatEndedBeforeItsContentDid) {
  EXPECT_EQ(own_form({{EventKind::kThinkingSigned, thinking("lost")},
                      {EventKind::kCitation, citation(0, "u")},
                      {EventKind::kStarted},
                      {EventKind::kThinkingSigned, thinking("Hm")},
                      {EventKind::kContentEnded}}),
            (Lines{"started 0 id  model  created 0", R"(extra 0 | delta "thinking_blocks":[)" + kBlock + "]"}));
}

TEST(OwnForm, HasNoReasoningIfABlockIsTooLong) {
  EventDetails cut = thinking("");
  cut.thinking_cut = true;
  EXPECT_EQ(own_form({{EventKind::kThinkingSigned, thinking("Hm")},
                      {EventKind::kThinkingSigned, cut},
                      {EventKind::kContentEnded}}),
            Lines{});
}

TEST(OwnForm, KeepsChoicesApart) {
  OwnForm form;
  test::Recorder recorder;
  const EventDetails details[] = {citation(0, "u"), citation(1, "v")};
  for (const uint32_t choice : {0U, 1U}) {
    EXPECT_EQ(form.of({.kind = EventKind::kCitation, .choice = choice, .details = &details[choice]}), nullptr);
  }
  for (const uint32_t choice : {1U, 0U}) recorder.take(*form.of({.kind = EventKind::kContentEnded, .choice = choice}));
  EXPECT_EQ(recorder.lines, (Lines{R"(extra 1 | delta "annotations":[)" + annotation(1, "v") + "]",
                                   R"(extra 0 | delta "annotations":[)" + annotation(0, "u") + "]"}));
}

TEST(OwnForm, HasDetailsBesideAnyEvent) {
  EventDetails details;
  details.logprobs = {R"({"content":[],"refusal":null})"};
  details.answer_filters = {"{1}"};
  details.prompt_filters = {"[2]"};
  details.service_tier = {"flex"};
  details.container = {"{3}"};
  details.gateway_members = {R"("onellm":4)"};
  details.signature = {"c2ln"};
  const std::string beside = R"( | choice "logprobs":{"content":[],"refusal":null},"content_filter_results":{1})"
                             R"( | reply "prompt_filter_results":[2],"service_tier":"flex","container":{3},"onellm":4)";
  const std::string signature = R"( | delta "extra_content":{"google":{"thought_signature":"c2ln"}})";
  EXPECT_EQ(own_form({{EventKind::kText, details},
                      {EventKind::kToolCallOpened, details},
                      {EventKind::kToolArguments, details},
                      {EventKind::kFinished, details}}),
            (Lines{R"(text 0 "")" + beside, "call 0.0 id  name " + signature + beside,
                   R"(arguments 0.0 "")" + signature + beside, "finished 0 stop" + beside}));
}

TEST(OwnForm, HasTheLegAndItsErrorBesideAFinish) {
  OwnForm form;
  test::Recorder recorder;
  Error error{.kind = ErrorKind::kUpstreamRefused, .message = "No"};
  error.status = 503;
  error.code = "overloaded";
  recorder.take(*form.of({.kind = EventKind::kFinished, .name = {"claude-2"}, .error = &error}));
  const std::string line = recorder.lines.front();
  EXPECT_TRUE(line.starts_with(R"(finished 0 stop | choice "error":{"message":"No",)")) << line;
  EXPECT_NE(line.find(R"("code":"overloaded")"), line.npos);
  EXPECT_NE(line.find(R"("status":503)"), line.npos) << "the true status";
  EXPECT_TRUE(line.ends_with(R"(},"model":"claude-2")")) << line;
}

// The decoder of this dialect gives both; clients of other dialects read what is typed.
TEST(OwnForm, WritesNothingTwiceThatItsOwnExtrasHold) {
  EventDetails details = citation(0, "u");
  details.logprobs = {R"({"content":[]})"};
  details.service_tier = {"flex"};
  details.gateway_members = {R"("onellm":4)"};
  EXPECT_EQ(own_form({{EventKind::kCitation, details, kOpenaiChat},
                      {EventKind::kContentEnded, details, kOpenaiChat},
                      {EventKind::kMedia, details, kOpenaiChat},
                      {EventKind::kContentEnded, {}, kOpenaiChat},
                      {EventKind::kFinished, details, kOpenaiChat}}),
            Lines{R"(finished 0 stop | reply "onellm":4)"});
}

TEST(OwnForm, MovesThePlacesInItsExtras) {
  OwnForm form;
  test::Recorder recorder;
  EventDetails details;
  details.characters_before = 10;
  const std::string extra = R"("x":1,"annotations":[)" + annotation(0, "u") + "]";
  recorder.take(*form.of(
      {.kind = EventKind::kText, .extra_of = kOpenaiChat, .text = {"a"}, .details = &details, .delta_extra = {extra}}));
  EXPECT_EQ(recorder.lines, Lines{R"(text 0 "a" | delta "x":1,"annotations":[)" + annotation(10, "u") + "]"});
}

TEST(OwnForm, IsGivenToAllThatNeedsIt) {
  EXPECT_TRUE(OwnForm::has({.kind = EventKind::kText, .text = {"a"}}));
  EXPECT_TRUE(OwnForm::has({.kind = EventKind::kText, .extra_of = kOpenaiChat, .delta_extra = {"\"x\":1"}}));
  EXPECT_FALSE(OwnForm::has({.kind = EventKind::kText, .extra_of = kGemini, .delta_extra = {"\"x\":1"}}));
  EXPECT_FALSE(OwnForm::has({.kind = EventKind::kText, .delta_extra = {"\"x\":1"}}));
  const EventDetails details;
  EXPECT_FALSE(OwnForm::has({.kind = EventKind::kText, .details = &details}));
  EXPECT_FALSE(OwnForm::has({.kind = EventKind::kContentEnded}));
}

// A message has the members of its deltas.
TEST(OwnForm, IsTheSameInAWholeReply) {
  EventDetails picture;
  picture.media = {.type = {"image/png"}, .data = {"QUJD"}};
  EventDetails signed_call;
  signed_call.signature = {"c2ln"};
  const EventDetails cited = citation(0, "u");
  const EventDetails thought = thinking("Hm");
  EventDetails finish;
  finish.service_tier = {"flex"};
  finish.logprobs = {R"({"content":[1],"refusal":null})"};
  chat::Answer answer(kOpenaiChat);
  answer.take({.kind = EventKind::kStarted, .id = {"i"}, .name = {"m"}, .created_s = 1});
  answer.take({.kind = EventKind::kThinkingSigned, .details = &thought});
  answer.take({.kind = EventKind::kText, .text = {"a"}, .details = &finish});
  answer.take({.kind = EventKind::kCitation, .details = &cited});
  answer.take({.kind = EventKind::kMedia, .details = &picture});
  answer.take({.kind = EventKind::kToolCallOpened, .id = {"c"}, .name = {"f"}, .details = &signed_call});
  answer.take({.kind = EventKind::kContentEnded});
  answer.take({.kind = EventKind::kFinished, .details = &finish});
  std::string out;
  encode_reply(answer, {}, out);
  EXPECT_EQ(out,
            R"({"id":"i","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{)"
            R"("role":"assistant","content":"a","refusal":null,"tool_calls":[{"id":"c","type":"function",)"
            R"("function":{"name":"f","arguments":""},"extra_content":{"google":{"thought_signature":"c2ln"}}}],)"
            R"("images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}],"thinking_blocks":[)" +
                kBlock + R"(],"annotations":[)" + annotation(0, "u") +
                R"(]},"finish_reason":"stop","logprobs":{"content":[1,1],"refusal":null}}],"service_tier":"flex"})");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
