// Which parameters of a request may be left out, and under which names providers refuse them.
#include "dialects/common/refusals/optional_parameters.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

TEST(OptionalParameters, AreNoneThatChangeTheAnswer) {
  for (const char* name : {"model",
                           "messages",
                           "stream",
                           "n",
                           "tools",
                           "tool_choice",
                           "functions",
                           "function_call",
                           "response_format",
                           "max_tokens",
                           "max_completion_tokens",
                           "modalities",
                           "audio",
                           "web_search_options",
                           "safety_settings",
                           "onellm",
                           "unheard_of",
                           "stop",
                           "stop_sequences",
                           "stopSequences",
                           ""}) {
    EXPECT_EQ(find_optional_parameter(name), nullptr) << name;
  }
}

TEST(OptionalParameters, MayLoseAPermissionOfSeveralCallsButNotItsRefusal) {
  const OptionalParameter* row = find_optional_parameter("parallel_tool_calls");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->may_lose("true"));
  EXPECT_FALSE(row->may_lose("false"));
  EXPECT_TRUE(find_optional_parameter("seed")->may_lose("7"));
}

TEST(OptionalParameters, AreKnownByTheNamesOfProviders) {
  const OptionalParameter* row = find_optional_parameter("topP");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->members().front(), "top_p");
  row = find_optional_parameter("seed");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->members().front(), "seed");
}

}  // namespace
}  // namespace onellm::dialects
