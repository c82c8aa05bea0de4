#include "dialects/anthropic_messages/reply/annotations.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace onellm::dialects::anthropic_messages {
namespace {

TEST(Annotations, AreNoneWithoutALink) {
  Annotations annotations;
  annotations.open(0);
  annotations.add({""}, {"A document"});
  annotations.close(5);
  EXPECT_EQ(annotations.array(), "");
}

TEST(Annotations, SpanTheBlockThatCites) {
  Annotations annotations;
  annotations.open(3);
  annotations.add({"https://a.example/"}, {R"(\"A\")"});
  annotations.add({"https://a.example/"}, {R"(\"A\")"});
  annotations.close(8);
  annotations.open(8);
  annotations.close(9);
  EXPECT_EQ(annotations.array(), R"([{"type":"url_citation","url_citation":{"start_index":3,"end_index":8,)"
                                 R"("url":"https://a.example/","title":"\"A\""}}])");
}

TEST(Annotations, AreNoneWhereTheyAreTooMany) {
  Annotations annotations;
  for (int64_t block = 0; block < 3; ++block) {
    annotations.open(block);
    annotations.add({std::string(kAnnotationBytesMax / 2, 'x')}, {"title"});
    annotations.close(block + 1);
  }
  EXPECT_EQ(annotations.array(), "");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
