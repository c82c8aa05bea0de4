#include "dialects/common/stream/repeated_chunk.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm::dialects {
namespace {

using chat::Event;
using chat::EventKind;

std::string chunk(const std::string& text) { return R"({"choices":[{"delta":{"content":")" + text + R"("}}],"x":1})"; }

// A reader that has learned from a chunk with the text "one".
class LearnedChunk : public testing::Test {
 protected:
  LearnedChunk() {
    const std::string source = chunk("one");
    Event event;
    event.kind = EventKind::kText;
    event.choice = 3;
    event.text = {std::string_view(source).substr(source.find("one"), 3)};
    event.reply_extra = {std::string_view(source).substr(source.find("\"x\""), 5)};
    repeated_.learn(source, event);
  }
  RepeatedChunk repeated_;
};

TEST_F(LearnedChunk, GivesTheSameEventWithTheOtherText) {
  const std::string source = chunk("two words");
  const Event* event = repeated_.recognise(source);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(event->kind, EventKind::kText);
  EXPECT_EQ(event->choice, 3U);
  EXPECT_EQ(event->text.text, "two words");
  EXPECT_EQ(event->reply_extra.text, "\"x\":1");
}

TEST_F(LearnedChunk, LeavesTextThatIsNotPlainToTheParser) {
  for (const char* text : {"", "a\"b", "a\\nb", "a\nb", "\xC3\xA9", "\xFF", R"(","role":"x)"}) {
    EXPECT_EQ(repeated_.recognise(chunk(text)), nullptr) << text;
  }
}

TEST_F(LearnedChunk, LeavesWhatDiffersElsewhereToTheParser) {
  std::string other = chunk("two");
  other.replace(other.find("\"x\":1"), 5, "\"x\":2");
  EXPECT_EQ(repeated_.recognise(other), nullptr);
  EXPECT_EQ(repeated_.recognise("{}"), nullptr);
  EXPECT_EQ(repeated_.recognise(""), nullptr);
}

TEST(RepeatedChunk, KnowsNothingAtFirst) {
  RepeatedChunk repeated;
  EXPECT_EQ(repeated.recognise(chunk("one")), nullptr);
}

TEST(RepeatedChunk, LearnsNothingFromTextThatIsACopy) {
  RepeatedChunk repeated;
  Event event;
  event.kind = EventKind::kText;
  const std::string elsewhere = "one";
  event.text = {elsewhere};
  repeated.learn(chunk("one"), event);
  EXPECT_EQ(repeated.recognise(chunk("two")), nullptr);
}

TEST_F(LearnedChunk, IsForgottenWhenTold) {
  repeated_.forget();
  EXPECT_EQ(repeated_.recognise(chunk("two")), nullptr);
}

TEST(RepeatedChunk, GivesUpOnAStreamOfUnlikeChunks) {
  RepeatedChunk repeated;
  Event event;
  event.kind = EventKind::kText;
  for (int i = 0; i < 100; ++i) {
    const std::string source = chunk("one") + std::string(static_cast<size_t>(i), ' ');
    event.text = {std::string_view(source).substr(source.find("one"), 3)};
    repeated.learn(source, event);
  }
  EXPECT_EQ(repeated.recognise(chunk("two") + std::string(99, ' ')), nullptr);
}

}  // namespace
}  // namespace onellm::dialects
