#include "dialects/openai_responses/reply/logprobs.h"

#include <gtest/gtest.h>

namespace onellm::dialects::openai_responses {
namespace {

TEST(OpenAiResponsesLogprobs, AreThoseOfChatCompletions) {
  EXPECT_EQ(read_logprobs({R"([{"token":"a\"","bytes":[97,34],"logprob":-0.10,"top_logprobs":[)"
                           R"({"token":"b","bytes":null,"logprob":-2}]},{"token":"c","logprob":-1e-7}])"}),
            R"({"content":[{"token":"a\"","logprob":-0.10,"bytes":[97,34],"top_logprobs":[)"
            R"({"token":"b","logprob":-2,"bytes":null}]},)"
            R"({"token":"c","logprob":-1e-7,"bytes":null,"top_logprobs":[]}],"refusal":null})");
}

TEST(OpenAiResponsesLogprobs, AreLeftOutWhereThereAreNone) {
  for (const char* none : {"", "[]", "[ ]", "null", "{}", "1"}) EXPECT_EQ(read_logprobs({none}), "") << none;
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
