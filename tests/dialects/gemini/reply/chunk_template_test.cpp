#include "dialects/gemini/reply/chunk_template.h"

#include <gtest/gtest.h>

#include <string>

namespace onellm::dialects::gemini {
namespace {

std::string chunk(const std::string& text, const std::string& counts = R"("candidatesTokenCount": 4)",
                  const std::string& more = "") {
  return R"({"candidates": [{"content": {"parts": [{"text": ")" + text + R"("}]},"index": 0)" + more +
         R"(}],"usageMetadata": {)" + counts +
         R"(,"promptTokensDetails": [{"tokenCount": 9}]},"modelVersion": "gemini-3"})";
}

std::string replace(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

class GeminiTemplate : public testing::Test {
 protected:
  void learn(const std::string& text) {
    const Chunk* chunk = reader_.read(text);
    ASSERT_NE(chunk, nullptr) << reader_.problem();
    template_.learn(reader_.source(), *chunk);
  }
  // True if the chunk was recognised; then it must be what the parser gives.
  bool recognises(const std::string& text) {
    const Chunk* same = template_.recognise(text);
    if (same == nullptr) return false;
    const Chunk* parsed = reader_.read(text);
    if (parsed == nullptr || parsed->candidates.size() != 1 || parsed->parts.size() != 1) {
      ADD_FAILURE() << text;
      return true;
    }
    EXPECT_EQ(same->candidates.front().index, parsed->candidates.front().index);
    EXPECT_EQ(same->parts.front().kind, parsed->parts.front().kind);
    EXPECT_EQ(same->parts.front().text, parsed->parts.front().text);
    EXPECT_EQ(same->counts.candidates, parsed->counts.candidates);
    EXPECT_EQ(same->counts.total, parsed->counts.total);
    EXPECT_EQ(same->counts.prompt, parsed->counts.prompt);
    EXPECT_EQ(same->counts.thoughts, parsed->counts.thoughts);
    return true;
  }

  ReplyReader reader_;
  ChunkTemplate template_;
};

TEST_F(GeminiTemplate, KnowsNothingBeforeItHasLearned) { EXPECT_FALSE(recognises(chunk("Hi"))); }

TEST_F(GeminiTemplate, RecognisesOtherTextsAndCounts) {
  learn(chunk("Hi", R"("promptTokenCount":1,"candidatesTokenCount": 4,"totalTokenCount": 5,"thoughtsTokenCount":0)"));
  EXPECT_TRUE(recognises(
      chunk("Hello there!",
            R"("promptTokenCount":200,"candidatesTokenCount": 41,"totalTokenCount": 0,"thoughtsTokenCount":7)")));
  learn(chunk("Hi"));
  EXPECT_TRUE(recognises(chunk(" ~ {}[],:'")));
  EXPECT_TRUE(recognises(replace(chunk("x"), "\"tokenCount\": 9", "\"tokenCount\": 12")));
}

TEST_F(GeminiTemplate, LeavesTheRestToTheParser) {
  learn(chunk("Hi"));
  const std::string others[] = {
      chunk(""),
      chunk("a\\n"),
      chunk("ä"),
      chunk("a\x7F"),
      chunk("a\",\"thought\":true,\"x\":\"b"),
      chunk("a", R"("candidatesTokenCount": 04)"),
      chunk("a", R"("candidatesTokenCount": -4)"),
      chunk("a", R"("candidatesTokenCount": 4.5)"),
      chunk("a", R"("candidatesTokenCount": 1234567890123456)"),
      chunk("a", R"("candidatesTokenCount": )"),
      chunk("a", R"("totalTokenCount": 4)"),
      chunk("a", R"("candidatesTokenCount": 4)", R"(,"finishReason": "STOP")"),
      chunk("a") + " ",
      chunk("a").substr(0, 80),
      replace(chunk("a"), "\"index\": 0", "\"index\": 1"),
      replace(chunk("a"), "gemini-3", "gemini-4"),
  };
  for (const std::string& other : others) EXPECT_FALSE(recognises(other)) << other;
}

TEST_F(GeminiTemplate, LearnsOnlyFromTextAlone) {
  for (const char* more : {R"(,"finishReason": "STOP")", R"(,"finishMessage": "x")", R"(,"logprobsResult": {})",
                           R"(,"citationMetadata": {})", R"(,"groundingMetadata": {"groundingChunks":[]})"}) {
    const std::string text = chunk("Hi", R"("candidatesTokenCount": 4)", more);
    learn(text);
    EXPECT_FALSE(recognises(text)) << more;
  }
  const std::string empty_metadata = chunk("Hi", R"("candidatesTokenCount": 4)", R"(,"groundingMetadata": {})");
  learn(empty_metadata);
  EXPECT_TRUE(recognises(empty_metadata));
}

TEST_F(GeminiTemplate, TakesNoOtherMemberForACount) {
  const std::string other = R"(,"x":{"candidatesTokenCount": 7})";
  learn(chunk("Hi", R"("candidatesTokenCount": 4)", other));
  EXPECT_TRUE(recognises(replace(chunk("Hi", R"("candidatesTokenCount": 5)", other), ": 7}", ": 8}")));
  const std::string same = R"(,"x":{"candidatesTokenCount": 4})";
  learn(chunk("Hi", R"("candidatesTokenCount": 4)", same));
  EXPECT_FALSE(recognises(chunk("Hi", R"("candidatesTokenCount": 4)", same)));
}

TEST_F(GeminiTemplate, GivesUpOnStreamsThatNeverRepeat) {
  for (int i = 0; i < 20; ++i) learn(chunk("Hi", R"("candidatesTokenCount": 4)", R"(,"x":)" + std::to_string(i)));
  EXPECT_FALSE(recognises(chunk("Hi", R"("candidatesTokenCount": 4)", R"(,"x":19)")));
}

}  // namespace
}  // namespace onellm::dialects::gemini
