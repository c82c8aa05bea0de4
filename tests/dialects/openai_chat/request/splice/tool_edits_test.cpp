// Tools that come twice, at a host that takes no two tools of one name.
#include "dialects/openai_chat/request/splice/tool_edits.h"

#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

constexpr const char* kF = R"({"type":"function","function":{"name":"f"}})";
constexpr const char* kG = R"({ "type":"function","function":{"name":"g"}})";

std::string tools(std::initializer_list<std::string_view> list) {
  std::string out;
  for (const std::string_view tool : list) out.append(out.empty() ? R"("tools":[)" : ",").append(tool);
  return out + "]";
}

TEST(ToolEdits, SendAToolThatComesTwiceOnce) {
  HostRules rules{.mapping = HostMapping::kCompatible, .takes_repeated_tools = false};
  EXPECT_EQ(send_members("m", tools({kF, kG, kF, kF}), rules), (Sent{tools({kF, kG}), {}}));
  EXPECT_EQ(send_members("m", tools({kF, kG}), rules), (Sent{tools({kF, kG}), {}}));
  rules.takes_repeated_tools = true;
  EXPECT_EQ(send_members("m", tools({kF, kF}), rules), (Sent{tools({kF, kF}), {}}));
}

TEST(ToolEdits, LeaveTwoDifferentToolsOfOneNameToTheHost) {
  const HostRules rules{.mapping = HostMapping::kCompatible, .takes_repeated_tools = false};
  const char* other = R"({"type":"function","function":{"name":"f","description":"Another."}})";
  EXPECT_EQ(send_members("m", tools({kF, other}), rules), (Sent{tools({kF, other}), {}}));
}

TEST(ToolEdits, CutMarksOfWhatIsSent) {
  const HostRules rules{.mapping = HostMapping::kCompatible, .takes_cache_marks = false, .takes_repeated_tools = false};
  const char* marked = R"({"type":"function","function":{"name":"f"},"cache_control":{"type":"ephemeral"}})";
  EXPECT_EQ(send_members("m", tools({marked, kG, marked}), rules), (Sent{tools({kF, kG}), {"tools[].cache_control"}}));
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
