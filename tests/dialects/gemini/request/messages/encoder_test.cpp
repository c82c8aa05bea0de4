#include "dialects/gemini/gemini_request.h"

namespace onellm::dialects::gemini {
namespace {

using Names = std::vector<std::string>;

constexpr const char* kOldest = "gemma-3-27b-it";

// --- who speaks ---

TEST(Contents, BeginsWithTheUserWhereTheModelSpokeFirst) {
  const char* const called = R"([{"role":"system","content":"Go."},{"role":"assistant","content":null,"tool_calls":[
      {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
      {"role":"tool","tool_call_id":"a","content":"1"}])";
  const Json contents = gemini_contents(called, "gemini-3.8-flash");
  ASSERT_EQ(contents.size(), 3u);
  EXPECT_EQ(contents[0], parse(R"({"role":"user","parts":[{"text":"Begin."}]})"));
  EXPECT_EQ(contents[1]["role"], "model");
}

// https://github.com/LibreChat-AI/agents/pull/323
TEST(Contents, EndsWithTheUserWhereTheModelCannotGoOnItself) {
  const char* const begun = R"([{"role":"user","content":"a"},{"role":"assistant","content":"The weather is"}])";
  for (const char* model :
       {"gemini-3.5-flash-lite", "gemini-3.6-flash", "gemini-3.8-flash", "gemini-4-argon", "gemini-flash-latest"}) {
    const Json contents = gemini_contents(begun, model);
    EXPECT_EQ(contents.back(), parse(R"({"role":"user","parts":[{"text":"Continue."}]})")) << model;
  }
  for (const char* model : {"gemini-2.5-flash", "gemini-3-flash-preview", "gemini-3.5-flash", "gemma-4-31b-it"}) {
    EXPECT_EQ(gemini_contents(begun, model).back()["role"], "model") << model;
  }
}

TEST(Contents, InstructsTheModelByLeadingSystemMessages) {
  const GeminiRequest sent = encode_gemini_messages(
      R"([{"role":"system","content":"a"},{"role":"developer","content":[{"type":"text","text":"b"},
          {"type":"text","text":""}]},{"role":"user","content":"c"},{"role":"system","content":"d"}])");
  EXPECT_EQ(sent.body, parse(R"({"systemInstruction":{"parts":[{"text":"a"},{"text":"b"}]},
    "contents":[{"role":"user","parts":[{"text":"c"},{"text":"d"}]}],"store":false})"));
}

TEST(Contents, LetsTheUserSayItWhereThereIsNoSystem) {
  const char* const messages = R"([{"role":"system","content":"a"},{"role":"user","content":"b"}])";
  EXPECT_EQ(encode_gemini_messages(messages, kOldest).body,
            parse(R"({"contents":[{"role":"user","parts":[{"text":"a\n\n"},{"text":"b"}]}],"store":false})"));
}

TEST(Contents, AsksBySystemMessagesAlone) {
  EXPECT_EQ(encode_gemini_messages(R"([{"role":"system","content":"a"}])").body,
            parse(R"({"contents":[{"role":"user","parts":[{"text":"a\n\n"}]}],"store":false})"));
}

TEST(Contents, JoinsMessagesOfOneRole) {
  EXPECT_EQ(gemini_contents(R"([{"role":"user","content":"a"},{"role":"user","content":"b"},
      {"role":"assistant","content":"c"},{"role":"assistant","content":null,"refusal":"d"},
      {"role":"user","content":"e"}])"),
            parse(R"([{"role":"user","parts":[{"text":"a"},{"text":"b"}]},
                      {"role":"model","parts":[{"text":"c"},{"text":"d"}]},
                      {"role":"user","parts":[{"text":"e"}]}])"));
}

TEST(Contents, HasNoEmptyTurns) {
  EXPECT_EQ(gemini_contents(R"([{"role":"user","content":"a"},{"role":"assistant","content":""},
      {"role":"user","content":"b"}])"),
            parse(R"([{"role":"user","parts":[{"text":"a"},{"text":"b"}]}])"));
  EXPECT_EQ(encode_gemini_messages(R"([{"role":"user","content":""}])").error.param, "messages");
}

TEST(Contents, RefusesAnEarlierAnswerInSound) {
  const Error error = encode_gemini_messages(R"([{"role":"user","content":"a"},
      {"role":"assistant","audio":{"id":"audio_1"}},{"role":"user","content":"b"}])")
                          .error;
  EXPECT_EQ(error.kind, ErrorKind::kUnsupportedParameter);
  EXPECT_EQ(error.param, "messages[1].audio");
}

TEST(Contents, KeepsEscapesAsTheyWere) {
  EXPECT_EQ(gemini_contents(R"([{"role":"user","content":"\u00e9\n\"\\\ud83d\ude00"}])"),
            parse(R"([{"role":"user","parts":[{"text":"\u00e9\n\"\\\ud83d\ude00"}]}])"));
}

TEST(Contents, NamesTheNamesThatItDrops) {
  const GeminiRequest sent = encode_gemini_messages(
      R"([{"role":"system","content":"a","name":"x"},{"role":"user","content":"b","name":"y"}])");
  EXPECT_EQ(sent.dropped, Names{"messages[].name"});
}

TEST(Contents, NamesCacheBreakpoints) {
  const GeminiRequest sent = encode_gemini_messages(
      R"([{"role":"user","content":[{"type":"text","text":"a","prompt_cache_breakpoint":{"mode":"explicit"}}]}])");
  EXPECT_EQ(sent.dropped, Names{"prompt_cache_breakpoint"});
}

TEST(Contents, ViewsLargeTexts) {
  const std::string text(100'000, 'x');
  const DecodedBody decoded = decode_good(R"({"model":"m","messages":[{"role":"user","content":")" + text + "\"}]}");
  Result<EncodedRequest> encoded = encode_request(*decoded.request, {.model = "gemini-3-flash"});
  ASSERT_TRUE(encoded);
  bool viewed = false;
  for (const std::string_view piece : encoded->body.pieces()) {
    viewed = viewed || piece.data() == decoded->messages[0].parts[0].text.text.data();
  }
  EXPECT_TRUE(viewed);
}

// --- calls ---

TEST(GeminiCalls, HaveTheirArgumentsAsAnObject) {
  const Json contents =
      gemini_contents(R"([{"role":"user","content":"a"},{"role":"assistant","content":"b","tool_calls":[
      {"id":"1","type":"function","function":{"name":"f","arguments":" {\"x\": \"\\u00e9\"}"}},
      {"id":"2","type":"function","function":{"name":"f","arguments":{"y":1.50}}},
      {"id":"3","type":"function","function":{"name":"f","arguments":""}},
      {"id":"4","type":"function","function":{"name":"f","arguments":"[1]"}},
      {"id":"5","type":"function","function":{"name":"f","arguments":"{\"x\":"}},
      {"id":"6","type":"custom","custom":{"name":"c","input":"\"in\""}}]}])",
                      "gemini-2.5-flash");
  EXPECT_EQ(contents[1], parse(R"({"role":"model","parts":[{"text":"b"},
    {"functionCall":{"id":"1","name":"f","args":{"x":"é"}}},{"functionCall":{"id":"2","name":"f","args":{"y":1.5}}},
    {"functionCall":{"id":"3","name":"f","args":{}}},
    {"functionCall":{"id":"4","name":"f","args":{"rawInvalidInput":"[1]"}}},
    {"functionCall":{"id":"5","name":"f","args":{"rawInvalidInput":"{\"x\":"}}},
    {"functionCall":{"id":"6","name":"c","args":{"input":"\"in\""}}}]})"));
}

// --- signatures ---

std::string call(const std::string& id, const std::string& signature = "") {
  const std::string extra =
      signature.empty() ? "" : R"(,"extra_content":{"google":{"thought_signature":")" + signature + "\"}}";
  return R"({"id":")" + id + R"(","type":"function","function":{"name":"f","arguments":"{}"})" + extra + "}";
}

std::string step(const std::string& calls, const std::string& result_id) {
  return R"(,{"role":"assistant","content":null,"tool_calls":[)" + calls + R"(]},{"role":"tool","tool_call_id":")" +
         result_id + R"(","content":"r"})";
}

// The signatures of all parts of the model, in order; "-" where there is none.
Names signatures(const std::string& messages, const std::string& model = "gemini-3-flash-preview") {
  Names all;
  for (const Json& content : gemini_contents("[" + messages + "]", model)) {
    if (content["role"] != "model") continue;
    for (const Json& part : content["parts"]) all.push_back(part.value("thoughtSignature", "-"));
  }
  return all;
}

constexpr const char* kUser = R"({"role":"user","content":"a"})";
constexpr const char* kSkip = "skip_thought_signature_validator";

TEST(GeminiSignatures, GoBackWithTheirCalls) {
  EXPECT_EQ(signatures(kUser + step(call("1", "s1") + "," + call("2"), "1") + step(call("3", "s3"), "3")),
            (Names{"s1", "-", "s3"}));
  EXPECT_EQ(signatures(kUser + step(call("1", "s1"), "1"), "gemini-2.5-flash"), Names{"s1"});
}

TEST(GeminiSignatures, AreReplacedOnTheFirstCallOfEachStepOfTheCurrentTurn) {
  EXPECT_EQ(signatures(kUser + step(call("1") + "," + call("2"), "1") + step(call("3"), "3")),
            (Names{kSkip, "-", kSkip}));
  EXPECT_EQ(signatures(kUser + step(call("1"), "1"), "gemini-flash-latest"), Names{kSkip});
  EXPECT_EQ(signatures(kUser + step(call("1"), "1"), "gemini-2.5-flash"), Names{"-"});
}

TEST(GeminiSignatures, AreNotMissedInEarlierTurns) {
  EXPECT_EQ(signatures(kUser + step(call("1"), "1") + "," + kUser + step(call("2"), "2")), (Names{"-", kSkip}));
}

TEST(GeminiSignatures, OfATextGoWithItsLastPart) {
  const std::string signed_text =
      R"(,{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],
          "extra_content":{"google":{"thought_signature":"s"}}})";
  EXPECT_EQ(signatures(kUser + signed_text), (Names{"-", "s"}));
}

TEST(GeminiSignatures, WithoutATextGoWithAnEmptyOne) {
  const std::string empty =
      R"(,{"role":"assistant","content":"","extra_content":{"google":{"thought_signature":"s"}}})";
  EXPECT_EQ(gemini_contents("[" + (kUser + empty) + "]")[1],
            parse(R"({"role":"model","parts":[{"text":"","thoughtSignature":"s"}]})"));
}

}  // namespace
}  // namespace onellm::dialects::gemini
