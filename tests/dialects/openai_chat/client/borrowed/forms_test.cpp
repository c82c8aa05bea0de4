// What clients write in the form of other APIs, as the chat request that every target gets.
#include "dialects/openai_chat/client/borrowed/forms.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/request_support.h"

namespace onellm::dialects::openai_chat {
namespace {

using Json = nlohmann::json;

Json parse(std::string_view text) { return Json::parse(text, nullptr, false); }

Json rewritten(std::string_view body) {
  const DecodedBody decoded = decode_good(body);
  EXPECT_TRUE(decoded->source.rewritten) << body;
  return parse(decoded->source.text);
}

std::string body_of(const std::string& messages) { return R"({"model":"m","messages":[)" + messages + "]}"; }

// As Cursor's agent sends it.
const std::string kCursor = R"({"model":"m","stream":true,"messages":[
  {"role":"system","content":"You edit code."},
  {"role":"user","content":[{"type":"text","text":"Read a.txt"}]},
  {"role":"assistant","content":[{"type":"text","text":"Reading."},
    {"type":"tool_use","id":"toolu_1","name":"read_file","input":{"path": "a \"b\".txt"}},
    {"type":"tool_use","id":"toolu_2","name":"list","input":{}}]},
  {"role":"user","content":[{"type":"text","text":"Go on."},
    {"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"alpha"}]},
    {"type":"tool_result","tool_use_id":"toolu_2","content":"no such folder","is_error":true}]}],
  "tools":[{"name":"read_file","description":"Reads.","input_schema":{"type":"object","properties":{"path":{"type":"string"}}}},
           {"type":"function","function":{"name":"list","parameters":{"type":"object"}}}],
  "tool_choice":{"type":"any","disable_parallel_tool_use":true},"seed":1234567890123456789})";

TEST(BorrowedForms, BecomeToolCallsAndMessagesOfTools) {
  const Json body = rewritten(kCursor);
  const Json messages = parse(R"([
    {"role":"system","content":"You edit code."},
    {"role":"user","content":[{"type":"text","text":"Read a.txt"}]},
    {"role":"assistant","content":[{"type":"text","text":"Reading."}],"tool_calls":[
      {"id":"toolu_1","type":"function","function":{"name":"read_file","arguments":"{\"path\":\"a \\\"b\\\".txt\"}"}},
      {"id":"toolu_2","type":"function","function":{"name":"list","arguments":"{}"}}]},
    {"role":"tool","tool_call_id":"toolu_1","content":[{"type":"text","text":"alpha"}]},
    {"role":"tool","tool_call_id":"toolu_2","content":"no such folder"},
    {"role":"user","content":[{"type":"text","text":"Go on."}]}])");
  EXPECT_EQ(body["messages"], messages) << body.dump(1);
  EXPECT_EQ(body["tools"][0], parse(R"({"type":"function","function":{"name":"read_file","description":"Reads.",
                              "parameters":{"type":"object","properties":{"path":{"type":"string"}}}}})"));
  EXPECT_EQ(body["tools"][1],
            parse(R"({"type":"function","function":{"name":"list","parameters":{"type":"object"}}})"));
  EXPECT_EQ(body["tool_choice"], "required");
  EXPECT_EQ(body["parallel_tool_calls"], false);
  EXPECT_NE(decode_good(kCursor)->source.text.find(R"("seed":1234567890123456789)"), std::string_view::npos);
}

TEST(BorrowedForms, ReachEveryTarget) {
  const DecodedBody decoded = decode_good(kCursor);
  const auto send = [&decoded](const Dialect& dialect, HostMapping mapping = HostMapping::kAsWritten) {
    Result<EncodedRequest> sent =
        dialect.encode_request(*decoded.request, {.model = "m", .host = {.mapping = mapping}});
    EXPECT_TRUE(sent) << sent.error().message;
    return sent ? sent->body.flat() : std::string("null");
  };
  const Json claude = parse(send(anthropic_messages::dialect()))["messages"];
  EXPECT_EQ(claude[2]["content"][0]["tool_use_id"], "toolu_1");
  EXPECT_EQ(claude[2]["content"][1]["is_error"], true);
  EXPECT_EQ(claude[2]["content"][2]["text"], "Go on.");
  const Json google = parse(send(gemini::dialect()))["contents"];
  EXPECT_EQ(google[2]["parts"][1]["functionResponse"]["response"], parse(R"({"error":"no such folder"})"));
  EXPECT_EQ(parse(send(openai_responses::dialect()))["input"][5]["type"], "function_call_output");
  for (const HostMapping mapping : {HostMapping::kAsWritten, HostMapping::kCompatible, HostMapping::kOpenAi}) {
    const std::string sent = send(dialect(), mapping);
    EXPECT_EQ(sent.find("tool_use"), std::string::npos);
    EXPECT_EQ(parse(sent)["messages"][3]["role"], "tool");
  }
}

TEST(BorrowedForms, AreNotTouchedWhereThereAreNone) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    const DecodedBody decoded = decode_good(fixture.text);
    EXPECT_FALSE(decoded->source.rewritten) << fixture.name;
    EXPECT_EQ(decoded->source.text.data(), decoded.body->text().data());
  }
}

TEST(BorrowedForms, OfPicturesAndDocumentsBecomeParts) {
  const Json body = rewritten(body_of(R"({"role":"user","content":[
    {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"},"cache_control":{"type":"ephemeral"}},
    {"type":"image","source":{"type":"url","url":"https://a.b/c.png"}},
    {"type":"document","title":"a.pdf","source":{"type":"base64","media_type":"application/pdf","data":"QUJD"}},
    {"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}},
    {"type":"document","source":{"type":"file","file_id":"file_1"}}]})"));
  EXPECT_EQ(body["messages"][0]["content"], parse(R"([
    {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"},"cache_control":{"type":"ephemeral"}},
    {"type":"image_url","image_url":{"url":"https://a.b/c.png"}},
    {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,QUJD"}},
    {"type":"text","text":"words"},
    {"type":"file","file":{"file_id":"file_1"}}])"));
}

TEST(BorrowedForms, AreNotThoseOfOtherHostsWithTypesOfTheSameNames) {
  for (const char* part : {R"({"type":"thinking","thinking":[{"type":"text","text":"Hm."}]})",
                           R"({"type":"image","image":"https://a.b/c.png"})", R"({"type":"document","source":"a"})"}) {
    const DecodedBody decoded = decode_good(body_of(R"({"role":"user","content":[)" + std::string(part) + "]}"));
    EXPECT_FALSE(decoded->source.rewritten) << part;
    EXPECT_EQ(decoded->source.foreign_type, "messages[0].content[0].type");
  }
}

TEST(BorrowedForms, OfThoughtsKeepTheirPlace) {
  const Json body = rewritten(body_of(R"({"role":"user","content":"x"},{"role":"assistant","content":[
    {"type":"thinking","thinking":"a","signature":"s1"},{"type":"text","text":"t"},
    {"type":"tool_use","id":"c1","name":"f","input":{"n":1}},
    {"type":"redacted_thinking","data":"d"},
    {"type":"tool_use","id":"c2","name":"f","input":{}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1"},{"type":"tool_result","tool_use_id":"c2"}]})"));
  EXPECT_EQ(body["messages"][1]["thinking_blocks"], parse(R"([{"type":"thinking","thinking":"a","signature":"s1"},
                      {"type":"redacted_thinking","data":"d","after":{"tool_calls":1,"text":true}}])"));
  EXPECT_EQ(body["messages"].size(), 4u);
  EXPECT_EQ(body["messages"][3]["content"], "");
}

TEST(BorrowedForms, OfToolsAreTheFlatOnesOfTheResponsesApiToo) {
  const Json body = rewritten(body_with(R"("tools":[
    {"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":true},
    {"type":"custom","name":"patch","format":{"type":"grammar","syntax":"lark","definition":"start: x"}},
    {"type":"custom","name":"g","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],
    "tool_choice":{"type":"function","name":"f"})"));
  EXPECT_EQ(body["tools"], parse(R"([
    {"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},
    {"type":"custom","custom":{"name":"patch","format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: x"}}}},
    {"type":"function","function":{"name":"g","parameters":{"type":"object"}},"cache_control":{"type":"ephemeral"}}])"));
  EXPECT_EQ(body["tool_choice"], parse(R"({"type":"function","function":{"name":"f"}})"));
}

TEST(BorrowedForms, OfAChoiceBecomeItsWords) {
  const std::string tools = R"("tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":)";
  EXPECT_EQ(rewritten(body_with(tools + R"({"type":"auto"})"))["tool_choice"], "auto");
  EXPECT_EQ(rewritten(body_with(tools + R"({"type":"none"})"))["tool_choice"], "none");
  EXPECT_EQ(rewritten(body_with(tools + R"({"type":"tool","name":"f"})"))["tool_choice"]["function"]["name"], "f");
}

TEST(BorrowedForms, LeaveWhatNobodyKnowsToBeRefused) {
  const DecodedBody decoded = decode_good(body_of(
      R"({"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":[{"type":"search_result","source":"s"}]}]})"));
  EXPECT_EQ(decoded->source.foreign_type, "messages[0].content[0].type");
  EXPECT_EQ(decode(body_with(R"("tools":[{"input_schema":{"type":"object"}}])")).error.param, "tools[0].function.name");
  EXPECT_EQ(
      decode(body_of(R"({"role":"assistant","content":[{"type":"tool_use","name":"f","input":{}}]})")).error.param, "");
}

// A picture without an address and a choice of an unknown type stay, so what was sent is rewritten when it comes back.
TEST(BorrowedForms, WhatWasRewrittenStaysTheSameWhenRewrittenAgain) {
  const DecodedBody once = decode_good(
      R"({"model":"m","tool_choice":{"type":"some","disable_parallel_tool_use":true},"messages":[
        {"role":"assistant","content":[{"type":"text","text":"a"},{"type":"thinking","thinking":"t","signature":"s"},
          {"type":"tool_use","id":"c1","name":"f","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","cache_control":{"type":"ephemeral"},
          "content":[{"type":"text","text":"hot"},{"type":"image","source":{"type":"url"}}]}]}]})");
  const DecodedBody twice = decode_good(once->source.text);
  EXPECT_NE(twice->source.rewritten, nullptr);
  EXPECT_EQ(twice->source.text, once->source.text);
}

TEST(BorrowedForms, OfAMessageDoNotDependOnWhatFollows) {
  const std::string first = R"({"role":"user","content":"x"},{"role":"assistant","content":[
    {"type":"tool_use","id":"c1","name":"f","input":{"b":1,"a":[1.0,2]}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"r"}]})";
  const DecodedBody shorter = decode_good(body_of(first));
  const DecodedBody longer =
      decode_good(body_of(first + R"(,{"role":"assistant","content":"y"},{"role":"user","content":"z"})"));
  const std::string_view start = shorter->source.text.substr(0, shorter->source.text.rfind(']'));
  EXPECT_EQ(longer->source.text.substr(0, start.size()), start);
}

// Each takes more memory in a list than as text, and the memory of an instance is every request's.
TEST(BorrowedForms, OfTooManyPartsAreRefused) {
  const auto many = [](const std::string& one) {
    std::string list = one;
    for (size_t i = 0; i < kBorrowedValuesMax; ++i) list += "," + one;
    return list;
  };
  const std::string call = R"({"type":"tool_use","id":"a","name":"b","input":{}},)";
  const std::string result = R"({"type":"tool_result","tool_use_id":"a","content":[)";
  for (const std::string& content :
       {call + many("{}"), call + many("1"), call + "{" + many("\"\":0") + "}", call + result + many("{}") + "]}",
        call + R"({"type":"image","source":{)" + many("\"\":0") + "}}"}) {
    const Error error = decode(body_of(R"({"role":"user","content":[)" + content + "]}")).error;
    EXPECT_EQ(status_of(error), 400) << content.substr(0, 200);
    EXPECT_NE(error.message.find("too many"), std::string::npos) << error.message;
  }
  const std::string tool = R"({"name":"f","input_schema":{},)" + many("\"\":0") + "}";
  EXPECT_EQ(status_of(decode(body_with("\"tools\":[" + tool + "]")).error), 400);
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
