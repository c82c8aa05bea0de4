#include "keys/models.h"

#include <gtest/gtest.h>

#include <vector>

namespace onellm::keys {
namespace {

using List = std::vector<std::string>;

TEST(Models, AreAllAllowedWithoutPatterns) {
  EXPECT_TRUE(may_use({}, "openai", "gpt-4o"));
  EXPECT_TRUE(may_use_alias({}, "fast"));
}

TEST(Models, OfAPatternWithoutSlashAreThoseOfAnyProvider) {
  const List patterns = {"gpt-4o", "claude-*"};
  EXPECT_TRUE(may_use(patterns, "openai", "gpt-4o"));
  EXPECT_TRUE(may_use(patterns, "azure", "gpt-4o"));
  EXPECT_TRUE(may_use(patterns, "anthropic", "claude-"));
  EXPECT_FALSE(may_use(patterns, "openai", "gpt-4o-mini"));
  EXPECT_FALSE(may_use(patterns, "openai", "gpt-4"));
  EXPECT_FALSE(may_use(patterns, "groq", "openai/gpt-4o")) << "the model's own name has a slash";
}

TEST(Models, OfAPatternWithSlashAreThoseOfTheProvider) {
  const List patterns = {"openai/gpt-4o", "groq/*", "host/meta/*"};
  EXPECT_TRUE(may_use(patterns, "openai", "gpt-4o"));
  EXPECT_FALSE(may_use(patterns, "azure", "gpt-4o"));
  EXPECT_TRUE(may_use(patterns, "groq", "anything/at-all"));
  EXPECT_FALSE(may_use(patterns, "groqx", "anything"));
  EXPECT_FALSE(may_use(patterns, "gro", "q/anything"));
  EXPECT_TRUE(may_use(patterns, "host", "meta/llama"));
  EXPECT_FALSE(may_use(patterns, "host", "meta"));
}

TEST(Models, AreComparedLetterForLetter) {
  const List patterns = {"flat", "hosta/flat"};
  for (const char* model :
       {"FLAT", "Flat", "fl\xD0\xB0t", "flat\xE2\x80\x8B", "flat*", "flat/../cheap", " flat", "flat ", "", "*"}) {
    EXPECT_FALSE(may_use(patterns, "hosta", model)) << model;
  }
  EXPECT_FALSE(may_use(List{"hosta/flat"}, "HostA", "flat"));
}

TEST(Models, OfAStarAreAll) {
  EXPECT_TRUE(may_use(List{"*"}, "groq", "meta/llama"));
  EXPECT_TRUE(may_use_alias(List{"*"}, "fast"));
}

TEST(Aliases, NeedAPatternOfTheirOwnName) {
  EXPECT_TRUE(may_use_alias(List{"fast"}, "fast"));
  EXPECT_TRUE(may_use_alias(List{"fa*"}, "fast"));
  EXPECT_TRUE(may_use_alias(List{"team/fa*"}, "team/fast"));
  EXPECT_FALSE(may_use_alias(List{"flat", "hosta/flat"}, "fast"));
  EXPECT_FALSE(may_use_alias(List{"fast"}, "Fast"));
}

}  // namespace
}  // namespace onellm::keys
