// What a chat client gets of the replies of every dialect: as a stream and as a whole reply the same.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/reply_fixtures.h"

namespace onellm::dialects {
namespace {

using Json = nlohmann::json;
using test::ReplyFixture;

const ReplyMeta kMeta{.id = "", .fallback_id = "f", .created_s = 7, .include_usage = true};

// Writes both forms of the answer.
struct Both final : chat::EventSink {
  Both() : encoder(openai_chat::dialect().make_stream_encoder(kMeta)) {}
  void take(const chat::Event& event) override {
    answer.take(event);
    encoder->take(event, stream);
  }
  chat::Answer answer{kOpenaiChat};
  std::unique_ptr<StreamEncoder> encoder;
  std::string stream;
};

// A whole reply without what the chunks of a stream cannot tell: a text of length 0, and calls that arrive mixed.
Json comparable(const std::string& text) {
  Json reply = Json::parse(text, nullptr, false);
  for (Json& choice : reply["choices"]) {
    Json& message = choice["message"];
    if (message["content"] == "") message["content"] = nullptr;
    if (!message.contains("tool_calls")) continue;
    for (Json& call : message["tool_calls"]) call.erase("function");
  }
  return reply;
}

Json read_again(const std::string& stream) {
  chat::Answer answer(kOpenaiChat);
  const auto decoder = openai_chat::dialect().make_stream_decoder({});
  decoder->push(stream, answer);
  decoder->end(answer);
  std::string out;
  openai_chat::dialect().encode_reply(answer, kMeta, out);
  return comparable(out);
}

class EveryReplyOfEveryDialect : public testing::TestWithParam<ReplyFixture> {};
INSTANTIATE_TEST_SUITE_P(All, EveryReplyOfEveryDialect, testing::ValuesIn(test::all_reply_fixtures()),
                         [](const auto& test) { return test.param.test_name(); });

TEST_P(EveryReplyOfEveryDialect, GivesAChatClientTheSameStreamedAndWhole) {
  Both both;
  decode(GetParam(), both);
  if (!both.answer.completed) return;
  std::string out;
  openai_chat::dialect().encode_reply(both.answer, kMeta, out);
  for (char& c : out) c = c == '\n' ? ' ' : c;  // Line ends of indented JSON do not go into a stream.
  EXPECT_EQ(read_again(both.stream), comparable(out)) << both.stream;
}

// Everything but the extras of the chat dialect reaches a client of another dialect typed.
TEST_P(EveryReplyOfEveryDialect, HasExtrasOfItsOwnDialectOnly) {
  struct Check final : chat::EventSink {
    void take(const chat::Event& event) override {
      EXPECT_TRUE(!event.has_extras() || event.extra_of == kOpenaiChat);
      if (chat::is_typed(event.kind) && event.kind != chat::EventKind::kContentEnded) {
        EXPECT_NE(event.details, nullptr);
        const bool is_kept = event.details != nullptr && event.details->confirmed != chat::Confirmed::kLater;
        needs_end = needs_end || (event.kind == chat::EventKind::kThinkingSigned && is_kept) ||
                    event.kind == chat::EventKind::kCitation;
      }
      if (event.kind == chat::EventKind::kContentEnded) needs_end = false;
      EXPECT_FALSE(needs_end && event.kind == chat::EventKind::kCompleted);
    }
    bool needs_end = false;
  } check;
  decode(GetParam(), check);
}

}  // namespace
}  // namespace onellm::dialects
