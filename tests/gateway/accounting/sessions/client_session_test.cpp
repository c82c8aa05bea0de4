#include "gateway/accounting/sessions/client_session.h"

#include <gtest/gtest.h>

namespace onellm::gateway {
namespace {

std::string id_of(const std::string& headers) {
  const std::string text = "POST /v1/messages\n" + headers;
  return std::string(session_id_of(Head(text)));
}

TEST(ClientSession, HasTheIdOfTheFirstHeaderThatIsThere) {
  EXPECT_EQ(id_of("session_id: d\nsession-id: c\nx-claude-code-session-id: b\nx-onellm-session: a"), "a");
  EXPECT_EQ(id_of("session_id: d\nsession-id: c\nx-claude-code-session-id: b"), "b");
  EXPECT_EQ(id_of("session_id: d\nsession-id: c"), "c");
  EXPECT_EQ(id_of("session_id: d"), "d");
  EXPECT_EQ(id_of("accept: *"), "");
}

TEST(ClientSession, IgnoresWhatIsNoId) {
  const std::string longest(128, 'a');
  EXPECT_EQ(id_of("x-onellm-session: " + longest), longest);
  for (const std::string& wrong : {longest + "a", std::string("a b"), std::string("<script>"), std::string("a/b"),
                                   std::string("\xc3\xa9"), std::string("a\tb"), std::string()}) {
    EXPECT_EQ(id_of("x-onellm-session: " + wrong), "") << wrong;
    EXPECT_EQ(id_of("x-onellm-session: " + wrong + "\nsession-id: next"), "next") << wrong;
  }
  EXPECT_EQ(id_of("x-onellm-session: A.Z_a:z-0"), "A.Z_a:z-0");
}

TEST(ClientSession, NamesItsAgent) {
  EXPECT_EQ(agent_of("claude-cli/2.0.14 (external, cli)"), "claude-code");
  EXPECT_EQ(agent_of("codex_cli_rs/0.50.0 (Debian)"), "codex");
  EXPECT_EQ(agent_of("OpenAI/Python 1.99.1"), "openai-python");
  EXPECT_EQ(agent_of("AsyncOpenAI/Python 1.99.1"), "openai-python");
  EXPECT_EQ(agent_of("opencode/1.0"), "opencode");
  EXPECT_EQ(agent_of("Mozilla/5.0 (X11)"), "mozilla");
}

TEST(ClientSession, HasNoAgentWithoutAPlainName) {
  for (const std::string& wrong : {std::string(), std::string(" "), std::string("/1"), std::string("<b>x</b>"),
                                   std::string("\"quoted\""), std::string(33, 'a'), std::string(10'000, 'a')}) {
    EXPECT_EQ(agent_of(wrong), "") << wrong;
  }
  EXPECT_EQ(agent_of(std::string(32, 'a')), std::string(32, 'a'));
}

}  // namespace
}  // namespace onellm::gateway
