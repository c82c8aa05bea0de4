#include "chat/usage.h"

#include <gtest/gtest.h>

namespace onellm::chat {
namespace {

TEST(Usage, AddsWhatIsKnownOfEither) {
  Usage sum;
  sum.prompt_tokens = 1;
  sum.completion_tokens = 2;
  sum.total_tokens = 3;
  sum.cached_tokens = 1;
  sum.raw = "{}";
  Usage more;
  more.prompt_tokens = 10;
  more.completion_tokens = 20;
  more.total_tokens = 30;
  more.web_search_requests = 2;
  sum.add(more);
  sum.add(more);
  EXPECT_EQ(sum.prompt_tokens, 21);
  EXPECT_EQ(sum.completion_tokens, 42);
  EXPECT_EQ(sum.total_tokens, 63);
  EXPECT_EQ(sum.cached_tokens, 1);
  EXPECT_EQ(sum.web_search_requests, 4);
  EXPECT_FALSE(sum.reasoning_tokens.has_value());
  EXPECT_EQ(sum.raw, "");
}

}  // namespace
}  // namespace onellm::chat
