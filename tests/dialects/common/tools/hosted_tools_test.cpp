// Tools that OpenAI runs itself, asked for in a chat request: what each kind of target gets.
#include "dialects/common/tools/hosted_tools.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_chat/request/api_choice.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/palm/dialect.h"
#include "dialects/request_support.h"

namespace onellm::dialects {
namespace {

using Json = nlohmann::json;

const char* const kHosted[] = {
    R"({"type":"web_search"})",
    R"({"type":"web_search_preview","search_context_size":"low"})",
    R"({"type":"web_search_2025_08_26"})",
    R"({"type":"code_interpreter","container":{"type":"auto"}})",
    R"({"type":"file_search","vector_store_ids":["vs_1"]})",
    R"({"type":"image_generation","quality":"low"})",
    R"({"server_label":"s","type":"mcp","server_url":"https://mcp.example","require_approval":"never"})",
};

std::string with_tools(const std::string& tools) { return body_with("\"tools\":[" + tools + "]"); }

Json parse(const EncodedRequest& encoded) { return Json::parse(encoded.body.flat(), nullptr, false); }

struct Answer {
  Json body;
  std::vector<std::string> dropped;
  Error error;
};
Answer send(const Dialect& dialect, std::string_view body, models::Maker maker, const char* model,
            bool strict = false) {
  const DecodedBody decoded = decode_good(body);
  Result<EncodedRequest> encoded = dialect.encode_request(
      *decoded.request, {.model = model, .strict = strict, .contract = models::contract_of(maker, model)});
  if (!encoded) return {.body = {}, .dropped = {}, .error = encoded.error()};
  return {.body = parse(*encoded), .dropped = encoded->dropped, .error = {}};
}
Answer to_claude(std::string_view body, bool strict = false) {
  return send(anthropic_messages::dialect(), body, models::Maker::kAnthropic, "claude-sonnet-5-5", strict);
}
Answer to_gemini(std::string_view body, const char* model = "gemini-3.5-flash") {
  return send(gemini::dialect(), body, models::Maker::kGoogle, model);
}
Answer to_responses(std::string_view body) {
  return send(openai_responses::dialect(), body, models::Maker::kOpenAi, "gpt-5.6");
}

TEST(HostedTools, AreKnownToOpenAisResponsesApiAlone) {
  for (const char* tool : kHosted) {
    const std::string body = with_tools(tool);
    const DecodedBody decoded = decode_good(body);
    EXPECT_EQ(decoded->source.foreign_type, "");
    for (const char* model : {"gpt-4o", "gpt-5.6", "o3"}) {
      EXPECT_TRUE(openai_chat::needs_responses(models::contract_of(models::Maker::kOpenAi, model), *decoded.request));
    }
    EXPECT_EQ(to_responses(body).body["tools"][0], Json::parse(tool)) << tool;
  }
}

TEST(HostedTools, GoToHostsOfOpenAisFormatAsTheyWereWritten) {
  for (const char* tool : kHosted) {
    const std::string body = with_tools(tool);
    const DecodedBody decoded = decode_good(body);
    Result<EncodedRequest> sent = openai_chat::dialect().encode_request(
        *decoded.request, {.model = "m", .host = {.mapping = HostMapping::kCompatible}});
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->body.flat(), body);
  }
}

TEST(HostedTools, StandBesideFunctionsAndMayBeForced) {
  const std::string body = body_with(
      R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"web_search"}],"tool_choice":{"type":"web_search"})");
  const Json sent = to_responses(body).body;
  EXPECT_EQ(sent["tools"][0]["name"], "f");
  EXPECT_EQ(sent["tools"][1]["type"], "web_search");
  EXPECT_EQ(sent["tool_choice"], Json::parse(R"({"type":"web_search"})"));
  for (const Dialect* dialect :
       {static_cast<const Dialect*>(&anthropic_messages::dialect()), static_cast<const Dialect*>(&gemini::dialect())}) {
    EXPECT_EQ(send(*dialect, body, models::Maker::kAnthropic, "m").error.param, "tool_choice.type");
  }
}

TEST(HostedTools, BecomeTheSearchOfClaudeAndGoogle) {
  const std::string body = with_tools(R"({"type":"web_search","user_location":{"type":"approximate","city":"Oslo"},)"
                                      R"("filters":{"allowed_domains":["a.b"]},"search_context_size":"low"})");
  const Answer claude = to_claude(body);
  EXPECT_EQ(claude.body["tools"][0],
            Json::parse(R"({"type":"web_search_20250305","name":"web_search","allowed_domains":["a.b"],)"
                        R"("user_location":{"type":"approximate","city":"Oslo"}})"));
  EXPECT_EQ(claude.dropped, std::vector<std::string>{"web_search_options.search_context_size"});
  EXPECT_EQ(to_claude(body, true).error.param, "web_search_options.search_context_size");
  const Answer google = to_gemini(body);
  EXPECT_EQ(google.body["tools"], Json::parse(R"([{"googleSearch":{}}])"));
  EXPECT_EQ(google.dropped.front(), "tools[].allowed_domains");
}

TEST(HostedTools, BecomeTheInterpreterOfGoogle) {
  const std::string body = with_tools(R"({"type":"code_interpreter","container":{"type":"auto"}})");
  EXPECT_EQ(to_gemini(body).body["tools"], Json::parse(R"([{"codeExecution":{}}])"));
  const std::string beside = with_tools(
      R"({"type":"function","function":{"name":"f"}},{"type":"code_interpreter","container":{"type":"auto"}})");
  EXPECT_EQ(to_gemini(beside, "gemini-2.5-flash").dropped, std::vector<std::string>{"tools[].code_interpreter"});
}

TEST(HostedTools, AreRefusedByNameWhereTheTargetHasNone) {
  for (const char* type : {"file_search", "image_generation", "mcp"}) {
    const std::string body =
        with_tools(R"({"type":"function","function":{"name":"f"}},{"type":")" + std::string(type) + R"("})");
    for (const Answer& answer : {to_claude(body), to_gemini(body)}) {
      EXPECT_EQ(status_of(answer.error), 400);
      EXPECT_EQ(answer.error.param, "tools[1].type");
    }
    EXPECT_FALSE(palm::dialect().encode_request(*decode_good(body).request, {.model = "m"}));
  }
  EXPECT_EQ(to_claude(with_tools(R"({"type":"code_interpreter"})")).error.param, "tools[0].type");
}

TEST(HostedTools, ThatAreTooLongAreNotParsedAgain) {
  std::string domains = "\"a.b\"";
  while (domains.size() <= kHostedToolBytesMax) domains += "," + domains;
  const std::string tool = R"({"type":"web_search","filters":{"allowed_domains":[)" + domains + "]}}";
  for (const Answer& answer : {to_claude(with_tools(tool)), to_gemini(with_tools(tool))}) {
    EXPECT_EQ(status_of(answer.error), 400);
    EXPECT_EQ(answer.error.param, "tools[0]");
  }
  EXPECT_EQ(to_responses(with_tools(tool)).body["tools"][0], Json::parse(tool));
  const std::string server = R"({"type":"mcp","allowed_tools":[)" + domains + "]}";
  EXPECT_EQ(to_claude(with_tools(server)).error.param, "tools[0].type");
  EXPECT_EQ(to_responses(with_tools(server)).body["tools"][0], Json::parse(server));
}

TEST(HostedTools, OfAnthropicBecomeThoseOfOpenAi) {
  const std::string body = with_tools(
      R"({"type":"web_search_20250305","name":"web_search","max_uses":3,"allowed_domains":["a.b"]},{"type":"code_execution_20250825","name":"x"})");
  const Answer answer = to_responses(body);
  EXPECT_EQ(
      answer.body["tools"],
      Json::parse(
          R"([{"type":"web_search","filters":{"allowed_domains":["a.b"]}},{"type":"code_interpreter","container":{"type":"auto"}}])"));
  EXPECT_EQ(answer.dropped, std::vector<std::string>{"tools[].max_uses"});
  const Json claude = to_claude(with_tools(R"({"type":"web_search_20250305","name":"web_search","max_uses":3})")).body;
  EXPECT_EQ(claude["tools"], Json::parse(R"([{"type":"web_search_20250305","name":"web_search","max_uses":3}])"));
}

TEST(HostedTools, OfManyThousandMembersNameAFixedNumberOfThem) {
  std::string tool = R"({"type":"web_search")";
  for (int i = 0; i < 20'000; ++i) tool += ",\"k" + std::to_string(i) + "\":0,\"max_uses\":1";
  const Answer answer = to_claude(with_tools(tool + "}"));
  EXPECT_EQ(answer.dropped.size(), kHostedMembersMax);
  EXPECT_LT(answer.body.dump().size(), 4096U);
}

}  // namespace
}  // namespace onellm::dialects
