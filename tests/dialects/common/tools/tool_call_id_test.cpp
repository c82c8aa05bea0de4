#include "dialects/common/tools/tool_call_id.h"

#include <gtest/gtest.h>

#include <set>

namespace onellm::dialects {
namespace {

TEST(ToolCallId, IsTheSameForTheSameCall) {
  EXPECT_EQ(make_tool_call_id("reply", "f", 0, 1), make_tool_call_id("reply", "f", 0, 1));
  EXPECT_EQ(make_tool_call_id("reply", "f", 0, 1).size(), std::string("call_0123456789abcdef").size());
}

TEST(ToolCallId, IsAnotherForEveryOther) {
  std::set<std::string> ids;
  for (const char* reply : {"a", "ab"}) {
    for (const char* name : {"bc", "c"}) {
      for (uint32_t choice = 0; choice < 3; ++choice) {
        for (size_t call = 0; call < 12; ++call) ids.insert(make_tool_call_id(reply, name, choice, call));
      }
    }
  }
  EXPECT_EQ(ids.size(), 2U * 2 * 3 * 12);
}

}  // namespace
}  // namespace onellm::dialects
