// What hosts that are compatible with OpenAI get of a request, and what settings of a host do.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

using Names = std::vector<std::string>;
using Renames = std::vector<std::pair<std::string, std::string>>;

constexpr HostRules kCompatible{.mapping = HostMapping::kCompatible};
constexpr HostRules kAsWritten{};

Sent send(std::string_view members, const HostRules& host) { return send_members("llama", members, host); }

TEST(CompatibleRequest, LeavesOutWhatOnlyOpenAiHas) {
  EXPECT_EQ(send(R"("metadata":{"a":"b"},"store":true,"seed":1,"verbosity":"low","service_tier":"auto",)"
                 R"("prediction":{},"moderation":{},"prompt_cache_key":"k","prompt_cache_options":{},)"
                 R"("prompt_cache_retention":"24h")",
                 kCompatible),
            (Sent{R"("seed":1)",
                  {"metadata", "store", "verbosity", "service_tier", "prediction", "moderation", "prompt_cache_key",
                   "prompt_cache_options", "prompt_cache_retention"}}));
  EXPECT_EQ(send(R"("store":false,"metadata":null)", kCompatible), (Sent{"", {}}));
}

TEST(CompatibleRequest, PassesEverythingElseToTheByte) {
  const char* members =
      R"("temperature":1.90,"top_p":1e-1,"max_tokens":10,"max_completion_tokens":10,"stop":["a"],"n":2,)"
      R"("reasoning_effort":"none","user":"u","safety_identifier":"s","parallel_tool_calls":false,)"
      R"("response_format":{"type":"json_object"},"top_k":5,"min_p":0.10,"chat_template_kwargs":{"thinking":false})";
  EXPECT_EQ(send(members, kCompatible), (Sent{members, {}}));
}

TEST(CompatibleRequest, CallsDevelopersSystem) {
  EXPECT_EQ(send_messages("llama", R"({"content":"D","role":"developer"},{"role":"user","content":"U"})", kCompatible),
            (Sent{R"({"content":"D","role":"system"},{"role":"user","content":"U"})", {}}));
}

TEST(CompatibleRequest, RenewsFunctions) {
  const char* f = R"({"name":"f","parameters":{"type":"object"},"x":1.0})";
  const std::string functions = R"("functions":[)" + std::string(f) + R"(,{"name":"g"}])";
  const std::string tools = R"("tools":[{"type":"function","function":)" + std::string(f) +
                            R"(},{"type":"function","function":{"name":"g"}}])";
  EXPECT_EQ(send(functions, kCompatible), (Sent{tools, {}}));
  EXPECT_EQ(send(functions + R"(,"function_call":"none")", kCompatible),
            (Sent{tools + R"(,"tool_choice":"none")", {}}));
  EXPECT_EQ(send(functions + R"(,"function_call":{"name":"g"})", kCompatible),
            (Sent{tools + R"(,"tool_choice":{"type":"function","function":{"name":"g"}})", {}}));
  EXPECT_EQ(send(R"("tools":null,"tool_choice":null,)" + functions, kCompatible),
            (Sent{R"("tool_choice":null,)" + tools, {}}));
  EXPECT_EQ(send(tools + ',' + functions, kCompatible), (Sent{tools, {"functions"}}));
  EXPECT_EQ(send(R"("functions":[])", kCompatible), (Sent{"", {}}));
}

TEST(CompatibleRequest, RenewsCallsOfFunctions) {
  EXPECT_EQ(send_messages("llama",
                          R"({"role":"user","content":"1+1, 2+2"},)"
                          R"({"role":"assistant","content":null,"function_call":{"name":"add","arguments":"[1]"}},)"
                          R"({"role":"function","name":"add","content":"2"},)"
                          R"({"function_call":{"arguments":"[2]","name":"add"},"tool_calls":null,"role":"assistant"},)"
                          R"({"content":null,"name":"add","role":"function"},)"
                          R"({"role":"developer","content":"Go on."})",
                          kCompatible),
            (Sent{R"({"role":"user","content":"1+1, 2+2"},)"
                  R"({"role":"assistant","content":null,"tool_calls":)"
                  R"([{"id":"call_1","type":"function","function":{"name":"add","arguments":"[1]"}}]},)"
                  R"({"role":"tool","tool_call_id":"call_1","content":"2"},)"
                  R"({"tool_calls":[{"id":"call_2","type":"function","function":{"arguments":"[2]","name":"add"}}],)"
                  R"("role":"assistant"},)"
                  R"({"content":"","tool_call_id":"call_2","role":"tool"},)"
                  R"({"role":"system","content":"Go on."})",
                  {}}));
}

TEST(CompatibleRequest, CutsTheMarksOfPromptCaches) {
  const char* marked = R"({"role":"user","content":[{"type":"text","text":"a"},)"
                       R"({"prompt_cache_breakpoint":{"mode":"explicit"},"type":"text","text":"b"},)"
                       R"({"type":"text","text":"c","cache_control":{"type":"ephemeral"}}]})";
  const char* cut = R"({"role":"user","content":[{"type":"text","text":"a"},)"
                    R"({"type":"text","text":"b"},)"
                    R"({"type":"text","text":"c","cache_control":{"type":"ephemeral"}}]})";
  EXPECT_EQ(send_messages("llama", marked, kCompatible), (Sent{cut, {"prompt_cache_breakpoint"}}));
  EXPECT_EQ(send_messages("llama", cut, kCompatible), (Sent{cut, {}}));
  EXPECT_EQ(send_messages("llama", marked, kAsWritten), (Sent{marked, {}}));
}

TEST(CompatibleRequest, PassesToNativeHostsWhatTheClientWrote) {
  for (const RequestFixture& fixture : all_request_fixtures()) {
    const DecodedBody decoded = decode_good(fixture.text);
    if (decoded->stream || fixture.text.find("onellm") != std::string::npos) continue;
    EXPECT_EQ(encode(fixture.text, {.model = decoded->model, .host = kAsWritten}).text, fixture.text) << fixture.name;
  }
}

// --- hosts that take nothing but nine letters and digits for the id of a tool call ---

constexpr HostRules kNineSigns{.mapping = HostMapping::kCompatible, .tool_call_ids = ToolCallIds::kNine};

std::string call_with(const std::string& id) {
  return R"({"role":"assistant","content":null,"tool_calls":[{"id":")" + id +
         R"(","type":"function","function":{"name":"f","arguments":"{}"}}]})";
}
std::string result_of(const std::string& id) {
  return R"({"role":"tool","tool_call_id":")" + id + R"(","content":"7"})";
}
std::string id_after(const std::string& text, const std::string& key) {
  return text.substr(text.find(key) + key.size(), 9);
}

TEST(NineSigns, AnIdBecomesTheSameAtTheCallAndAtItsResult) {
  for (const std::string id : {"call_Abc123def456", "", "a\\u0062", "toolu_01", "abcdefgh-", "1234567890"}) {
    const Sent sent = send_messages("m", call_with(id) + ',' + result_of(id), kNineSigns);
    const std::string now = id_after(sent.members, R"("id":")");
    EXPECT_TRUE(std::all_of(now.begin(), now.end(), [](char c) { return std::isalnum(c) != 0; })) << sent.members;
    EXPECT_EQ(sent, (Sent{call_with(now) + ',' + result_of(now), {}}));
  }
}

TEST(NineSigns, AnIdThatIsGoodStays) {
  const std::string good = call_with("aB3dE6gH9") + ',' + result_of("aB3dE6gH9");
  EXPECT_EQ(send_messages("m", good, kNineSigns), (Sent{good, {}}));
  const std::string other = call_with("call_1") + ',' + result_of("call_1");
  EXPECT_EQ(send_messages("m", other, kCompatible), (Sent{other, {}}));
}

TEST(NineSigns, OneMoreTurnChangesNothingOfTheTurnsBefore) {
  const std::string before = call_with("call_1") + ',' + result_of("call_1");
  const std::string sent = send_messages("m", before, kNineSigns).members;
  const std::string more = before + ',' + call_with("call_2") + ',' + result_of("call_2");
  EXPECT_TRUE(send_messages("m", more, kNineSigns).members.starts_with(sent));
}

TEST(NineSigns, AnIdNeverBecomesThatOfAnotherCall) {
  const std::string one = call_with("call_1");
  const std::string taken = id_after(send_messages("m", one, kNineSigns).members, R"("id":")");
  const Sent sent = send_messages("m", one + ',' + call_with(taken), kNineSigns);
  EXPECT_NE(id_after(sent.members, R"("id":")"), taken);
  EXPECT_TRUE(sent.members.ends_with(call_with(taken))) << sent.members;
}

TEST(NineSigns, CallsOfFunctionsAndLooseCallsGetThem) {
  const Sent renewed = send_messages("m",
                                     R"({"role":"assistant","function_call":{"name":"f","arguments":"{}"}},)"
                                     R"({"role":"function","name":"f","content":"7"})",
                                     kNineSigns);
  const std::string id = id_after(renewed.members, R"("id":")");
  EXPECT_EQ(id_after(renewed.members, R"("tool_call_id":")"), id) << renewed.members;
  EXPECT_EQ(id.find('_'), id.npos);
  const Sent mended = send_messages(
      "m", R"({"role":"assistant","tool_calls":[{"id":"call_1","function":{"name":"f","arguments":{}}}]})", kNineSigns);
  const std::string other = id_after(mended.members, R"("id":")");
  EXPECT_EQ(mended.members, R"({"role":"assistant","tool_calls":[{"id":")" + other +
                                R"(","type":"function","function":{"name":"f","arguments":"{}"}}]})");
}

// --- settings ---

TEST(HostSettings, LeaveOutParameters) {
  const Names drop = {"seed", "top_k", "model", "messages", "stream"};
  for (const HostMapping mapping : {HostMapping::kAsWritten, HostMapping::kCompatible}) {
    const HostRules host{.mapping = mapping, .drop = drop};
    EXPECT_EQ(send(R"("s\u0065ed":1,"stream":false,"top_k":2,"user":"u")", host),
              (Sent{R"("stream":false,"user":"u")", {"seed", "top_k"}}));
    EXPECT_EQ(send(R"("seed":null)", host), (Sent{"", {}}));
    EXPECT_EQ(refused_parameter(body_for("llama", R"("top_k":2)"), {.model = "llama", .host = host}), "top_k");
  }
}

TEST(HostSettings, LeaveOutStreamOptions) {
  const Names drop = {"stream_options"};
  const HostRules host{.mapping = HostMapping::kCompatible, .drop = drop};
  EXPECT_EQ(send(R"("stream":true)", host), (Sent{R"("stream":true)", {}}));
  EXPECT_EQ(send(R"("stream":true,"stream_options":{})", host), (Sent{R"("stream":true)", {}}));
}

TEST(HostSettings, PassWhatIsElseLeftOut) {
  const Names pass = {"service_tier", "prompt_cache_breakpoint"};
  const HostRules host{.mapping = HostMapping::kCompatible, .pass = pass};
  EXPECT_EQ(send(R"("service_tier":"flex","store":true)", host), (Sent{R"("service_tier":"flex")", {"store"}}));
}

TEST(HostSettings, RenameParameters) {
  const Renames rename = {{"max_completion_tokens", "max_tokens"}, {"top_p", "top\"p"}, {"user", "model"}};
  const HostRules host{.mapping = HostMapping::kCompatible, .rename = rename};
  EXPECT_EQ(send(R"("max_completion_tokens":5,"top_p": 1.0e0,"user":"u")", host).members,
            R"("max_tokens":5,"top\"p": 1.0e0,"user":"u")");
  EXPECT_EQ(send(R"("max_completion_tokens":5,"max_tokens":6)", host), (Sent{R"("max_tokens":6)", {}}));
  EXPECT_EQ(send(R"("max_completion_tokens":5,"max_tokens":null)", host), (Sent{R"("max_tokens":5)", {}}));
}

TEST(HostSettings, RenameTwoParametersToOne) {
  const Renames rename = {{"max_completion_tokens", "limit"}, {"max_tokens", "limit"}, {"seed", "top_k"}};
  const HostRules host{.mapping = HostMapping::kCompatible, .rename = rename};
  EXPECT_EQ(send(R"("max_tokens":5,"max_completion_tokens":6)", host), (Sent{R"("limit":5)", {}}));
  EXPECT_EQ(send(R"("seed":5,"top_k":6)", host), (Sent{R"("top_k":6)", {"seed"}}));
}

// --- properties, of every fixture and every kind of host ---

struct HostCase {
  const char* model;
  HostRules host;
};

TEST(HostRulesProperty, WhatIsSentIsARequestAndNeedsNoMoreChanges) {
  const HostCase cases[] = {{"llama", kCompatible},
                            {"mistral", kNineSigns},
                            {"llama", kAsWritten},
                            {"o1-mini", {.mapping = HostMapping::kOpenAi}},
                            {"o3", {.mapping = HostMapping::kOpenAi}},
                            {"gpt-6.1-sol", {.mapping = HostMapping::kOpenAi}},
                            {"gpt-4o", {.mapping = HostMapping::kOpenAi, .api_version = "2024-06-01"}}};
  for (const RequestFixture& fixture : all_request_fixtures()) {
    for (const HostCase& c : cases) {
      const EncodeOptions options{.model = c.model, .host = c.host};
      const Encoded once = encode(fixture.text, options);
      const Encoded twice = encode(once.text, options);
      EXPECT_EQ(twice.text, once.text) << fixture.name << " to " << c.model;
      EXPECT_EQ(twice.pieces, 1u) << fixture.name << " to " << c.model;
      EXPECT_TRUE(twice.dropped.empty()) << fixture.name << " to " << c.model;
      EXPECT_FALSE(nlohmann::json::parse(once.text, nullptr, false).is_discarded()) << once.text;
    }
  }
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
