// Requests for PaLM's two methods, compared as parsed JSON.
#include "dialects/palm/request/writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "dialects/openai_chat/dialect.h"

namespace onellm::dialects::palm {
namespace {

using Json = nlohmann::json;

struct Encoded {
  Json body;
  std::vector<std::string> dropped;
  Error error;
};

Encoded encode(const Json& request, const std::string& model = "chat-bison-001", bool strict = false) {
  Json whole = request;
  whole["model"] = "m";
  const json::Buffer buffer(whole.dump());
  Encoded out;
  Result<chat::Request> decoded = openai_chat::dialect().decode_request(buffer);
  EXPECT_TRUE(decoded) << whole;
  if (!decoded) return out;
  Result<EncodedRequest> encoded = encode_request(*decoded, {.model = model, .strict = strict});
  if (!encoded) {
    out.error = encoded.error();
    return out;
  }
  EXPECT_EQ(encoded->reply.model, model);
  out.body = Json::parse(encoded->body.flat(), nullptr, false);
  out.dropped = encoded->dropped;
  return out;
}

Json user(const std::string& text) { return {{"role", "user"}, {"content", text}}; }
Json assistant(const std::string& text) { return {{"role", "assistant"}, {"content", text}}; }
Json system_message(const std::string& text) { return {{"role", "system"}, {"content", text}}; }

Json with_messages(const std::vector<Json>& messages, Json more = Json::object()) {
  more["messages"] = messages;
  return more;
}
Json hi(const Json& more) { return with_messages({user("hi")}, more); }

TEST(PalmRequest, OfAChatHasContextAndTurns) {
  const Json body = encode(with_messages({system_message("Be \"terse\"."),
                                          user("hi"),
                                          assistant("Hello."),
                                          {{"role", "developer"}, {"content", "Now in German."}},
                                          user("How are you?")},
                                         {{"temperature", 0.1}, {"top_p", 0.8}, {"n", 3}, {"top_k", 40}}))
                        .body;
  EXPECT_EQ(body, Json::parse(R"({"prompt":{"context":"Be \"terse\".\n\nNow in German.","messages":[
      {"author":"0","content":"hi"},{"author":"1","content":"Hello."},{"author":"0","content":"How are you?"}]},
      "temperature":0.1,"candidateCount":3,"topP":0.8,"topK":40})"));
}

TEST(PalmRequest, MergesWhatOneSideSaysInARow) {
  const Json parts = {{"role", "user"},
                      {"name", "ada"},
                      {"content", {{{"type", "text"}, {"text", "one"}}, {{"type", "text"}, {"text", "two"}}}}};
  const Json body = encode(with_messages({parts, user("three"), assistant("four"), assistant(""), user("five")})).body;
  EXPECT_EQ(body["prompt"]["messages"], Json::parse(R"([{"author":"ada","content":"one\ntwo\n\nthree"},
      {"author":"1","content":"four"},{"author":"0","content":"five"}])"));
}

TEST(PalmRequest, TakesNamedSystemMessagesForExamples) {
  Json input = system_message("2+2"), output = system_message("4"), alone = system_message("alone");
  input["name"] = alone["name"] = "example_user";
  output["name"] = "example_assistant";
  const Json messages = with_messages({system_message("Add."), input, output, alone, user("3+3")});
  EXPECT_EQ(encode(messages).body["prompt"], Json::parse(R"({"context":"Add.\n\nalone",
      "examples":[{"input":{"content":"2+2"},"output":{"content":"4"}}],"messages":[{"author":"0","content":"3+3"}]})"));
  EXPECT_EQ(encode(messages, "text-bison-001").body["prompt"]["text"],
            "Add.\n\nalone\n\nUser: 2+2\n\nAssistant: 4\n\nUser: 3+3\n\nAssistant:");
}

TEST(PalmRequest, OfATextIsOneText) {
  EXPECT_EQ(encode(hi(Json::object()), "text-bison-001").body, Json::parse(R"({"prompt":{"text":"hi"}})"));
  EXPECT_EQ(encode(with_messages({system_message("Be terse."), user("hi")}), "text-bison-001").body["prompt"]["text"],
            "Be terse.\n\nhi");
  EXPECT_EQ(
      encode(with_messages({user("hi"), assistant("Hello."), user("Bye")}), "text-bison-001").body["prompt"]["text"],
      "User: hi\n\nAssistant: Hello.\n\nUser: Bye\n\nAssistant:");
}

TEST(PalmRequest, OfATextHasLimitsAndStops) {
  const Json body = encode(hi({{"max_tokens", 5}, {"stop", "X"}, {"temperature", 0}}), "text-bison-001").body;
  EXPECT_EQ(body, Json::parse(R"({"prompt":{"text":"hi"},"temperature":0,"maxOutputTokens":5,"stopSequences":["X"]})"));
  EXPECT_EQ(encode(hi({{"max_tokens", 5}, {"max_completion_tokens", 6}, {"stop", {"X", "Y"}}}), "text-bison-001").body,
            Json::parse(R"({"prompt":{"text":"hi"},"maxOutputTokens":6,"stopSequences":["X","Y"]})"));
}

TEST(PalmRequest, TakesATemperatureOfAtMostOne) {
  EXPECT_EQ(encode(hi({{"temperature", 1.8}})).body["temperature"], 1);
  EXPECT_EQ(encode(hi({{"temperature", 1}})).body["temperature"], 1);
  EXPECT_EQ(encode(hi({{"temperature", 0.75}})).body["temperature"], 0.75);
}

TEST(PalmRequest, NamesWhatItLeavesOut) {
  const Json request = hi({{"max_tokens", 5},
                           {"stop", "X"},
                           {"seed", 1},
                           {"user", "u"},
                           {"stream", true},
                           {"stream_options", {{"include_usage", true}}},
                           {"logprobs", false},
                           {"presence_penalty", 0},
                           {"modalities", {"text"}},
                           {"top_k", "x"},
                           {"min_p", 0.1}});
  EXPECT_EQ(encode(request).dropped,
            (std::vector<std::string>{"max_tokens", "seed", "stop", "user", "min_p", "top_k"}));
  EXPECT_EQ(encode(request, "text-bison-001").dropped, (std::vector<std::string>{"seed", "user", "min_p", "top_k"}));
  const Error error = encode(request, "chat-bison-001", true).error;
  EXPECT_EQ(code_of(error), "unsupported_parameter");
  EXPECT_EQ(error.param, "max_tokens");
  EXPECT_FALSE(encode(hi({{"temperature", 0.5}}), "chat-bison-001", true).body.is_null());
}

TEST(PalmRequest, RefusesWhatPalmCannotDo) {
  const Json tool = {{"type", "function"}, {"function", {{"name", "f"}}}};
  const Json call = {{"id", "1"}, {"type", "function"}, {"function", {{"name", "f"}, {"arguments", "{}"}}}};
  const Json image = {{"type", "image_url"}, {"image_url", {{"url", "https://x.test/a.png"}}}};
  struct Case {
    Json request;
    const char* param;
  };
  const Case cases[] = {
      {hi({{"tools", {tool}}}), "tools"},
      {hi({{"functions", {{{"name", "f"}}}}}), "functions"},
      {hi({{"response_format", {{"type", "json_object"}}}}), "response_format"},
      {hi({{"modalities", {"text", "audio"}}, {"audio", {{"voice", "alloy"}, {"format", "wav"}}}}), "modalities"},
      {hi({{"n", 9}}), "n"},
      {with_messages({{{"role", "user"}, {"content", {image}}}}), "messages[0].content[0]"},
      {with_messages({user("a"), {{"role", "assistant"}, {"content", nullptr}, {"tool_calls", {call}}}}),
       "messages[1].tool_calls"},
      {with_messages({user("a"), {{"role", "assistant"}, {"audio", {{"id", "audio_1"}}}}, user("b")}),
       "messages[1].audio"},
      {with_messages({user("a"), {{"role", "tool"}, {"tool_call_id", "1"}, {"content", "x"}}}), "messages[1].role"},
  };
  for (const Case& c : cases) {
    const Error error = encode(c.request).error;
    EXPECT_EQ(status_of(error), 400) << c.request;
    EXPECT_EQ(code_of(error), "unsupported_parameter") << c.request;
    EXPECT_EQ(error.param, c.param) << c.request;
    EXPECT_NE(error.message, "") << c.request;
  }
}

TEST(PalmRequest, MustAskSomething) {
  for (const Json& request : {with_messages({system_message("x")}), with_messages({user("a"), assistant("b")})}) {
    const Error error = encode(request).error;
    EXPECT_EQ(error.kind, ErrorKind::kBadRequest) << request;
    EXPECT_EQ(error.param, "messages") << request;
  }
}

}  // namespace
}  // namespace onellm::dialects::palm
