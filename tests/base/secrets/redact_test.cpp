#include "base/secrets/redact.h"

#include <gtest/gtest.h>

namespace onellm {
namespace {

constexpr std::string_view kSecret = "natkeyabc123secretvalue";

TEST(Redact, TakesOutTheWholeSecret) {
  EXPECT_EQ(without_secret("bad key natkeyabc123secretvalue!", kSecret), "bad key ***!");
}

TEST(Redact, TakesOutEveryPartThatTellsSomething) {
  EXPECT_EQ(without_secret("part natkeyab, part retvalue, both", kSecret), "part ***, part ***, both");
  EXPECT_EQ(without_secret("natkeyabXYZcretvalue", kSecret), "***XYZ***");
}

TEST(Redact, LeavesShortPartsAndOtherText) {
  EXPECT_EQ(without_secret("natkeya is no secret value", kSecret), "natkeya is no secret value");
  EXPECT_EQ(without_secret("nothing here", kSecret), "nothing here");
  EXPECT_EQ(without_secret("", kSecret), "");
}

TEST(Redact, TakesOutAShortSecretOnlyAsAWhole) {
  EXPECT_EQ(without_secret("key abc1 and abc", "abc1"), "key *** and abc");
}

TEST(Redact, TakesOutAVeryShortSecretOnlyAsAWord) {
  EXPECT_EQ(without_secret("key: none (\"none\"), nonetheless nonone", "none"),
            "key: *** (\"***\"), nonetheless nonone");
  EXPECT_EQ(without_secret("monkeys", "key"), "monkeys");
  EXPECT_EQ(without_secret("ollamas", "ollama"), "***s");
}

TEST(Redact, TakesAByteOrTwoForNoSecret) {
  EXPECT_EQ(without_secret("a key that is no key", "a"), "a key that is no key");
  EXPECT_EQ(without_secret("no key, - no, no", "no"), "no key, - no, no");
}

TEST(Redact, TakesOutASecretThatIsWrittenInEscapes) {
  EXPECT_EQ(without_secret(R"({"raw":"\u006eatkeyabc123secretvalue"})", kSecret), R"({"raw":"***"})");
  EXPECT_EQ(without_secret(R"(part n\u0061tkeyabc1, the rest)", kSecret), "part ***, the rest");
  EXPECT_EQ(without_secret(R"("a\/b+c\/d=e")", "a/b+c/d=e"), R"("***")");
  EXPECT_EQ(without_secret(R"("key:\nnone")", "none"), R"("key:\n***")");
  EXPECT_EQ(without_secret(R"(back\slash-key)", R"(back\slash-key)"), "***") << "a key with a backslash";
  EXPECT_EQ(without_secret(R"("back\\slash-key")", R"(back\slash-key)"), R"("***")");
}

TEST(Redact, LeavesTextAloneWhereThereIsNoSecret) { EXPECT_EQ(without_secret("as it is", ""), "as it is"); }

}  // namespace
}  // namespace onellm
