#include "dialects/anthropic_messages/request/tools/ids.h"

#include <gtest/gtest.h>

#include "dialects/request_support.h"

namespace onellm::dialects::anthropic_messages {
namespace {

std::vector<std::string> ids_for(const std::vector<std::string>& ids) {
  std::string calls;
  for (const std::string& id : ids) {
    if (!calls.empty()) calls += ',';
    calls += R"({"id":")" + id + R"(","type":"function","function":{"name":"f"}})";
  }
  const DecodedBody decoded =
      decode_good(R"({"model":"m","messages":[{"role":"assistant","tool_calls":[)" + calls + "]}]}");
  return legal_call_ids(*decoded.request);
}

using Ids = std::vector<std::string>;

TEST(AnthropicToolIds, KeepsWhatIsLegal) {
  EXPECT_EQ(ids_for({"toolu_01-A", "call_b"}), (Ids{"toolu_01-A", "call_b"}));
}

TEST(AnthropicToolIds, MakesOthersLegal) {
  EXPECT_EQ(ids_for({"call:1/a b", "", "é", "a\\u002fb"}), (Ids{"call_1_a_b_1", "call_2", "___3", "a_b_4"}));
  const Ids cut = ids_for({std::string(500, ':')});
  EXPECT_LE(cut[0].size(), 64u);
}

TEST(AnthropicToolIds, GivesEveryCallAnother) {
  EXPECT_EQ(ids_for({"a", "a", "a"}), (Ids{"a", "a_2", "a_3"}));
  EXPECT_EQ(ids_for({"a:", "a_", "a__1"}), (Ids{"a__1_", "a_", "a__1"}));
  EXPECT_EQ(ids_for({"a:b", "a/b"}), (Ids{"a_b_1", "a_b_2"}));
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
