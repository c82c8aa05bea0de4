// Reasoning of earlier turns goes back to the model that it came from, and to no other.
#include "base/heap.h"
#include "dialects/anthropic_messages/client/messages_support.h"
#include "dialects/common/reasoning/envelope.h"

namespace onellm::dialects::anthropic_messages {
namespace {

std::string sealed(EnvelopeKind kind, const Target& target, std::string_view payload) {
  return seal_envelope(kind, target.name, target.model, {payload});
}

std::string redacted(const std::string& data) { return R"({"type":"redacted_thinking","data":")" + data + R"("})"; }
std::string thinking(std::string_view text, const std::string& signature) {
  return R"({"type":"thinking","thinking":")" + std::string(text) + R"(","signature":")" + signature + R"("})";
}

// A turn in which the assistant thought before a call.
Sent send_loop(const std::string& thought, const Target& target, bool strict = false) {
  const std::string members = R"("messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":[)" +
                              thought +
                              R"(,{"type":"tool_use","id":"g1","name":"f","input":{}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"g1","content":"5"}]}],
    "tools":[{"name":"f","input_schema":{"type":"object"}}])";
  return send_with(members, target, strict);
}

TEST(MessagesThoughts, GoBackToGeminiAsTheSignatureOfTheCall) {
  const Sent sent =
      send_loop(redacted(sealed(EnvelopeKind::kCall, gemini_pro(), R"({"thoughtSignature":"CiQB"})")), gemini_pro());
  EXPECT_EQ(sent.body["contents"][1]["parts"].back()["thoughtSignature"], "CiQB");
  EXPECT_EQ(sent.dropped, Names());
}

TEST(MessagesThoughts, GoBackToGeminiAsTheSignatureOfTheText) {
  const std::string envelope = sealed(EnvelopeKind::kText, gemini_pro(), R"("CiQB")");
  const Sent sent =
      send_with(R"("messages":[{"role":"user","content":"a"},{"role":"assistant","content":[)" +
                    thinking("hm", envelope) + R"(,{"type":"text","text":"b"}]},{"role":"user","content":"c"}])",
                gemini_pro());
  EXPECT_EQ(sent.body["contents"][1]["parts"], Json::parse(R"([{"text":"b","thoughtSignature":"CiQB"}])"));
  EXPECT_EQ(sent.dropped, Names());
}

TEST(MessagesThoughts, GoBackToOpenaiAsAnItemBeforeTheCall) {
  const std::string payload =
      R"({"id":"rs_1","summary":[{"type":"summary_text","text":"s"}],"encrypted_content":"gAAA"})";
  const Sent sent = send_loop(redacted(sealed(EnvelopeKind::kReasoning, responses(), payload)), responses());
  EXPECT_EQ(
      sent.body["input"][1],
      Json::parse(
          R"({"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"s"}],"encrypted_content":"gAAA"})"));
  EXPECT_EQ(sent.body["input"][2]["type"], "function_call");
  EXPECT_EQ(sent.dropped, Names());
  Target chat = openai();
  chat.model = responses().model;
  EXPECT_EQ(send_loop(redacted(sealed(EnvelopeKind::kReasoning, responses(), payload)), chat).dropped,
            Names{"thinking"});
}

TEST(MessagesThoughts, GoBackToAHostAsText) {
  const Sent sent = send_loop(thinking("need the tool", sealed(EnvelopeKind::kPlain, host(), "{}")), host());
  EXPECT_EQ(sent.body["messages"][1]["reasoning_content"], "need the tool");
  EXPECT_EQ(sent.dropped, Names());
}

// Each of them may be as long as a request; all together they take no more than their own bytes.
TEST(MessagesThoughts, GoBackToAHostAsOneTextHoweverManyTheyAre) {
  std::string blocks;
  std::string expected;
  for (int i = 0; i < 2000; ++i) {
    const std::string text(1000, static_cast<char>('a' + i % 26));
    blocks += (i == 0 ? "" : ",") + thinking(text, sealed(EnvelopeKind::kPlain, host(), "{}"));
    expected += (i == 0 ? "" : "\n\n") + text;
  }
  const DecodedMessages decoded = decode_messages_body(
      messages_body(R"("messages":[{"role":"user","content":"q"},{"role":"assistant","content":[)" + blocks +
                    R"(,{"type":"text","text":"a"}]},{"role":"user","content":"r"}])"));
  ASSERT_TRUE(decoded.request) << decoded.error.message;
  const size_t before = heap_bytes();
  EncodeOptions options{.model = host().model, .provider = host().name};
  options.host.mapping = host().mapping;
  Result<EncodedRequest> encoded = host().dialect->encode_request(*decoded.request, options);
  ASSERT_TRUE(encoded);

  EXPECT_LT(heap_bytes() - before, 4 * expected.size());
  EXPECT_EQ(send_request(*decoded.request, host()).body["messages"][1]["reasoning_content"], expected);
}

TEST(MessagesThoughts, GoBackToClaudeWithTheirPlaces) {
  const std::string payload = R"({"type":"thinking","thinking":"hm \u00e9","signature":"s=="})";
  const Sent sent = send_loop(thinking("shown", sealed(EnvelopeKind::kThinking, claude(), payload)), claude());
  EXPECT_EQ(sent.body["messages"][1]["content"][0], Json::parse(payload));
  EXPECT_EQ(send_loop(thinking("own", "EqQB"), claude()).body["messages"][1]["content"][0]["thinking"], "own");
  Target other = claude();
  other.model = "claude-sonnet-4-5";
  EXPECT_EQ(send_loop(thinking("own", "EqQB"), other).body["messages"][1]["content"][0]["thinking"], "own");
}

TEST(MessagesThoughts, AreDroppedAndNamedAtAnyOtherTarget) {
  for (const Target* target : all_targets()) {
    if (target == &bison()) continue;
    const Sent claudes = send_loop(thinking("secret", "EqQB"), *target);
    EXPECT_EQ(claudes.error.message, "") << target->model;
    EXPECT_EQ(claudes.drops("thinking"), target != &claude()) << target->model;
    EXPECT_EQ(claudes.text.find("secret") != std::string::npos, target == &claude()) << target->model;
    Target elsewhere = gemini_pro();
    elsewhere.name = "google2";
    const Sent others = send_loop(redacted(sealed(EnvelopeKind::kCall, elsewhere, R"("CiQB")")), *target);
    EXPECT_EQ(others.error.message, "") << target->model;
    EXPECT_EQ(others.dropped, Names{"thinking"}) << target->model;
    EXPECT_EQ(others.text.find("onellm1"), std::string::npos);
    EXPECT_EQ(others.text.find("CiQB"), std::string::npos);
    EXPECT_NE(send_loop(redacted(sealed(EnvelopeKind::kCall, elsewhere, R"("CiQB")")), *target, true).error.message,
              "");
  }
  EXPECT_EQ(send_loop(thinking("x", "EqQB"), gemini_pro()).body["contents"][1]["parts"].back()["thoughtSignature"],
            "skip_thought_signature_validator");
}

TEST(MessagesThoughts, AreDroppedWhereTheirWrappingIsDamaged) {
  std::string envelope = sealed(EnvelopeKind::kCall, gemini_pro(), R"({"thoughtSignature":"CiQB"})");
  envelope.resize(envelope.size() - 5);
  EXPECT_EQ(send_loop(redacted(envelope), gemini_pro()).dropped, Names{"thinking"});
  EXPECT_EQ(send_loop(redacted("onellm1." + std::string(60'000, '[')), claude()).dropped, Names{"thinking"});
}

TEST(MessagesThoughts, LeaveNoEmptyMessageBehind) {
  const Sent sent = send_with(R"("messages":[{"role":"user","content":"a"},{"role":"assistant","content":[)" +
                                  thinking("hm", "EqQB") + R"(]},{"role":"user","content":"b"}])",
                              openai());
  EXPECT_EQ(sent.body["messages"].size(), 2u);
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
