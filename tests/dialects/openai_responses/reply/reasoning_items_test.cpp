// Several reasoning items of one answer: each is passed on by itself.
#include <gtest/gtest.h>

#include <string>

#include "dialects/openai_responses/reply/stream.h"
#include "support/transcript.h"

namespace onellm::dialects::openai_responses {
namespace {

std::string event(const std::string& members) { return "data: {" + members + "}\n\n"; }

class TwoReasoningItems : public testing::Test {
 protected:
  static std::string summary(int index, const std::string& text) {
    return event(R"("type":"response.reasoning_summary_text.delta","output_index":)" + std::to_string(index) +
                 R"(,"delta":")" + text + '"');
  }
  static std::string done(int index, const std::string& members) {
    return event(R"("type":"response.output_item.done","output_index":)" + std::to_string(index) + R"(,"item":{)" +
                 members + "}");
  }
  static std::string reasoning(int index, const std::string& id) {
    return done(index, R"("type":"reasoning","id":")" + id + R"(","summary":[],"encrypted_content":"e")");
  }
  static std::string message(int index) {
    return done(index, R"("type":"message","content":[{"type":"output_text","text":"Hi"}])");
  }
  // The lines of reasoning and text, short: of an item its id, with "?" if it is not confirmed, and "!" if it is now.
  static std::string events(const std::string& stream) {
    std::string out;
    test::Recorder recorder;
    EventStreamReader decoder(ReplyContext{.model = "gpt-5.5", .text_tool = ""});
    decoder.push(stream + event(R"("type":"response.completed","response":{"status":"completed","output":[]})"),
                 recorder);
    decoder.end(recorder);
    for (const std::string& line : recorder.lines) {
      if (line.starts_with("reasoning 0 ")) out += " " + line.substr(13, line.size() - 14);
      if (line.starts_with("text 0 ")) out += " text";
      if (!line.starts_with("thinking_signed")) continue;
      const size_t id = line.find("rs_");
      out += id == line.npos ? " -" : " " + line.substr(id, 4);
      if (line.ends_with(" not confirmed")) {
        out += "?";
      } else if (line.ends_with(" confirmed")) {
        out += "!";
      }
    }
    return out;
  }
};

TEST_F(TwoReasoningItems, DirectlyAfterOneAnotherEndEachBeforeTheNextBegins) {
  const std::string first = summary(0, "A") + reasoning(0, "rs_1");
  EXPECT_EQ(events(first + message(1)), " A rs_1 text");
  EXPECT_EQ(events(first + summary(1, "B") + reasoning(1, "rs_2") + message(2)), R"( A rs_1? \n\n B rs_1! rs_2 text)");
  EXPECT_EQ(events(reasoning(0, "rs_1") + summary(1, "B") + reasoning(1, "rs_2") + message(2)),
            " rs_1? B rs_1! rs_2 text");
  EXPECT_EQ(events(first + message(1) + summary(2, "B") + reasoning(2, "rs_2") + message(3)),
            R"( A rs_1 text \n\n B rs_2 text text)");
}

TEST_F(TwoReasoningItems, AreToldApartIfTheFirstCannotGoBack) {
  const std::string first = summary(0, "A") + reasoning(0, "rs_1");
  const std::string search = done(1, R"("type":"web_search_call","id":"ws")");
  EXPECT_EQ(events(first + search + summary(2, "B") + reasoning(2, "rs_2") + message(3)), R"( A -? \n\n B rs_2 text)");
  EXPECT_EQ(
      events(first + summary(1, "B") + reasoning(1, "rs_2") + done(2, R"("type":"web_search_call")") + message(3)),
      R"( A rs_1? \n\n B text)");
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
