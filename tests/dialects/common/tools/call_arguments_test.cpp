#include "dialects/common/tools/call_arguments.h"

#include <gtest/gtest.h>

namespace onellm::dialects {
namespace {

std::string arguments_of(const chat::ToolCall& call) {
  std::string out = "…";
  append_arguments(call, out);
  return out.substr(std::string("…").size());
}

std::string arguments_of(std::string_view text) {
  chat::ToolCall call;
  call.arguments = {text};
  return arguments_of(call);
}

TEST(CallArguments, AreTheObjectThatTheStringHolds) {
  EXPECT_EQ(arguments_of(R"({\"a\": \"\\u00e9\", \"b\": 1.50})"), R"({"a": "\u00e9", "b": 1.50})");
  chat::ToolCall sent_as_object;
  sent_as_object.arguments_object = {R"({"a":1})"};
  EXPECT_EQ(arguments_of(sent_as_object), R"({"a":1})");
}

TEST(CallArguments, OfNothingAreAnEmptyObject) {
  EXPECT_EQ(arguments_of(""), "{}");
  EXPECT_EQ(arguments_of(R"( \n)"), "{}");
}

TEST(CallArguments, ThatAreNoObjectAreKept) {
  EXPECT_EQ(arguments_of("[1]"), R"({"rawInvalidInput":"[1]"})");
  EXPECT_EQ(arguments_of(R"({\"a\":)"), R"({"rawInvalidInput":"{\"a\":"})");
}

TEST(CallArguments, OfACustomToolAreItsInput) {
  chat::ToolCall call;
  call.custom = true;
  call.arguments = {R"({\"a\":1})"};
  EXPECT_EQ(arguments_of(call), R"({"input":"{\"a\":1}"})");
}

}  // namespace
}  // namespace onellm::dialects
