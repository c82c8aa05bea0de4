#include "dialects/common/reasoning/envelope.h"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"
#include "dialects/common/media/base64.h"

namespace onellm::dialects {
namespace {

std::string wrapped(std::string_view inside) {
  std::string text = "onellm1.";
  encode_base64url_to(text, inside);
  return text;
}

std::string with_payload(std::string_view kind, std::string_view payload) {
  return wrapped(R"({"p":"google","m":"g","k":")" + std::string(kind) + R"(","v":)" + std::string(payload) + "}");
}

TEST(Envelope, BringsBackWhatWasSealed) {
  const std::string_view payload = R"({"thoughtSignature":"a\"\u00e9=="})";
  const std::string text = seal_envelope(EnvelopeKind::kCall, "compat \"1\"", "models/gemini-3", {payload});
  ASSERT_TRUE(is_envelope(text));
  const std::optional<Envelope> opened = open_envelope(text);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->provider, "compat \"1\"");
  EXPECT_EQ(opened->model, "models/gemini-3");
  EXPECT_EQ(opened->kind, EnvelopeKind::kCall);
  EXPECT_EQ(opened->payload, payload);
}

TEST(Envelope, HasTheDocumentedText) {
  EXPECT_EQ(seal_envelope(EnvelopeKind::kPlain, "p", "m", {"{}"}),
            "onellm1.eyJwIjoicCIsIm0iOiJtIiwiayI6InBsYWluIiwidiI6e319");
}

TEST(Envelope, OpensEveryKindWithTheMembersOfThatKind) {
  EXPECT_TRUE(open_envelope(with_payload("thinking", R"({"type":"thinking","thinking":"a","signature":"s"})")));
  EXPECT_TRUE(open_envelope(with_payload("thinking", R"({"thinking":"","signature":"s"})")));
  EXPECT_TRUE(open_envelope(with_payload("redacted", R"({"type":"redacted_thinking","data":"d"})")));
  EXPECT_TRUE(open_envelope(with_payload("call", R"({"thoughtSignature":"s"})")));
  EXPECT_TRUE(open_envelope(with_payload("text", R"({"thoughtSignature":"s"})")));
  EXPECT_TRUE(open_envelope(with_payload("reasoning", R"({"id":"rs_1","summary":[],"encrypted_content":"e"})")));
  EXPECT_TRUE(open_envelope(with_payload(
      "reasoning", R"({"id":"rs_1","summary":[{"type":"summary_text","text":"t"}],"encrypted_content":"e"})")));
  EXPECT_TRUE(open_envelope(with_payload("reasoning", R"({"type":"reasoning","id":"rs_1","encrypted_content":"e"})")));
  EXPECT_TRUE(open_envelope(with_payload("plain", "{}")));
}

TEST(Envelope, OpensABareSignatureAndAnEmptyPayload) {
  const std::optional<Envelope> call = open_envelope(with_payload("call", R"("CiQ=")"));
  ASSERT_TRUE(call);
  EXPECT_EQ(call->payload, R"({"thoughtSignature":"CiQ="})");
  const std::optional<Envelope> plain = open_envelope(with_payload("plain", "null"));
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->payload, "{}");
  EXPECT_FALSE(open_envelope(with_payload("thinking", R"("CiQ=")")));
  EXPECT_FALSE(open_envelope(with_payload("plain", R"("CiQ=")")));
  EXPECT_FALSE(open_envelope(with_payload("call", "1")));
}

TEST(Envelope, RefusesMembersThatItsKindDoesNotHave) {
  EXPECT_FALSE(open_envelope(with_payload("thinking", R"({"type":"text","thinking":"a","signature":"s"})")));
  EXPECT_FALSE(open_envelope(with_payload("thinking", R"({"thinking":"a"})")));
  EXPECT_FALSE(open_envelope(with_payload("redacted", R"({"data":1})")));
  EXPECT_FALSE(open_envelope(with_payload("call", R"({"thoughtSignature":"s","functionCall":{"name":"x"}})")));
  EXPECT_FALSE(open_envelope(with_payload("call", R"({"thoughtSignature":null})")));
  EXPECT_FALSE(open_envelope(with_payload("call", "{}")));
  EXPECT_FALSE(open_envelope(with_payload("text", R"(["s"])")));
  EXPECT_FALSE(open_envelope(with_payload(
      "reasoning", R"({"id":"rs_1","summary":[{"type":"output_text","text":"t"}],"encrypted_content":"e"})")));
  EXPECT_FALSE(open_envelope(with_payload("reasoning", R"({"id":"rs_1","summary":["t"],"encrypted_content":"e"})")));
  EXPECT_FALSE(open_envelope(with_payload("plain", R"({"a":1})")));
  EXPECT_FALSE(open_envelope(with_payload("other", "{}")));
}

TEST(Envelope, RefusesKeysThatAreGivenTwice) {
  EXPECT_FALSE(open_envelope(with_payload("call", R"({"thoughtSignature":"s","thoughtSignature":"t"})")));
  EXPECT_FALSE(open_envelope(with_payload("call", R"({"thoughtSignature":"s","thought\u0053ignature":"t"})")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","p":"b","m":"m","k":"plain","v":{}})")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","m":"m","k":"plain","v":{},"v":{}})")));
}

TEST(Envelope, RefusesADocumentThatIsNotOneWholeObject) {
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","m":"m","k":"plain","v":{}}])")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","m":"m","k":"plain","v":{}},{})")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","m":"m","k":"plain","v":{})")));
  EXPECT_FALSE(open_envelope(wrapped(R"([{"p":"a","m":"m","k":"plain","v":{}}])")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","m":"m","k":"plain"})")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"m":"m","k":"plain","v":{}})")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","k":"plain","v":{}})")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":"a","m":"m","k":"plain","v":{},"x":"y"})")));
  EXPECT_FALSE(open_envelope(wrapped(R"({"p":1,"m":"m","k":"plain","v":{}})")));
  EXPECT_FALSE(open_envelope(wrapped("")));
}

TEST(Envelope, RefusesTextThatIsNotBase64urlWithoutPadding) {
  EXPECT_FALSE(open_envelope("onellm1."));
  EXPECT_FALSE(open_envelope("onellm1.{}"));
  EXPECT_FALSE(open_envelope("onellm1.eyJwIjoicCIsIm0iOiJtIiwiayI6InBsYWluIiwidiI6e30="));
  EXPECT_FALSE(open_envelope("onellm2.eyJwIjoicCIsIm0iOiJtIiwiayI6InBsYWluIiwidiI6e319"));
  EXPECT_FALSE(open_envelope("EqQBCkYIBBgCKkDo"));
  EXPECT_FALSE(is_envelope("EqQBCkYIBBgCKkDo"));
}

TEST(Envelope, HasLimitsForItsSizeAndItsNesting) {
  EXPECT_FALSE(open_envelope(wrapped(std::string(40'000, '['))));
  EXPECT_FALSE(open_envelope(wrapped(std::string(60'000, '['))));
  EXPECT_FALSE(open_envelope(
      with_payload("call", R"({"thoughtSignature":)" + std::string(16, '[') + std::string(16, ']') + "}")));
  const std::string large = R"({"thoughtSignature":")" + std::string(kEnvelopeBytesMax, 'a') + R"("})";
  EXPECT_EQ(seal_envelope(EnvelopeKind::kCall, "p", "m", {large}), "");
  EXPECT_FALSE(open_envelope(with_payload("call", large)));
  const std::string fitting = R"({"thoughtSignature":")" + std::string(48'000, 'a') + R"("})";
  EXPECT_TRUE(open_envelope(seal_envelope(EnvelopeKind::kCall, "p", "m", {fitting})));
}

TEST(Base64Url, IsReadBackForEveryLength) {
  std::string bytes;
  for (int i = 0; i < 70; ++i) {
    std::string text;
    encode_base64url_to(text, bytes);
    EXPECT_TRUE(is_base64url(text));
    EXPECT_EQ(decode_base64(text), bytes);
    bytes += static_cast<char>(i * 37 + 250);
  }
}

}  // namespace
}  // namespace onellm::dialects
