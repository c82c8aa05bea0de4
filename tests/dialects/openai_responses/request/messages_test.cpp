// The messages of a request as items of `input`.
#include "dialects/openai_responses/request/messages.h"

#include <gtest/gtest.h>

#include "dialects/openai_responses/request_support.h"

namespace onellm::dialects::openai_responses {
namespace {

nlohmann::json input_of(const std::string& messages) { return send_messages(messages)["input"]; }

const std::string kCall = R"({"id":"call_a","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}})";
const std::string kCallItem = R"({"type":"function_call","call_id":"call_a","name":"f","arguments":"{\"a\":1}"})";

TEST(OpenAiResponsesInput, KeepsTheOrderOfMessages) {
  EXPECT_EQ(
      input_of(R"({"role":"system","content":"s"},{"role":"user","content":"u"},)"
               R"({"role":"assistant","content":"a"},{"role":"developer","content":[{"type":"text","text":"d"}]})"),
      parse(R"([{"type":"message","role":"developer","content":[{"type":"input_text","text":"s"}]},)"
            R"({"type":"message","role":"user","content":[{"type":"input_text","text":"u"}]},)"
            R"({"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]},)"
            R"({"type":"message","role":"developer","content":[{"type":"input_text","text":"d"}]}])"));
}

TEST(OpenAiResponsesInput, HasPartsOfEveryKind) {
  EXPECT_EQ(
      input_of(R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"https:\/\/a.example/i.png"}},)"
               R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}},)"
               R"({"type":"file","file":{"filename":"f.pdf","file_data":"data:application/pdf;base64,AA=="}},)"
               R"({"type":"file","file":{"file_id":"file-1"}},)"
               R"({"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}}]})")[0]["content"],
      parse(R"([{"type":"input_image","detail":"auto","image_url":"https://a.example/i.png"},)"
            R"({"type":"input_image","detail":"low","image_url":"data:image/png;base64,AA=="},)"
            R"({"type":"input_file","filename":"f.pdf","file_data":"data:application/pdf;base64,AA=="},)"
            R"({"type":"input_file","file_id":"file-1"},)"
            R"({"type":"input_audio","input_audio":{"format":"wav","data":"AA=="}}])"));
}

TEST(OpenAiResponsesInput, ViewsLargeDataWhereItStands) {
  const std::string data(1 << 20, 'A');
  const std::string body = R"({"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":)"
                           R"({"url":"data:image/png;base64,)" +
                           data + R"("}}]}]})";
  const DecodedBody decoded = decode_good(body);
  Result<EncodedRequest> result = encode_request(*decoded.request, to_openai());
  ASSERT_TRUE(result);
  const std::string_view source = decoded.request->source.text;
  const auto& pieces = result->body.pieces();
  EXPECT_TRUE(std::any_of(pieces.begin(), pieces.end(), [&](std::string_view piece) {
    return piece.size() > data.size() && piece.data() > source.data() && piece.data() < source.data() + source.size();
  }));
}

TEST(OpenAiResponsesInput, MakesItemsOfCallsAndResults) {
  EXPECT_EQ(
      input_of(R"({"role":"assistant","content":"Wait.","tool_calls":[)" + kCall +
               R"(,{"id":"call_b","type":"custom","custom":{"name":"c","input":"ls"}}]},)"
               R"({"role":"tool","tool_call_id":"call_b","content":"files"},)"
               R"({"role":"tool","tool_call_id":"call_a","content":[{"type":"text","text":"t"},)"
               R"({"type":"image_url","image_url":{"url":"https://a.example/"}}]})"),
      parse(R"([{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Wait."}]},)" + kCallItem +
            R"(,{"type":"custom_tool_call","call_id":"call_b","name":"c","input":"ls"},)"
            R"({"type":"custom_tool_call_output","call_id":"call_b","output":"files"},)"
            R"({"type":"function_call_output","call_id":"call_a","output":[{"type":"input_text","text":"t"},)"
            R"({"type":"input_image","detail":"auto","image_url":"https://a.example/"}]}])"));
}

TEST(OpenAiResponsesInput, HasNoEmptyTextBesideCalls) {
  for (const char* content : {R"("content":"",)", R"("content":null,)", ""}) {
    EXPECT_EQ(input_of(R"({"role":"assistant",)" + std::string(content) + R"("tool_calls":[)" + kCall + "]}"),
              parse("[" + kCallItem + "]"));
  }
}

TEST(OpenAiResponsesInput, TakesArgumentsInAnyForm) {
  const auto arguments = [](const std::string& given) {
    return input_of(R"({"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f")" + given +
                    "}}]}")[0]["arguments"];
  };
  EXPECT_EQ(arguments(R"(,"arguments":"{}")"), "{}");
  EXPECT_EQ(arguments(R"(,"arguments":"")"), "{}");
  EXPECT_EQ(arguments(""), "{}");
  EXPECT_EQ(arguments(R"(,"arguments":{ "a" : [1.0, "x y"] })"), R"({"a":[1.0,"x y"]})");
}

TEST(OpenAiResponsesInput, PairsCallsWhoseIdsTheApiRefuses) {
  const std::string id(65, 'x');
  const nlohmann::json input = input_of(
      R"({"role":"assistant","tool_calls":[{"id":")" + id +
      R"(","type":"function","function":{"name":"f"}},)"
      R"({"id":"","type":"function","function":{"name":"g"}},{"id":"","type":"function","function":{"name":"g"}}]},)"
      R"({"role":"tool","tool_call_id":"","content":"1"},{"role":"tool","tool_call_id":")" +
      id + R"(","content":"2"},{"role":"tool","tool_call_id":"","content":"3"})");
  EXPECT_EQ(input[3]["call_id"], input[1]["call_id"]);
  EXPECT_EQ(input[4]["call_id"], input[0]["call_id"]);
  EXPECT_EQ(input[5]["call_id"], input[2]["call_id"]);
  EXPECT_NE(input[1]["call_id"], input[2]["call_id"]);
  for (const auto& item : input) {
    const std::string call_id = item["call_id"];
    EXPECT_GE(call_id.size(), 1u);
    EXPECT_LE(call_id.size(), 64u);
  }
}

TEST(OpenAiResponsesInput, KeepsALongIdOfManyBytesAndFewCharacters) {
  std::string id;
  for (int i = 0; i < 64; ++i) id += "ü";
  EXPECT_EQ(input_of(R"({"role":"tool","tool_call_id":")" + id + R"(","content":"1"})")[0]["call_id"], id);
}

TEST(OpenAiResponsesInput, PairsLegacyFunctionsByName) {
  const nlohmann::json input =
      input_of(R"({"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},)"
               R"({"role":"function","name":"f","content":"1"},)"
               R"({"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},)"
               R"({"role":"function","name":"f","content":"2"})");
  EXPECT_EQ(input[0]["type"], "function_call");
  EXPECT_EQ(input[1]["type"], "function_call_output");
  EXPECT_EQ(input[1]["call_id"], input[0]["call_id"]);
  EXPECT_EQ(input[3]["call_id"], input[2]["call_id"]);
  EXPECT_NE(input[2]["call_id"], input[0]["call_id"]);
}

TEST(OpenAiResponsesInput, KeepsRefusals) {
  const nlohmann::json expected =
      parse(R"([{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"No."}]}])");
  EXPECT_EQ(input_of(R"({"role":"assistant","content":null,"refusal":"No."})"), expected);
  EXPECT_EQ(input_of(R"({"role":"assistant","content":[{"type":"refusal","refusal":"No."}]})"), expected);
}

TEST(OpenAiResponsesInput, NamesWhatItLeavesOut) {
  EXPECT_EQ(send_messages(R"({"role":"user","name":"Bo","content":"u"},{"role":"assistant","content":[
                              {"type":"text","text":"a","prompt_cache_breakpoint":{"mode":"explicit"}}]})")
                .dropped,
            (std::vector<std::string>{"messages[].name", "prompt_cache_breakpoint"}));
}

TEST(OpenAiResponsesInput, EndsTheCacheWhereThePartsAreMarked) {
  const nlohmann::json mark = {{"mode", "explicit"}};
  const nlohmann::json input = input_of(R"({"role":"user","content":[
      {"type":"text","text":"u","prompt_cache_breakpoint":{"mode":"explicit"}},
      {"type":"image_url","image_url":{"url":"https://a.b/c"},"cache_control":{"type":"ephemeral"}},
      {"type":"text","text":"v"}]},
      {"role":"user","content":"w","cache_control":{"type":"ephemeral"}})");
  EXPECT_EQ(input[0]["content"][0]["prompt_cache_breakpoint"], mark);
  EXPECT_EQ(input[0]["content"][1]["prompt_cache_breakpoint"], mark);
  EXPECT_FALSE(input[0]["content"][2].contains("prompt_cache_breakpoint"));
  EXPECT_EQ(input[1]["content"][0]["prompt_cache_breakpoint"], mark);
}

TEST(OpenAiResponsesInput, GivesThePhaseOfAnAnswerBack) {
  EXPECT_EQ(input_of(R"({"role":"assistant","content":"a","phase":"commentary"})"),
            parse(R"([{"type":"message","role":"assistant","phase":"commentary",
                       "content":[{"type":"output_text","text":"a"}]}])"));
}

}  // namespace
}  // namespace onellm::dialects::openai_responses
