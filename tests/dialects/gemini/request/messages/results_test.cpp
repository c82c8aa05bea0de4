#include "dialects/gemini/gemini_request.h"

namespace onellm::dialects::gemini {
namespace {

std::string calls(const std::string& list) {
  return R"({"role":"assistant","content":null,"tool_calls":[)" + list + "]}";
}

std::string call(const std::string& id, const std::string& name) {
  return R"({"id":")" + id + R"(","type":"function","function":{"name":")" + name + R"(","arguments":"{}"}})";
}

std::string result(const std::string& id, const std::string& content) {
  return R"({"role":"tool","tool_call_id":")" + id + R"(","content":)" + content + "}";
}

// The parts of the last turn.
Json last_parts(const std::string& messages, const std::string& model = "gemini-3-flash-preview") {
  const Json contents = gemini_contents(R"([{"role":"user","content":"a"},)" + messages + "]", model);
  EXPECT_EQ(contents.back()["role"], "user");
  return contents.back()["parts"];
}

Json response_of(const std::string& content) {
  return last_parts(calls(call("1", "f")) + "," + result("1", content))[0]["functionResponse"]["response"];
}

TEST(Results, StandInOneTurnWithTheNamesOfTheirCalls) {
  EXPECT_EQ(last_parts(calls(call("1", "f") + "," + call("2", "g")) + "," + result("1", R"("x")") + "," +
                       result("2", R"("y")")),
            parse(R"([{"functionResponse":{"id":"1","name":"f","response":{"output":"x"}}},
                      {"functionResponse":{"id":"2","name":"g","response":{"output":"y"}}}])"));
}

TEST(Results, ComeInTheOrderOfTheirCallsAndFirstInTheTurn) {
  EXPECT_EQ(last_parts(calls(call("1", "f") + "," + call("2", "g")) + "," + result("2", R"("y")") +
                       R"(,{"role":"user","content":"b"},)" + result("1", R"("x")")),
            parse(R"([{"functionResponse":{"id":"1","name":"f","response":{"output":"x"}}},
                      {"functionResponse":{"id":"2","name":"g","response":{"output":"y"}}},{"text":"b"}])"));
}

TEST(Results, AreNeverMissing) {
  EXPECT_EQ(last_parts(calls(call("1", "f") + "," + call("2", "g")) + "," + result("2", R"("y")")),
            parse(R"([{"functionResponse":{"id":"1","name":"f","response":{"error":"no result"}}},
                      {"functionResponse":{"id":"2","name":"g","response":{"output":"y"}}}])"));
  EXPECT_EQ(last_parts(calls(call("1", "f"))),
            parse(R"([{"functionResponse":{"id":"1","name":"f","response":{"error":"no result"}}}])"));
}

TEST(Results, WithoutACallAreText) {
  EXPECT_EQ(last_parts(result("9", R"("lost")")), parse(R"([{"text":"a"},{"text":"lost"}])"));
  EXPECT_EQ(last_parts(calls(call("1", "f")) + "," + result("1", R"("x")") + "," + result("1", R"("again")")),
            parse(R"([{"functionResponse":{"id":"1","name":"f","response":{"output":"x"}}},{"text":"again"}])"));
}

TEST(Results, PairByPositionWhereIdsAreEmpty) {
  EXPECT_EQ(
      last_parts(calls(call("", "f") + "," + call("", "g")) + "," + result("", R"("x")") + "," + result("", R"("y")")),
      parse(R"([{"functionResponse":{"name":"f","response":{"output":"x"}}},
                      {"functionResponse":{"name":"g","response":{"output":"y"}}}])"));
}

TEST(Results, PairWithIdsThatAreEscapedOtherwise) {
  EXPECT_EQ(last_parts(calls(call(R"(f\/1)", "f") + "," + call(R"(\u00e9)", "g")) + "," + result("é", R"("y")") + "," +
                       result("f/1", R"("x")")),
            parse(R"([{"functionResponse":{"id":"f/1","name":"f","response":{"output":"x"}}},
                      {"functionResponse":{"id":"é","name":"g","response":{"output":"y"}}}])"));
}

TEST(Results, OfDeprecatedFunctionsPairByName) {
  EXPECT_EQ(last_parts(R"({"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
                          {"role":"function","name":"f","content":null})"),
            parse(R"([{"functionResponse":{"name":"f","response":{"output":""}}}])"));
}

TEST(Results, AreObjectsWhereTheToolSaysOne) {
  EXPECT_EQ(response_of(R"("{\"a\": [1, \"\\u00e9\"]}")"), parse(R"({"a":[1,"é"]})"));
  EXPECT_EQ(response_of(R"("\n {} ")"), parse("{}"));
  EXPECT_EQ(response_of(R"([{"type":"text","text":"{\"a\":"},{"type":"text","text":"1}"}])"), parse(R"({"a":1})"));
  EXPECT_EQ(response_of(R"([{"type":"text","text":"{a"},{"type":"text","text":"b"}])"), parse(R"({"output":"{ab"})"));
  for (const char* text : {R"("[1]")", R"("{\"a\":}")", R"("plain \"text\"")", R"("")"}) {
    EXPECT_EQ(response_of(text), Json({{"output", parse(text)}})) << text;
  }
}

// Gemini takes "$ref" in a response for a reference to one of its parts.
TEST(Results, AreTextWhereAnObjectWouldBeMistaken) {
  EXPECT_EQ(response_of(R"("{\"$ref\":\"#/a\"}")"), parse(R"({"output":"{\"$ref\":\"#/a\"}"})"));
}

TEST(Results, HoldImagesOnNewModels) {
  const std::string messages =
      calls(call("1", "f")) + "," +
      result("1",
             R"([{"type":"text","text":"seen"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}},
                      {"type":"image_url","image_url":{"url":"https://a.b/c.jpg"}}])");
  EXPECT_EQ(last_parts(messages), parse(R"([
    {"functionResponse":{"id":"1","name":"f","response":{"output":"seen"},
      "parts":[{"inlineData":{"mimeType":"image/png","data":"AA=="}}]}},
    {"fileData":{"mimeType":"image/jpeg","fileUri":"https://a.b/c.jpg"}}])"));
  EXPECT_EQ(last_parts(messages, "gemini-2.5-flash"), parse(R"([
    {"functionResponse":{"id":"1","name":"f","response":{"output":"seen"}}},
    {"inlineData":{"mimeType":"image/png","data":"AA=="}},
    {"fileData":{"mimeType":"image/jpeg","fileUri":"https://a.b/c.jpg"}}])"));
}

TEST(Results, AreBoundedInOneTurn) {
  std::string list = call("0", "f");
  for (int i = 1; i <= 1024; ++i) list += "," + call(std::to_string(i), "f");
  const GeminiRequest sent = encode_gemini_messages(R"([{"role":"user","content":"a"},)" + calls(list) + "]");
  EXPECT_EQ(sent.error.param, "messages[1].tool_calls");
}

}  // namespace
}  // namespace onellm::dialects::gemini
