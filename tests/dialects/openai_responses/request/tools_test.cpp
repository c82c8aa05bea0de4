#include "dialects/openai_responses/request/tools.h"

#include <gtest/gtest.h>

#include "dialects/openai_responses/request_support.h"

namespace onellm::dialects::openai_responses {
namespace {

const std::string kTools =
    R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"custom","custom":{"name":"c"}}])";

TEST(OpenAiResponsesTools, LieOneLevelHigher) {
  const Sent sent = send_with(R"("tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,)"
                              R"("parameters":{"type":"object","properties":{"a":{"minimum":1.0}}}}}])");
  EXPECT_EQ(sent["tools"], parse(R"([{"type":"function","name":"f","description":"d","strict":true,)"
                                 R"("parameters":{"type":"object","properties":{"a":{"minimum":1.0}}}}])"));
  EXPECT_NE(sent.text.find(R"("minimum":1.0)"), sent.text.npos);
}

TEST(OpenAiResponsesTools, SayWhatChatCompletionsTakesForGranted) {
  const nlohmann::json expected =
      parse(R"([{"type":"function","name":"f","strict":false,"parameters":{"type":"object","properties":{}}}])");
  EXPECT_EQ(send_with(R"("tools":[{"type":"function","function":{"name":"f"}}])")["tools"], expected);
  EXPECT_EQ(send_with(R"("functions":[{"name":"f"}])")["tools"], expected);
}

TEST(OpenAiResponsesTools, MayBeCustomWithAGrammar) {
  const Sent sent =
      send_with(R"("tools":[{"type":"custom","custom":{"name":"c","description":"d","format":{"type":"grammar",)"
                R"("grammar":{"definition":"start: \"a\"","syntax":"lark"}}}},)"
                R"({"type":"custom","custom":{"name":"t","format":{"type":"text"}}}])");
  EXPECT_EQ(
      sent["tools"],
      parse(R"([{"type":"custom","name":"c","description":"d","format":{"type":"grammar",)"
            R"("definition":"start: \"a\"","syntax":"lark"}},{"type":"custom","name":"t","format":{"type":"text"}}])"));
}

TEST(OpenAiResponsesTools, SearchTheWebWhereTheClientAsksForIt) {
  const Sent sent =
      send_with(R"("web_search_options":{"search_context_size":"low","user_location":{"type":"approximate",)"
                R"("approximate":{"country":"AT","city":"Wien","region":null}}})");
  EXPECT_EQ(sent["tools"], parse(R"([{"type":"web_search","search_context_size":"low","user_location":)"
                                 R"({"type":"approximate","country":"AT","city":"Wien"}}])"));
  EXPECT_TRUE(sent.dropped.empty());
}

TEST(OpenAiResponsesTools, AreChosenInTheSameWords) {
  const struct {
    const char* asked;
    const char* sent;
  } cases[] = {
      {R"("none")", R"("none")"},
      {R"("auto")", R"("auto")"},
      {R"("required")", R"("required")"},
      {R"({"type":"function","function":{"name":"f"}})", R"({"type":"function","name":"f"})"},
      {R"({"type":"custom","custom":{"name":"c"}})", R"({"type":"custom","name":"c"})"},
      {R"({"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":)"
       R"({"name":"f"}},{"type":"custom","custom":{"name":"c"}}]}})",
       R"({"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"f"},{"type":"custom","name":"c"}]})"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(send_with(kTools + R"(,"tool_choice":)" + c.asked)["tool_choice"], parse(c.sent)) << c.asked;
  }
  EXPECT_FALSE(send_with(kTools).body.contains("tool_choice"));
}

TEST(ResponsesTools, NameMarksOfCaches) {
  const Sent sent =
      send_with(R"("tools":[{"type":"function","function":{"name":"f","cache_control":{"type":"ephemeral"}}}])");
  EXPECT_EQ(sent.dropped, std::vector<std::string>{"tools[].cache_control"});
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
