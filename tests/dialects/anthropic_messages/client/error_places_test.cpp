// Errors name the place in the client's request, whatever was left out of it before.
#include "dialects/anthropic_messages/client/messages_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

constexpr const char* kAddress = R"({"type":"document","source":{"type":"url","url":"https://a.test/a.pdf"}})";
constexpr const char* kForeignThought = R"({"type":"thinking","thinking":"hm","signature":"EqQB"})";
constexpr const char* kForeignBlock = R"({"type":"fallback","x":1})";

// The field at fault in a conversation whose last message ends with a document that the model cannot fetch.
std::string field_of(const std::string& answer, const std::string& begin_of_last) {
  const Sent sent = send_with(
      R"("system":"S.","messages":[{"role":"user","content":"a"},{"role":"assistant","content":[)" + answer +
          R"(]},{"role":"user","content":"b"},{"role":"assistant","content":"c"},{"role":"user","content":[)" +
          begin_of_last + kAddress + "]}]",
      openai());
  EXPECT_EQ(sent.body, Json());
  return sent.error.param;
}

TEST(PlacesInErrors, CountMessagesThatWereLeftOut) {
  const std::string text = R"({"type":"text","text":"t"})";
  for (const std::string& answer : {text, std::string(kForeignThought), std::string(kForeignBlock),
                                    kForeignThought + ("," + text), kForeignBlock + ("," + text)}) {
    EXPECT_EQ(field_of(answer, text + ","), "messages.4.content.1.document.source") << answer;
  }
}

TEST(PlacesInErrors, CountPartsThatWereLeftOut) {
  EXPECT_EQ(field_of(kForeignThought, kForeignBlock + std::string(",") + kForeignBlock + ","),
            "messages.4.content.2.document.source");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
