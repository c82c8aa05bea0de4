#include "providers/echo/echo.h"

#include <gtest/gtest.h>

#include "providers/echo/words.h"

namespace onellm::providers {
namespace {

using chat::EventKind;
using chat::FinishReason;
using chat::Role;
using Texts = std::vector<std::string>;

// What the echo handed on, kept.
struct Recorder final : chat::EventSink {
  void take(const chat::Event& event) override {
    kinds.push_back(event.kind);
    if (event.kind == EventKind::kStarted) ids.emplace_back(event.id.text);
    if (event.kind == EventKind::kText) {
      texts.resize(std::max<size_t>(texts.size(), event.choice + 1));
      texts[event.choice].emplace_back(event.text.text);
    }
    if (event.kind == EventKind::kFinished) finish = event.finish;
    if (event.kind == EventKind::kUsage) usage = *event.usage;
  }
  [[nodiscard]] std::string whole(size_t choice = 0) const {
    std::string text;
    for (const std::string& piece : texts[choice]) text += piece;
    return text;
  }

  std::vector<EventKind> kinds;
  std::vector<Texts> texts;
  Texts ids;
  FinishReason finish = FinishReason::kError;
  chat::Usage usage;
};

chat::Message message_of(Role role, const std::vector<std::string_view>& texts) {
  chat::Message message;
  message.role = role;
  for (const std::string_view text : texts) message.parts.emplace_back().text = {text};
  return message;
}

Recorder echo_of(const chat::Request& request) {
  Recorder recorder;
  answer_by_echo(request, "chatcmpl-1", 1700000000, recorder);
  return recorder;
}

Recorder streamed_echo_of(std::string_view text) {
  chat::Request request;
  request.stream = true;
  request.messages = {message_of(Role::kUser, {text})};
  return echo_of(request);
}

TEST(Echo, StreamsOneEventAWord) {
  const Recorder seen = streamed_echo_of("Hello  big world");
  EXPECT_EQ(seen.texts, std::vector<Texts>({{"Hello  ", "big ", "world"}}));
  EXPECT_EQ(seen.kinds,
            (std::vector<EventKind>{EventKind::kStarted, EventKind::kText, EventKind::kText, EventKind::kText,
                                    EventKind::kFinished, EventKind::kUsage, EventKind::kCompleted}));
  EXPECT_EQ(seen.finish, FinishReason::kStop);
  EXPECT_EQ(seen.ids, Texts{"chatcmpl-1"});
}

TEST(Echo, AnswersInOneEventWithoutStream) {
  chat::Request request;
  request.messages = {message_of(Role::kUser, {"Hello big world"})};
  EXPECT_EQ(echo_of(request).texts, std::vector<Texts>({{"Hello big world"}}));
}

TEST(Echo, RepeatsTheLastUserMessage) {
  chat::Request request;
  request.messages = {message_of(Role::kUser, {"first"}), message_of(Role::kUser, {"second"}),
                      message_of(Role::kAssistant, {"third"})};
  EXPECT_EQ(echo_of(request).whole(), "second");
}

TEST(Echo, RepeatsTheLastMessageWhereNoUserSpoke) {
  chat::Request request;
  request.messages = {message_of(Role::kSystem, {"first"}), message_of(Role::kAssistant, {"second"})};
  EXPECT_EQ(echo_of(request).whole(), "second");
}

TEST(Echo, JoinsTextPartsByLinesAndSkipsOthers) {
  chat::Request request;
  request.messages = {message_of(Role::kUser, {"one", "two"})};
  chat::Part image;
  image.kind = chat::PartKind::kImage;
  image.url = {"https://a/b.png"};
  request.messages[0].parts.insert(request.messages[0].parts.begin() + 1, image);
  EXPECT_EQ(echo_of(request).whole(), "one\\ntwo");
}

TEST(Echo, SaysSoWhereThereIsNoText) {
  chat::Request request;
  request.messages = {message_of(Role::kUser, {})};
  EXPECT_EQ(echo_of(request).whole(), "(no text)");
  request.messages = {message_of(Role::kUser, {""})};
  EXPECT_EQ(echo_of(request).whole(), "(no text)");
}

TEST(Echo, GivesAsManyChoicesAsAsked) {
  chat::Request request;
  request.n = 3;
  request.messages = {message_of(Role::kUser, {"one two"})};
  const Recorder seen = echo_of(request);
  ASSERT_EQ(seen.texts.size(), 3U);
  for (size_t choice = 0; choice < 3; ++choice) EXPECT_EQ(seen.whole(choice), "one two");
  EXPECT_EQ(seen.usage.completion_tokens, 6);
}

TEST(Echo, CountsUsageInWords) {
  chat::Request request;
  request.messages = {message_of(Role::kSystem, {"be\\nbrief"}), message_of(Role::kUser, {" one  two\\tthree "})};
  const chat::Usage usage = echo_of(request).usage;
  EXPECT_EQ(usage.prompt_tokens, 5);
  EXPECT_EQ(usage.completion_tokens, 3);
  EXPECT_EQ(usage.total_tokens, 8);
}

TEST(Echo, CutsNoEscape) {
  const Recorder seen = streamed_echo_of(R"(\n say \"hi\"\n\tC:\\now \ud83d\ude00 end)");
  EXPECT_EQ(seen.texts,
            std::vector<Texts>({{R"(\n say )", R"(\"hi\"\n\t)", R"(C:\\now )", R"(\ud83d\ude00 )", "end"}}));
}

TEST(Echo, EndsAtItsLimitAsAModelDoes) {
  std::string endless;
  while (endless.size() < 3 * 1024 * 1024) endless += R"(\ud83d\ude00)";
  const Recorder seen = streamed_echo_of(endless);
  EXPECT_EQ(seen.finish, FinishReason::kLength);
  const std::string text = seen.whole();
  EXPECT_LE(text.size(), 2U * 1024 * 1024);
  EXPECT_GT(text.size(), 2U * 1024 * 1024 - 12);
  EXPECT_EQ(text.size() % 12, 0U) << "a surrogate pair was cut";
}

TEST(Echo, SendsManyShortWordsInFewEvents) {
  std::string words;
  for (int i = 0; i < 500'000; ++i) words += "a ";
  const Recorder seen = streamed_echo_of(words);
  EXPECT_LE(seen.texts[0].size(), 4096U);
  EXPECT_EQ(seen.whole(), words);
}

TEST(EchoWords, NeverCutACharacter) {
  EXPECT_EQ(first_word_bytes("\xC3\xA4\xC3\xA4", 3), 2U);
  EXPECT_EQ(first_word_bytes("\xF0\x9F\x98\x80", 1), 4U) << "the first character is taken whole";
  EXPECT_EQ(first_word_bytes(R"(a\u00e4)", 5), 1U);
  EXPECT_EQ(first_word_bytes("", 5), 0U);
}

}  // namespace
}  // namespace onellm::providers
