#include "dialects/anthropic_messages/request/schema/description.h"

#include <gtest/gtest.h>

namespace onellm::dialects::anthropic_messages {
namespace {

std::string schema_with(const SchemaDescription& description) {
  std::string out;
  {
    json::ObjectWriter schema(out);
    description.write(schema);
  }
  return out;
}

TEST(SchemaDescription, IsLeftOutWhereThereIsNothingToSay) { EXPECT_EQ(schema_with(SchemaDescription()), "{}"); }

TEST(SchemaDescription, TellsBehindTheAuthorsWords) {
  SchemaDescription description({"before"});
  description.set({R"(A \"name\")"});
  description.tell({"minLength"}, {"1"});
  description.tell({"pattern"}, {R"("^\\d")"});
  EXPECT_EQ(schema_with(description), R"({"description":"A \"name\" {minLength: 1, pattern: \"^\\\\d\"}"})");
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
