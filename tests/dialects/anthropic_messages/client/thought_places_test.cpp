// Reasoning of earlier turns goes back to its place among the texts and calls of the message.
#include "dialects/anthropic_messages/client/messages_support.h"
#include "dialects/common/reasoning/envelope.h"

namespace onellm::dialects::anthropic_messages {
namespace {

std::string text(std::string_view words) { return R"({"type":"text","text":")" + std::string(words) + R"("})"; }
std::string call(std::string_view id) {
  return R"({"type":"tool_use","id":")" + std::string(id) + R"(","name":"f","input":{}})";
}
std::string envelope(EnvelopeKind kind, const Target& target, const std::string& payload) {
  return seal_envelope(kind, target.name, target.model, {payload});
}
std::string redacted(const std::string& data) { return R"({"type":"redacted_thinking","data":")" + data + R"("})"; }
std::string thinking(const std::string& signature) {
  return R"({"type":"thinking","thinking":"hm","signature":")" + signature + R"("})";
}

// A reasoning item of OpenAI, with a summary if it stands in a thinking block.
std::string item(const std::string& id) {
  return envelope(EnvelopeKind::kReasoning, responses(),
                  R"({"id":")" + id + R"(","summary":[],"encrypted_content":"e"})");
}
std::string of_text(const std::string& signature) {
  return envelope(EnvelopeKind::kText, gemini_pro(), R"({"thoughtSignature":")" + signature + R"("})");
}
std::string of_call(const std::string& signature) {
  return envelope(EnvelopeKind::kCall, gemini_pro(), R"({"thoughtSignature":")" + signature + R"("})");
}

// The answer of a conversation, and what the provider of the target gets.
Sent send_answer(const std::vector<std::string>& blocks, const Target& target, bool strict = false) {
  std::string content;
  std::string results;
  for (const std::string& block : blocks) {
    content += (content.empty() ? "" : ",") + block;
    const Json read = Json::parse(block);
    if (read["type"] != "tool_use") continue;
    results += R"({"type":"tool_result","tool_use_id":")" + read["id"].get<std::string>() + R"(","content":"5"},)";
  }
  return send_with(R"("messages":[{"role":"user","content":"q"},{"role":"assistant","content":[)" + content +
                       R"(]},{"role":"user","content":[)" + results +
                       R"({"type":"text","text":"next"}]}],"tools":[{"name":"f","input_schema":{"type":"object"}}])",
                   target, strict);
}

// The items of the answer as OpenAI gets them: ids of reasoning and of calls, and texts.
std::string items(const std::vector<std::string>& blocks) {
  std::string out;
  const Sent sent = send_answer(blocks, responses());
  for (const Json& got : sent.body["input"]) {
    const std::string type = got["type"];
    if (type == "function_call_output" || got.value("role", "") == "user") continue;
    out += out.empty() ? "" : " ";
    if (type == "reasoning") out += got["id"].get<std::string>();
    if (type == "function_call") out += got["call_id"].get<std::string>();
    if (type != "message") continue;
    for (const Json& part : got["content"])
      out += (&part == &got["content"][0] ? "" : "+") + part["text"].get<std::string>();
  }
  for (const std::string& name : sent.dropped) out += " -" + name;
  return out;
}

TEST(PlacesOfThoughts, AreKeptForEachItemOfOpenai) {
  EXPECT_EQ(items({thinking(item("r1")), text("t1"), redacted(item("r2")), text("t2")}), "r1 t1 r2 t2");
  EXPECT_EQ(items({thinking(item("r1")), text("t1"), call("a"), redacted(item("r2")), text("t2")}), "r1 t1 a r2 t2");
  EXPECT_EQ(items({redacted(item("r1")), call("a"), text("t"), redacted(item("r2")), call("b")}), "r1 a t r2 b");
  EXPECT_EQ(items({redacted(item("r1")), redacted(item("r2")), text("t1"), text("t2"), call("a")}), "r1 r2 t1+t2 a");
}

TEST(PlacesOfThoughts, OfOpenaiAreNamedIfNothingFollows) {
  EXPECT_EQ(items({text("t1"), redacted(item("r1"))}), "t1 -thinking");
  EXPECT_EQ(items({redacted(item("r1")), call("a"), redacted(item("r2"))}), "r1 a -thinking");
  EXPECT_EQ(
      items({redacted(item("r1")), text("t"), R"({"type":"thinking","thinking":"x","signature":"EqQB"})", text("u")}),
      "r1 t+u -thinking");
}

// What followed them cannot go back, and OpenAI refuses an item without that.
TEST(PlacesOfThoughts, OfOpenaiAreLeftOutBeforeReasoningThatCannotGoBack) {
  const std::string plain = thinking(envelope(EnvelopeKind::kPlain, responses(), "{}"));
  EXPECT_EQ(items({thinking(item("r1")), plain, text("t")}), "t");
  EXPECT_EQ(items({thinking(item("r1")), redacted(item("r2")), plain, text("t")}), "t");
  EXPECT_EQ(items({thinking(item("r1")), text("t"), plain, text("u")}), "r1 t+u");
  EXPECT_EQ(items({plain, thinking(item("r1")), text("t")}), "r1 t");
}

Json parts(const std::vector<std::string>& blocks) {
  return send_answer(blocks, gemini_pro()).body["contents"][1]["parts"];
}
Json signed_text(std::string_view words, std::string_view signature) {
  return {{"text", words}, {"thoughtSignature", signature}};
}

TEST(PlacesOfThoughts, AreKeptForEachTextOfGemini) {
  EXPECT_EQ(parts({redacted(of_text("s1")), text("a"), redacted(of_text("s2")), text("b")}),
            Json::array({signed_text("a", "s1"), signed_text("b", "s2")}));
  EXPECT_EQ(parts({text("a"), text("b"), redacted(of_text("late"))}),
            Json::array({{{"text", "a"}}, signed_text("b", "late")}));
  EXPECT_EQ(parts({thinking(of_text("s")), text("a"), text("b")}),
            Json::array({signed_text("a", "s"), {{"text", "b"}}}));
  const Json with_call = parts({text("a"), redacted(of_text("s")), redacted(of_call("c")), call("x")});
  EXPECT_EQ(with_call[0], signed_text("a", "s"));
  EXPECT_EQ(with_call[1]["thoughtSignature"], "c");
}

TEST(PlacesOfThoughts, OfGeminiMakeNoEmptyText) {
  const Json got =
      parts({redacted(of_call("s1")), call("x"), thinking(of_text("s2")), redacted(of_call("s3")), call("y")});
  ASSERT_EQ(got.size(), 2U) << got;
  EXPECT_EQ(got[0]["thoughtSignature"], "s1");
  EXPECT_EQ(got[1]["thoughtSignature"], "s3");
  const Json unsigned_call = parts({redacted(of_call("s1")), call("x"), thinking(of_text("s2")), call("y")});
  EXPECT_EQ(unsigned_call[1]["thoughtSignature"], "s2");
  EXPECT_EQ(send_answer({redacted(of_call("s1")), call("x"), thinking(of_text("s2"))}, gemini_pro()).dropped,
            Names{"thinking"});
}

TEST(PlacesOfThoughts, OfGeminiMayBeBehindTheirCalls) {
  const auto late = [](const std::string& signature) {
    return redacted(envelope(EnvelopeKind::kCall, gemini_pro(),
                             R"({"thoughtSignature":")" + signature + R"(","of":"call before"})"));
  };
  const Json got = parts({call("x"), late("s1"), redacted(of_call("s2")), call("y")});
  EXPECT_EQ(got[0].value("thoughtSignature", ""), "s1");
  EXPECT_EQ(got[1].value("thoughtSignature", ""), "s2");
  // Google gets texts before calls.
  const Json apart = parts({call("x"), text("a"), late("s1")});
  EXPECT_EQ(apart[1].value("thoughtSignature", ""), "s1") << apart;
  EXPECT_EQ(parts({call("x"), call("y"), late("s2")})[1].value("thoughtSignature", ""), "s2");
  EXPECT_EQ(send_answer({late("s1"), call("x")}, gemini_pro()).dropped, Names{"thinking"});
}

// Hosts refuse an answer without a content and without calls.
TEST(PlacesOfThoughts, OfAHostMayBeAWholeMessage) {
  const std::string alone = thinking(envelope(EnvelopeKind::kPlain, host(), "{}"));
  const Json message = send_answer({alone}, host()).body["messages"][1];
  EXPECT_EQ(message, Json({{"role", "assistant"}, {"content", ""}, {"reasoning_content", "hm"}}));
  EXPECT_EQ(send_answer({alone, call("x")}, host()).body["messages"][1]["content"], Json());
}

}  // namespace
}  // namespace onellm::dialects::anthropic_messages
