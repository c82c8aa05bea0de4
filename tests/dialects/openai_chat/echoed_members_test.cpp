// What becomes of the members that our own answers have beside OpenAI's, when a client sends them back.
#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

constexpr HostRules kOpenAi{.mapping = HostMapping::kOpenAi};
constexpr HostRules kCompatible{.mapping = HostMapping::kCompatible};
constexpr HostRules kStrict{.mapping = HostMapping::kCompatible, .takes_no_echoes = true};
constexpr HostRules kAsWritten{};

const std::string kContent = R"("content":"Hi")";

// A message of the assistant with these members, as it is sent: its members.
std::string sent_answer(const std::string& members, const HostRules& host) {
  const std::string begin = R"({"role":"assistant",)";
  const std::string sent = send_messages("gpt-4o", begin + members + "}", host).members;
  EXPECT_TRUE(sent.starts_with(begin) && sent.ends_with('}')) << sent;
  return sent.substr(begin.size(), sent.size() - begin.size() - 1);
}

// Every member that a decoder of ours puts on an answer beside OpenAI's own, and who gets it back.
TEST(EchoedMembers, GoBackOnlyToHostsThatTakeIt) {
  const struct {
    std::string member;
    bool to_openai;
    bool to_compatible;
  } cases[] = {
      {R"("reasoning":"Hm")", false, true},
      {R"("reasoning_content":"Hm")", false, true},
      {R"("reasoning_details":[{"type":"reasoning.text"}])", false, true},
      {R"("thinking_blocks":[{"type":"thinking","thinking":"Hm","signature":"s"}])", false, false},
      {R"("extra_content":{"google":{"thought_signature":"s"}})", false, true},
      {R"("channel":"final")", false, true},
      {R"("annotations":[{"type":"url_citation"}])", true, true},
      {R"("images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,eA=="}}])", false, true},
      {R"("code_execution":[{"language":"PYTHON","code":"1"}])", false, false},
      {R"("content_parts":[{"type":"reference","reference_ids":[1]}])", false, false},
  };
  for (const auto& c : cases) {
    const std::string whole = kContent + "," + c.member;
    EXPECT_EQ(sent_answer(whole, kOpenAi), c.to_openai ? whole : kContent) << c.member;
    EXPECT_EQ(sent_answer(whole, kCompatible), c.to_compatible ? whole : kContent) << c.member;
    EXPECT_EQ(sent_answer(whole, kStrict), kContent) << c.member;
    EXPECT_EQ(sent_answer(whole, kAsWritten), whole) << c.member;
  }
  const std::string audio = R"("content":null,"audio":{"id":"a"})";
  for (const HostRules& host : {kOpenAi, kCompatible, kStrict, kAsWritten}) EXPECT_EQ(sent_answer(audio, host), audio);
}

TEST(EchoedMembers, LeaveATextWhereTheyWereAllThereWas) {
  EXPECT_EQ(sent_answer(R"("content":null,"images":[{}])", kOpenAi), R"("content":"")");
  EXPECT_EQ(sent_answer(R"("content":null,"content_parts":[{}])", kCompatible), R"("content":"")");
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
