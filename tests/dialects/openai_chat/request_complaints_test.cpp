// Every way in which a request can be wrong: the error names the field by its path and says what was
// expected there.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "dialects/request_support.h"

namespace onellm::dialects::openai_chat {
namespace {

struct Complaint {
  std::string body;
  std::string param;
  std::string says;  // Part of the message.
};

void expect_complaints(const std::vector<Complaint>& complaints) {
  for (const Complaint& c : complaints) {
    const DecodedBody decoded = decode(c.body);
    EXPECT_FALSE(decoded.request.has_value()) << c.body;
    EXPECT_EQ(decoded.error.kind, ErrorKind::kBadRequest) << c.body;
    EXPECT_EQ(decoded.error.param, c.param) << c.body << "\n" << decoded.error.message;
    EXPECT_NE(decoded.error.message.find(c.says), std::string::npos) << c.body << "\n" << decoded.error.message;
  }
}

std::string body_of(std::string_view message) { return R"({"model":"m","messages":[)" + std::string(message) + "]}"; }
std::string body_of_part(std::string_view part) {
  return body_of(R"({"role":"user","content":[{"type":"text","text":"a"},)" + std::string(part) + "]}");
}
std::string body_of_call(std::string_view call) {
  return body_of(R"({"role":"assistant","tool_calls":[)" + std::string(call) + "]}");
}

TEST(OpenAiChatRequestComplaints, AreOfTheBodyItself) {
  expect_complaints({
      {"", "", "JSON"},
      {"   ", "", "JSON"},
      {"nonsense", "", "JSON"},
      {R"({"model":"m",})", "", "JSON"},
      {R"({"model":"m"} x)", "", "JSON"},
      {"{\"model\":\"\xff\"}", "", "JSON"},
      {"[]", "", "must be an object, not an array"},
      {"7", "", "must be an object, not a number"},
      {"null", "", "must be an object, not null"},
      {"\"text\"", "", "must be an object, not a string"},
      {body_with(R"("metadata":)" + std::string(100'000, '[')), "", ""},
  });
}

TEST(OpenAiChatRequestComplaints, GiveTheOffsetOfWhatIsNoJson) {
  const DecodedBody decoded = decode(R"({"model":"m","messages":oops})");
  EXPECT_NE(decoded.error.message.find("at byte 24"), std::string::npos) << decoded.error.message;
}

TEST(OpenAiChatRequestComplaints, AreOfMalformedTextBeforeAnythingElse) {
  expect_complaints({{R"({"model":7,"messages":[})", "", "JSON"}});
}

TEST(OpenAiChatRequestComplaints, NameTheFirstFieldAtFault) {
  expect_complaints({{R"({"stream":1,"model":7,"messages":[]})", "stream", "not a number"}});
}

TEST(OpenAiChatRequestComplaints, AreOfKeysGivenTwice) {
  expect_complaints({
      {R"({"model":"a","messages":[],"model":"b"})", "messages", "at least one"},
      {R"({"model":"a","model":"b","messages":[]})", "model", "twice"},
      {body_with(R"("top_k":1,"top_k":2)"), "top_k", "twice"},
      {body_with(R"("\u006dodel":"b")"), "model", "twice"},
      {body_with(R"("\u0061":1,"a":2)"), "a", "twice"},
      {body_with(R"("onellm":{},"onellm":null)"), "onellm", "twice"},
      {body_with(R"("stream_options":{"include_usage":true,"include_usag\u0065":false})"),
       "stream_options.include_usage", "twice"},
      {body_with(R"("onellm":{"strict":true,"strict":false})"), "onellm.strict", "twice"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfWhatIsMissing) {
  expect_complaints({
      {"{}", "model", "is required"},
      {R"({"messages":[{"role":"user","content":"hi"}]})", "model", "is required"},
      {R"({"model":null,"messages":[{"role":"user","content":"hi"}]})", "model", "is required"},
      {R"({"model":"m"})", "messages", "is required"},
      {R"({"model":"m","messages":null})", "messages", "is required"},
      {R"({"model":"m","messages":[]})", "messages", "at least one message"},
      {R"({"model":"","messages":[]})", "model", "must not be empty"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfTopLevelTypes) {
  expect_complaints({
      {R"({"model":7,"messages":[]})", "model", "must be a string, not a number"},
      {R"({"model":["a"],"messages":[]})", "model", "must be a string, not an array"},
      {R"({"model":"m","messages":{}})", "messages", "must be an array, not an object"},
      {R"({"model":"m","messages":"hi"})", "messages", "must be an array, not a string"},
      {body_with(R"("stream":"true")"), "stream", "must be true or false, not a string"},
      {body_with(R"("stream":1)"), "stream", "must be true or false"},
      {body_with(R"("stream_options":true)"), "stream_options", "must be an object"},
      {body_with(R"("stream_options":{"include_usage":"yes"})"), "stream_options.include_usage", "true or false"},
      {body_with(R"("n":"2")"), "n", "must be an integer, not a string"},
      {body_with(R"("n":1.5)"), "n", "must be an integer"},
      {body_with(R"("n":0)"), "n", "at least 1"},
      {body_with(R"("n":129)"), "n", "at most 128"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfParameters) {
  expect_complaints({
      {body_with(R"("temperature":"hot")"), "temperature", "must be a number, not a string"},
      {body_with(R"("temperature":1e999)"), "temperature", ""},
      {body_with(R"("max_tokens":"9")"), "max_tokens", "must be an integer, not a string"},
      {body_with(R"("max_completion_tokens":1e3)"), "max_completion_tokens", "must be an integer"},
      {body_with(R"("logprobs":1)"), "logprobs", "must be true or false"},
      {body_with(R"("seed":1.5)"), "seed", "must be an integer"},
      {body_with(R"("seed":9223372036854775808)"), "seed", "must be an integer"},
      {body_with(R"("user":7)"), "user", "must be a string"},
      {body_with(R"("safety_identifier":{})"), "safety_identifier", "must be a string"},
      {body_with(R"("prompt_cache_key":[])"), "prompt_cache_key", "must be a string"},
      {body_with(R"("prompt_cache_options":"x")"), "prompt_cache_options", "must be an object"},
      {body_with(R"("prompt_cache_retention":24)"), "prompt_cache_retention", "must be a string"},
      {body_with(R"("store":"no")"), "store", "must be true or false"},
      {body_with(R"("parallel_tool_calls":0)"), "parallel_tool_calls", "must be true or false"},
      {body_with(R"("reasoning_effort":3)"), "reasoning_effort", "must be a string"},
      {body_with(R"("verbosity":false)"), "verbosity", "must be a string"},
      {body_with(R"("service_tier":{})"), "service_tier", "must be a string"},
      {body_with(R"("prediction":"x")"), "prediction", "must be an object"},
      {body_with(R"("audio":"alloy")"), "audio", "must be an object"},
      {body_with(R"("web_search_options":true)"), "web_search_options", "must be an object"},
      {body_with(R"("moderation":"on")"), "moderation", "must be an object"},
      {body_with(R"("modalities":"text")"), "modalities", "must be an array"},
      {body_with(R"("modalities":["text",1])"), "modalities[1]", "must be a string"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfStopBiasAndMetadata) {
  expect_complaints({
      {body_with(R"("stop":7)"), "stop", "a string or an array"},
      {body_with(R"("stop":["a",null])"), "stop[1]", "must be a string, not null"},
      {body_with(R"("logit_bias":[])"), "logit_bias", "must be an object"},
      {body_with(R"("logit_bias":{"50256":"1"})"), "logit_bias.50256", "must be a number"},
      {body_with(R"("metadata":"x")"), "metadata", "must be an object"},
  });
}

// What is noted, not complained of: only some targets need it otherwise.
void expect_notes(std::optional<Error> chat::Source::*note, const std::vector<Complaint>& notes) {
  for (const Complaint& c : notes) {
    const DecodedBody decoded = decode(c.body);
    ASSERT_TRUE(decoded.request.has_value()) << c.body << "\n" << decoded.error.message;
    const std::optional<Error>& error = decoded->source.*note;
    ASSERT_TRUE(error.has_value()) << c.body;
    EXPECT_EQ(error->kind, ErrorKind::kBadRequest) << c.body;
    EXPECT_EQ(error->param, c.param) << c.body << "\n" << error->message;
    EXPECT_NE(error->message.find(c.says), std::string::npos) << c.body << "\n" << error->message;
  }
}

TEST(OpenAiChatRequestNotes, AreOfValuesOutOfRange) {
  expect_notes(&chat::Source::out_of_range,
               {
                   {body_with(R"("temperature":2.1)"), "temperature", "from 0 to 2"},
                   {body_with(R"("temperature":-0.1)"), "temperature", "from 0 to 2"},
                   {body_with(R"("top_p":1.01)"), "top_p", "from 0 to 1"},
                   {body_with(R"("presence_penalty":-2.5)"), "presence_penalty", "from -2 to 2"},
                   {body_with(R"("frequency_penalty":3)"), "frequency_penalty", "from -2 to 2"},
                   {body_with(R"("max_tokens":0)"), "max_tokens", "at least 1"},
                   {body_with(R"("top_logprobs":21)"), "top_logprobs", "at most 20"},
                   {body_with(R"("top_logprobs":-1)"), "top_logprobs", "at least 0"},
                   {body_with(R"("stop":[])"), "stop", "1 to 4"},
                   {body_with(R"("logit_bias":{"50256":101})"), "logit_bias.50256", "from -100 to 100"},
                   {body_with(R"("max_tokens":-1)"), "max_tokens", "at least 1"},
                   {body_with(R"("top_p":2,"temperature":3)"), "top_p", "from 0 to 1"},
               });
}

TEST(OpenAiChatRequestNotes, AreOfWhatOpenAiAloneLimits) {
  expect_notes(&chat::Source::unusual,
               {
                   {body_with(R"("stop":["a","b","c","d","e"])"), "stop", "1 to 4"},
                   {body_with(R"("metadata":{"a":"b","c":1})"), "metadata.c", "must be a string"},
                   {body_with(R"("metadata":{"tags":["a"],"trace":{"id":7}})"), "metadata.tags", "must be a string"},
                   {body_of_part(R"({"type":"image_url","image_url":"https://x"})"), "messages[0].content[1].image_url",
                    "must be an object, not a string"},
               });
}

TEST(OpenAiChatRequestNotes, AreNotOfWhatOpenAiDocuments) {
  const DecodedBody decoded =
      decode(body_with(R"("stop":["a","b","c","d"],"metadata":{"a":"b"},"temperature":2,"max_tokens":1)"));
  ASSERT_TRUE(decoded.request.has_value()) << decoded.error.message;
  EXPECT_FALSE(decoded->source.unusual.has_value());
  EXPECT_FALSE(decoded->source.out_of_range.has_value());
}

TEST(OpenAiChatRequestComplaints, AreOfMessages) {
  expect_complaints({
      {body_of("7"), "messages[0]", "must be an object, not a number"},
      {body_of("null"), "messages[0]", "must be an object, not null"},
      {body_of("{}"), "messages[0].role", "is required"},
      {body_of(R"({"role":7})"), "messages[0].role", "must be a string"},
      {body_of(R"({"role":"robot","content":"hi"})"), "messages[0].role", "must be one of system"},
      {body_of(R"({"role":"user"})"), "messages[0].content", "is required"},
      {body_of(R"({"role":"system","content":null})"), "messages[0].content", "is required"},
      {body_of(R"({"role":"assistant"})"), "messages[0].content", "is required unless"},
      {body_of(R"({"role":"user","content":7})"), "messages[0].content", "a string or an array"},
      {body_of(R"({"role":"user","content":{}})"), "messages[0].content", "a string or an array"},
      {body_of(R"({"role":"user","content":[]})"), "messages[0].content", "at least one part"},
      {body_of(R"({"role":"user","content":"hi","name":[]})"), "messages[0].name", "must be a string"},
      {body_of(R"({"role":"assistant","refusal":1})"), "messages[0].refusal", "must be a string"},
      {body_of(R"({"role":"tool","content":"x"})"), "messages[0].tool_call_id", "is required"},
      {body_of(R"({"role":"tool","tool_call_id":1,"content":"x"})"), "messages[0].tool_call_id", "must be a string"},
      {body_of(R"({"role":"tool","tool_call_id":"1"})"), "messages[0].content", "is required"},
      {body_of(R"({"role":"function","content":"x"})"), "messages[0].name", "is required"},
      {body_of(R"({"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"x"})"), "messages[2].role",
       "must be one of"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfParts) {
  expect_complaints({
      {body_of_part("7"), "messages[0].content[1]", "must be an object"},
      {body_of_part("{}"), "messages[0].content[1].type", "is required"},
      {body_of_part(R"({"type":["text"]})"), "messages[0].content[1].type", "must be a string"},
      {body_of_part(R"({"type":null,"video":{}})"), "messages[0].content[1].type", "is required"},
      {body_of_part(R"({"type":"text"})"), "messages[0].content[1].text", "is required"},
      {body_of_part(R"({"type":"text","text":null})"), "messages[0].content[1].text", "is required"},
      {body_of_part(R"({"type":"text","text":7})"), "messages[0].content[1].text", "must be a string"},
      {body_of_part(R"({"type":"image_url"})"), "messages[0].content[1].image_url", "is required"},
      {body_of_part(R"({"type":"image_url","image_url":{}})"), "messages[0].content[1].image_url.url", "is required"},
      {body_of_part(R"({"type":"image_url","image_url":{"url":7}})"), "messages[0].content[1].image_url.url",
       "must be a string"},
      {body_of_part(R"({"type":"image_url","image_url":{"url":""}})"), "messages[0].content[1].image_url.url",
       "must not be empty"},
      {body_of_part(R"({"type":"image_url","image_url":{"url":"data:,","detail":1}})"),
       "messages[0].content[1].image_url.detail", "must be a string"},
      {body_of_part(R"({"type":"input_audio","input_audio":{"data":"eA=="}})"),
       "messages[0].content[1].input_audio.format", "is required"},
      {body_of_part(R"({"type":"input_audio","input_audio":{"format":"wav"}})"),
       "messages[0].content[1].input_audio.data", "is required"},
      {body_of_part(R"({"type":"file","file":{"filename":"a"}})"), "messages[0].content[1].file",
       "must have file_data or file_id"},
      {body_of_part(R"({"type":"file","file":{"file_data":1}})"), "messages[0].content[1].file.file_data",
       "must be a string"},
      {body_of_part(R"({"type":"refusal","refusal":"no"})"), "messages[0].content[1].type", "of this role"},
      {body_of(R"({"role":"system","content":[{"type":"image_url","image_url":{"url":"data:,"}}]})"),
       "messages[0].content[0].type", "of this role"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfToolCalls) {
  expect_complaints({
      {body_of_call("7"), "messages[0].tool_calls[0]", "must be an object"},
      {body_of_call("{}"), "messages[0].tool_calls[0].function", "is required"},
      {body_of_call(R"({"function":{"name":"f"}})"), "messages[0].tool_calls[0].id", "is required"},
      {body_of_call(R"({"id":7,"function":{"name":"f"}})"), "messages[0].tool_calls[0].id", "must be a string"},
      {body_of_call(R"({"id":"1","type":7,"function":{"name":"f"}})"), "messages[0].tool_calls[0].type",
       "must be a string"},
      {body_of_call(R"({"id":"1","type":"custom","function":{"name":"f"}})"), "messages[0].tool_calls[0].custom",
       "is required"},
      {body_of_call(R"({"id":"1","function":{}})"), "messages[0].tool_calls[0].function.name", "is required"},
      {body_of_call(R"({"id":"1","function":{"name":"f","arguments":7}})"),
       "messages[0].tool_calls[0].function.arguments", "must be a string"},
      {body_of_call(R"({"id":"1","custom":{"name":"f","input":7}})"), "messages[0].tool_calls[0].custom.input",
       "must be a string"},
      {body_of(R"({"role":"assistant","tool_calls":{}})"), "messages[0].tool_calls", "must be an array"},
      {body_of(R"({"role":"user","content":"x","tool_calls":[{"id":"1","function":{"name":"f"}}]})"),
       "messages[0].tool_calls", "only for messages of the assistant"},
      {body_of(R"({"role":"user","content":"x","function_call":{"name":"f"}})"), "messages[0].function_call",
       "only for messages of the assistant"},
      {body_of(R"({"role":"assistant","function_call":{"arguments":""}})"), "messages[0].function_call.name",
       "is required"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfTools) {
  expect_complaints({
      {body_with(R"("tools":{})"), "tools", "must be an array"},
      {body_with(R"("tools":["f"])"), "tools[0]", "must be an object"},
      {body_with(R"("tools":[{"function":{"name":"f"}}])"), "tools[0].type", "is required"},
      {body_with(R"("tools":[{"type":{"browser":1}}])"), "tools[0].type", "must be a string"},
      {body_with(R"("tools":[{"type":"function"}])"), "tools[0].function", "is required"},
      {body_with(R"("tools":[{"type":"function","function":{}}])"), "tools[0].function.name", "is required"},
      {body_with(R"("tools":[{"type":"function","function":{"name":""}}])"), "tools[0].function.name", "empty"},
      {body_with(R"("tools":[{"type":"function","function":{"name":"f","parameters":"{}"}}])"),
       "tools[0].function.parameters", "must be an object"},
      {body_with(R"("tools":[{"type":"function","function":{"name":"f","strict":"yes"}}])"), "tools[0].function.strict",
       "true or false"},
      {body_with(R"("tools":[{"type":"function","function":{"name":"f","description":1}}])"),
       "tools[0].function.description", "must be a string"},
      {body_with(R"("tools":[{"type":"custom","custom":{"name":"f","format":"text"}}])"), "tools[0].custom.format",
       "must be an object"},
      {body_with(R"("tools":[{"type":"custom"}])"), "tools[0].custom", "is required"},
      {body_with(R"("functions":[{}])"), "functions[0].name", "is required"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfToolChoices) {
  expect_complaints({
      {body_with(R"("tool_choice":7)"), "tool_choice", "must be a string, or an object"},
      {body_with(R"("tool_choice":["auto"])"), "tool_choice", "must be a string, or an object"},
      {body_with(R"("tool_choice":{})"), "tool_choice.type", "is required"},
      {body_with(R"("tool_choice":{"type":7})"), "tool_choice.type", "must be a string"},
      {body_with(R"("tool_choice":{"type":"function"})"), "tool_choice.function", "is required"},
      {body_with(R"("tool_choice":{"type":"function","function":{}})"), "tool_choice.function.name", "is required"},
      {body_with(R"("tool_choice":{"type":"custom"})"), "tool_choice.custom", "is required"},
      {body_with(R"("tool_choice":{"type":"allowed_tools"})"), "tool_choice.allowed_tools", "is required"},
      {body_with(R"("tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"maybe"}})"),
       "tool_choice.allowed_tools.mode", "auto or required"},
      {body_with(R"("tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto"}})"),
       "tool_choice.allowed_tools.tools", "is required"},
      {body_with(
           R"("tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function"}]}})"),
       "tool_choice.allowed_tools.tools[0].function", "is required"},
      {body_with(R"("function_call":"required")"), "function_call", "must be none, auto"},
      {body_with(R"("function_call":{})"), "function_call.name", "is required"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfResponseFormats) {
  expect_complaints({
      {body_with(R"("response_format":"json")"), "response_format", "must be an object"},
      {body_with(R"("response_format":{})"), "response_format.type", "is required"},
      {body_with(R"("response_format":{"type":["xml"]})"), "response_format.type", "must be a string"},
      {body_with(R"("response_format":{"type":"json_schema"})"), "response_format.json_schema", "is required"},
      {body_with(R"("response_format":{"type":"json_schema","json_schema":{}})"), "response_format.json_schema.name",
       "is required"},
      {body_with(R"("response_format":{"type":"json_schema","json_schema":{"name":"a","schema":[]}})"),
       "response_format.json_schema.schema", "must be an object"},
      {body_with(R"("response_format":{"type":"json_schema","json_schema":{"name":"a","strict":1}})"),
       "response_format.json_schema.strict", "true or false"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfTheGatewaysOwnOptions) {
  expect_complaints({
      {body_with(R"("onellm":"choices")"), "onellm", "must be an object"},
      {body_with(R"("onellm":{"merge":1})"), "onellm.merge", "must be a string"},
      {body_with(R"("onellm":{"strict":"yes"})"), "onellm.strict", "true or false"},
      {body_with(R"("onellm":{"lane":"native"})"), "onellm.lane", "must be translated"},
      {body_with(R"("onellm":{"lane":1})"), "onellm.lane", "must be a string"},
      {body_with(R"("onellm":{"murge":"choices"})"), "onellm.murge", "is not an option"},
      {body_with(R"("onellm":{"auto_cache":"off"})"), "onellm.auto_cache", "true or false"},
  });
}

TEST(OpenAiChatRequestComplaints, AreOfTooMuchOfAnything) {
  std::string many_keys = R"("k":0)";
  for (size_t i = 0; i < kRequestKeysMax; ++i) many_keys += ",\"k" + std::to_string(i) + "\":0";
  std::string many_parts = R"({"type":"text","text":""})";
  for (size_t i = 0; i < kRequestElementsMax; ++i) many_parts += R"(,{"type":"text","text":""})";
  const std::string long_key(kRequestKeyBytesMax + 1, 'k');
  const std::string long_model(kModelBytesMax + 1, 'm');
  expect_complaints({
      {body_with(many_keys), "k509", "one top-level key too many"},
      {body_of(R"({"role":"user","content":[)" + many_parts + "]}"), "messages[0].content", "too many"},
      {body_with("\"" + long_key + "\":1"), long_key.substr(0, 64), "too long a key"},
      {R"({"model":")" + long_model + R"(","messages":[]})", "model", "too long"},
  });
}

TEST(OpenAiChatRequestComplaints, ShowTheKeysOfClientsUnescapedAndCut) {
  expect_complaints({
      {body_with(R"("logit_bias":{"\u00e4\"":"1"})"), "logit_bias.\xC3\xA4\"", "must be a number"},
      {body_with("\"logit_bias\":{\"" + std::string(63, 'x') + "\xC3\xA4\":\"1\"}"),
       "logit_bias." + std::string(63, 'x'), "must be a number"},
  });
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
