#include "routing/settings/settings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support/providers.h"

namespace onellm::routing {
namespace {

using nlohmann::json;
using providers::Header;
using providers::Provider;
using Problems = std::vector<std::string>;

Settings read(const json& env, const std::map<std::string, std::string>& kv = {}) {
  return read_settings(env.dump(), kv);
}

// The providers of that name, in order.
std::vector<const Provider*> named(const Settings& settings, std::string_view name) {
  std::vector<const Provider*> found;
  for (const Provider& provider : settings.providers) {
    if (provider.name == name) found.push_back(&provider);
  }
  return found;
}

Settings read_entries(const json& entries) { return read({{"ONELLM_PROVIDERS", entries}}); }

std::vector<std::pair<std::string, std::string>> models_of(const Provider& provider) {
  std::vector<std::pair<std::string, std::string>> models;
  for (const providers::Model& model : provider.models) models.emplace_back(model.name, model.upstream);
  return models;
}

TEST(Settings, OfferTheEchoAloneWhereNothingIsSet) {
  const Settings settings = read(json::object());
  ASSERT_EQ(settings.providers.size(), 1U);
  EXPECT_EQ(settings.providers[0].name, "echo");
  EXPECT_EQ(settings.problems, Problems{});
  EXPECT_EQ(settings.api_key, "");
  EXPECT_EQ(settings.body_bytes_max, kBodyBytesMaxDefault);
  EXPECT_EQ(settings.first_token_timeout_ms, kFirstTokenTimeoutMsDefault);
  EXPECT_FALSE(settings.has_kv);
}

TEST(Settings, SurviveAnEnvironmentThatIsNoJson) {
  EXPECT_EQ(read_settings("{", {}).problems, Problems{"settings: could not be read"});
}

TEST(Settings, KnowTheBindingsThatAreThere) {
  const Settings settings = read({{"bindings", {"ONELLM_KV", "ONELLM_ANALYTICS", "OTHER"}}});
  EXPECT_TRUE(settings.has_kv);
  EXPECT_TRUE(settings.has_analytics);
}

TEST(Settings, MayTurnRetriesOff) {
  EXPECT_EQ(read(json::object()).retries, kRetriesDefault);
  EXPECT_EQ(read({{"ONELLM_RETRIES", "0"}}).retries, 0U);
  EXPECT_EQ(read({{"ONELLM_RETRIES", 0}}).problems, Problems{});
  EXPECT_EQ(read({{"ONELLM_RETRIES", "5"}}).retries, 5U);
  const Settings too_many = read({{"ONELLM_RETRIES", "6"}});
  EXPECT_EQ(too_many.retries, kRetriesMax);
  EXPECT_EQ(too_many.problems, Problems{"ONELLM_RETRIES: is over the limit; 5 is used"});
  EXPECT_EQ(read({{"ONELLM_RETRIES", "-1"}}).retries, kRetriesDefault);
}

TEST(Settings, LimitTheWholeWait) {
  EXPECT_EQ(read(json::object()).total_timeout_ms, kTotalTimeoutMsDefault);
  EXPECT_EQ(read({{"ONELLM_TOTAL_TIMEOUT_MS", "1234"}}).total_timeout_ms, 1234U);
}

TEST(Settings, ChooseWhatIsLogged) {
  EXPECT_EQ(read(json::object()).log_level, LogLevel::kInfo);
  EXPECT_EQ(read({{"ONELLM_LOG_LEVEL", "Debug"}}).log_level, LogLevel::kDebug);
  EXPECT_EQ(read({{"ONELLM_LOG_LEVEL", "off"}}).log_level, LogLevel::kOff);
  EXPECT_EQ(read({{"ONELLM_LOG_LEVEL", "verbose"}}).log_level, LogLevel::kInfo);
  EXPECT_EQ(read({{"ONELLM_LOG_LEVEL", "verbose"}}).problems.size(), 1U);
  EXPECT_FALSE(read(json::object()).log_bodies);
  EXPECT_TRUE(read({{"ONELLM_LOG_BODIES", 1}}).log_bodies);
  EXPECT_FALSE(read({{"ONELLM_LOG_BODIES", "0"}}).log_bodies);
  EXPECT_FALSE(read({{"ONELLM_LOG_BODIES", "please"}}).log_bodies);
}

TEST(Settings, MarkPromptsUnlessTheyAreToldNotTo) {
  EXPECT_TRUE(read(json::object()).auto_cache);
  EXPECT_TRUE(read({{"ONELLM_AUTO_CACHE", "1"}}).auto_cache);
  EXPECT_FALSE(read({{"ONELLM_AUTO_CACHE", "0"}}).auto_cache);
  EXPECT_FALSE(read({{"ONELLM_AUTO_CACHE", 0}}).auto_cache);
  EXPECT_EQ(read({{"ONELLM_AUTO_CACHE", "off"}}).problems.size(), 1U);
}

TEST(Settings, TrimTheKey) { EXPECT_EQ(read({{"ONELLM_API_KEY", " secret\n"}}).api_key, "secret"); }

TEST(Settings, StayClosedWhereTheKeyIsNoText) {
  const Settings settings = read({{"ONELLM_API_KEY", {{"a", 1}}}});
  EXPECT_EQ(settings.api_key, "");
  EXPECT_EQ(settings.problems, Problems{"ONELLM_API_KEY: must be a string"});
}

TEST(Settings, TakeLimitsAsTextOrAsNumbers) {
  const Settings settings = read({{"ONELLM_MAX_BODY_BYTES", "1000"}, {"ONELLM_IDLE_TIMEOUT_MS", 2000}});
  EXPECT_EQ(settings.body_bytes_max, 1000U);
  EXPECT_EQ(settings.idle_timeout_ms, 2000U);
  EXPECT_EQ(settings.problems, Problems{});
}

TEST(Settings, KeepTheDefaultWhereALimitIsMalformed) {
  for (const json& wrong : {json("8MB"), json("0"), json("-1"), json("1.5"), json(2.5), json(true)}) {
    const Settings settings = read({{"ONELLM_CONNECT_TIMEOUT_MS", wrong}});
    EXPECT_EQ(settings.connect_timeout_ms, kConnectTimeoutMsDefault) << wrong;
    EXPECT_EQ(settings.problems.size(), 1U) << wrong;
  }
}

TEST(Settings, ClampALimitThatIsTooLarge) {
  for (const char* large : {"8388609", "99999999999999999999999"}) {
    const Settings settings = read({{"ONELLM_MAX_BODY_BYTES", large}});
    EXPECT_EQ(settings.body_bytes_max, kBodyBytesMaxCeiling);
    EXPECT_EQ(settings.problems, Problems{"ONELLM_MAX_BODY_BYTES: is over the limit; 8388608 is used"});
  }
  EXPECT_EQ(read({{"ONELLM_IDLE_TIMEOUT_MS", "4000000000"}}).idle_timeout_ms, 2147483647U);
}

TEST(OpenAiSettings, DefaultToItsOwnHost) {
  const Settings settings = read({{"OPENAI_API_KEY", " sk-1 "}});
  const auto openai = named(settings, "openai");
  ASSERT_EQ(openai.size(), 1U);
  EXPECT_EQ(openai[0]->base, "https://api.openai.com");
  EXPECT_EQ(openai[0]->key, "sk-1");
  EXPECT_TRUE(openai[0]->quirks.native);
  EXPECT_TRUE(openai[0]->quirks.stream_usage);
  EXPECT_FALSE(openai[0]->only_listed_models);
}

TEST(OpenAiSettings, TakeABaseWithOrWithoutItsVersion) {
  for (const char* base :
       {"http://127.0.0.1:9911/openai", "http://127.0.0.1:9911/openai/v1", " http://127.0.0.1:9911/openai/v1/ "}) {
    const Settings settings = read({{"OPENAI_API_KEY", "k"}, {"OPENAI_API_BASE", base}});
    ASSERT_EQ(named(settings, "openai").size(), 1U) << base;
    const Provider& openai = *named(settings, "openai")[0];
    EXPECT_EQ(test::chat_endpoint(openai, "gpt-4o", false).url, "http://127.0.0.1:9911/openai/v1/chat/completions");
  }
}

TEST(OpenAiSettings, AreReportedWhereTheBaseIsNoUrl) {
  const Settings settings = read({{"OPENAI_API_KEY", "k"}, {"OPENAI_API_BASE", "api.openai.com"}});
  EXPECT_TRUE(named(settings, "openai").empty());
  EXPECT_EQ(settings.problems, Problems{"OPENAI_API_BASE: is not an http(s) URL without query"});
}

TEST(OpenAiSettings, AreReportedWhereNoHeaderCanCarryTheKey) {
  const Settings settings = read({{"OPENAI_API_KEY", "sk-1\nx-evil: 1"}});
  EXPECT_TRUE(named(settings, "openai").empty());
  EXPECT_EQ(settings.problems, Problems{"OPENAI_API_KEY: holds a character that a header cannot carry"});
}

TEST(AzureSettings, PairResourcesWithTheirDeployments) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1:k1;r2:k2"},
                                  {"AZURE_OPENAI_DEPLOYMENTS", "gpt-4o, gpt-35 ;gpt-4o=prod"},
                                  {"AZURE_OPENAI_API_BASE", "http://127.0.0.1:9911/azure/{resource}"}});
  const auto azure = named(settings, "azure");
  ASSERT_EQ(azure.size(), 2U);
  EXPECT_EQ(azure[0]->resource, "r1");
  EXPECT_EQ(azure[0]->key, "k1");
  EXPECT_EQ(azure[0]->base, "http://127.0.0.1:9911/azure/r1");
  EXPECT_EQ(azure[0]->api_version, "2024-10-21");
  EXPECT_TRUE(azure[0]->only_listed_models);
  EXPECT_TRUE(azure[0]->quirks.stream_usage);
  EXPECT_FALSE(azure[0]->quirks.native);
  EXPECT_EQ(models_of(*azure[0]), (decltype(models_of(*azure[0])){{"gpt-4o", "gpt-4o"}, {"gpt-35", "gpt-35"}}));
  EXPECT_EQ(azure[1]->resource, "r2");
  EXPECT_EQ(models_of(*azure[1]), (decltype(models_of(*azure[1])){{"gpt-4o", "prod"}}));
  EXPECT_EQ(settings.problems, Problems{});
}

TEST(AzureSettings, DefaultToTheHostOfTheResource) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1:k1;"}, {"AZURE_OPENAI_DEPLOYMENTS", "d;"}});
  ASSERT_EQ(named(settings, "azure").size(), 1U);
  EXPECT_EQ(named(settings, "azure")[0]->base, "https://r1.openai.azure.com");
  EXPECT_EQ(settings.problems, Problems{});
}

TEST(AzureSettings, TakeAllAfterTheFirstColonForTheKey) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1: a:b=c== "}, {"AZURE_OPENAI_DEPLOYMENTS", "d"}});
  ASSERT_EQ(named(settings, "azure").size(), 1U);
  EXPECT_EQ(named(settings, "azure")[0]->key, "a:b=c==");
}

TEST(AzureSettings, ShareOneKeyAmongResourcesWithoutTheirOwn) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1;r2:own;r3:"},
                                  {"AZURE_OPENAI_DEPLOYMENTS", "a;b;c"},
                                  {"AZURE_OPENAI_API_KEY", "shared"}});
  const auto azure = named(settings, "azure");
  ASSERT_EQ(azure.size(), 3U);
  EXPECT_EQ(azure[0]->key, "shared");
  EXPECT_EQ(azure[1]->key, "own");
  EXPECT_EQ(azure[2]->key, "shared");
}

TEST(AzureSettings, ReportAResourceWithoutAnyKeyByItsPlace) {
  const Settings settings =
      read({{"AZURE_OPENAI_API_KEYS", "sk-lonely-key;r2:k2"}, {"AZURE_OPENAI_DEPLOYMENTS", "a;b"}});
  ASSERT_EQ(named(settings, "azure").size(), 1U);
  EXPECT_EQ(named(settings, "azure")[0]->resource, "r2");
  EXPECT_EQ(settings.problems,
            Problems{"AZURE_OPENAI_API_KEYS: resource 1 has no key, and AZURE_OPENAI_API_KEY is not set"});
}

TEST(AzureSettings, WorkAsFarAsTheGroupsMatch) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1:k1;r2:k2"}, {"AZURE_OPENAI_DEPLOYMENTS", "a"}});
  ASSERT_EQ(named(settings, "azure").size(), 1U);
  EXPECT_EQ(settings.problems,
            Problems{"AZURE_OPENAI_DEPLOYMENTS: has 1 groups for 2 resources of AZURE_OPENAI_API_KEYS"});
}

TEST(AzureSettings, ReportEmptyDeploymentsAndKeepTheOthers) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1:k1"}, {"AZURE_OPENAI_DEPLOYMENTS", "a,,=b,c=,d"}});
  ASSERT_EQ(named(settings, "azure").size(), 1U);
  EXPECT_EQ(named(settings, "azure")[0]->models.size(), 2U);
  EXPECT_EQ(settings.problems, (Problems{"AZURE_OPENAI_DEPLOYMENTS: group 1: deployment 2 is empty or malformed",
                                         "AZURE_OPENAI_DEPLOYMENTS: group 1: deployment 3 is empty or malformed",
                                         "AZURE_OPENAI_DEPLOYMENTS: group 1: deployment 4 is empty or malformed"}));
}

TEST(AzureSettings, TakeVersionsByTheirForm) {
  const auto read_version = [](const char* version) {
    return read(
        {{"AZURE_OPENAI_API_KEYS", "r1:k1"}, {"AZURE_OPENAI_DEPLOYMENTS", "a"}, {"AZURE_OPENAI_API_VERSION", version}});
  };
  for (const char* version : {"2024-10-21", "2025-04-01-preview", "v1", "preview", "latest"}) {
    const Settings settings = read_version(version);
    ASSERT_EQ(named(settings, "azure").size(), 1U) << version;
    EXPECT_EQ(named(settings, "azure")[0]->api_version, version);
    EXPECT_EQ(settings.problems, Problems{});
  }
  for (const char* version :
       {"2024-10", "2024/10/21", "2024-10-21-", "2024-10-21preview", "2024-13-99", "0000-00-00", "v2", "none"}) {
    const Settings settings = read_version(version);
    EXPECT_TRUE(named(settings, "azure").empty()) << version;
    EXPECT_EQ(settings.problems, Problems{"AZURE_OPENAI_API_VERSION: is no version: a date like 2024-10-21, with or "
                                          "without -preview, or v1"});
  }
}

TEST(AzureSettings, RefuseAResourceThatNoHostCanBe) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "evil.com/x:k;:k2"}, {"AZURE_OPENAI_DEPLOYMENTS", "a;b"}});
  EXPECT_TRUE(named(settings, "azure").empty());
  EXPECT_EQ(settings.problems.size(), 2U);
}

TEST(AzureSettings, SendNoStreamOptionsToOldVersions) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1:k1"},
                                  {"AZURE_OPENAI_DEPLOYMENTS", "a"},
                                  {"AZURE_OPENAI_API_VERSION", "2023-05-15"}});
  ASSERT_EQ(named(settings, "azure").size(), 1U);
  EXPECT_FALSE(named(settings, "azure")[0]->quirks.stream_usage);
}

TEST(AzureSettings, AreReportedWhereTheBaseIsNoUrl) {
  const Settings settings = read({{"AZURE_OPENAI_API_KEYS", "r1:k1"},
                                  {"AZURE_OPENAI_DEPLOYMENTS", "a"},
                                  {"AZURE_OPENAI_API_BASE", "{resource}.openai.azure.com"}});
  EXPECT_TRUE(named(settings, "azure").empty());
  EXPECT_EQ(settings.problems, Problems{"AZURE_OPENAI_API_BASE: is not an http(s) URL without query"});
}

TEST(ProviderEntries, ReadAllThatAHostCanHave) {
  const json entry = {{"base", "https://api.groq.com/openai/v1/"},
                      {"key", "gsk-1"},
                      {"models", {"llama-3", "meta-llama/llama-4"}},
                      {"headers", {{"X-Title", "mine"}}},
                      {"stream_usage", false},
                      {"native", true}};
  for (const json& as : {json({{"groq", entry}}), json(json({{"groq", entry}}).dump())}) {
    const Settings settings = read_entries(as);
    ASSERT_EQ(named(settings, "groq").size(), 1U);
    const Provider& groq = *named(settings, "groq")[0];
    EXPECT_EQ(groq.kind, &providers::compatible_kind());
    EXPECT_EQ(groq.base, "https://api.groq.com/openai/v1");
    EXPECT_EQ(groq.key, "gsk-1");
    EXPECT_EQ(models_of(groq),
              (decltype(models_of(groq)){{"llama-3", "llama-3"}, {"meta-llama/llama-4", "meta-llama/llama-4"}}));
    EXPECT_EQ(groq.headers, (std::vector<Header>{{"x-title", "mine"}}));
    EXPECT_FALSE(groq.quirks.stream_usage);
    EXPECT_TRUE(groq.quirks.native);
    EXPECT_EQ(settings.problems, Problems{});
  }
}

TEST(ProviderEntries, NormaliseAHostUnlessItIsNative) {
  const Settings settings = read_entries({{"a", {{"base", "http://a"}}}});
  ASSERT_EQ(named(settings, "a").size(), 1U);
  EXPECT_FALSE(named(settings, "a")[0]->quirks.native);
  EXPECT_TRUE(named(settings, "a")[0]->quirks.stream_usage);
  EXPECT_EQ(named(settings, "a")[0]->key, "");
}

TEST(ProviderEntries, TakeAKeyInCapitalsForTheNameOfASecret) {
  const json entries = {{"a", {{"base", "http://a"}, {"key", "A_KEY"}}}};
  const Settings settings = read({{"ONELLM_PROVIDERS", entries}, {"A_KEY", "k1\n"}});
  ASSERT_EQ(named(settings, "a").size(), 1U);
  EXPECT_EQ(named(settings, "a")[0]->key, "k1");
}

TEST(ProviderEntries, AreNotOfferedWhereTheSecretIsNotSet) {
  const Settings settings = read_entries({{"a", {{"base", "http://a"}, {"key", "A_KEY"}}}});
  EXPECT_TRUE(named(settings, "a").empty());
  EXPECT_EQ(settings.problems, Problems{});
}

TEST(ProviderEntries, SayWhichParametersTheirHostTakes) {
  const Settings settings = read_entries({{"a",
                                           {{"base", "http://a"},
                                            {"drop", {"seed", "top_k"}},
                                            {"pass", {"metadata"}},
                                            {"rename", {{"max_completion_tokens", "max_tokens"}}}}}});
  ASSERT_EQ(named(settings, "a").size(), 1U);
  const Provider& provider = *named(settings, "a")[0];
  EXPECT_EQ(provider.quirks.drop, (std::vector<std::string>{"seed", "top_k"}));
  EXPECT_EQ(provider.quirks.pass, std::vector<std::string>{"metadata"});
  ASSERT_EQ(provider.quirks.rename.size(), 1U);
  EXPECT_EQ(provider.quirks.rename[0].second, "max_tokens");
}

// One entry at that base, with more members.
providers::Quirks quirks_at(const char* base, json members) {
  members["base"] = base;
  const Settings settings = read_entries({{"any-name", members}});
  EXPECT_EQ(settings.problems, Problems{});
  return named(settings, "any-name").empty() ? providers::Quirks() : named(settings, "any-name")[0]->quirks;
}

TEST(ProviderEntries, HaveTheQuirksOfTheHostAtTheirBase) {
  const providers::Quirks quirks = quirks_at("https://api.mistral.ai/v1", json::object());
  EXPECT_FALSE(quirks.stream_usage);
  EXPECT_FALSE(quirks.echoes);
  EXPECT_EQ(quirks.tool_call_ids, dialects::ToolCallIds::kNine);
  EXPECT_EQ(quirks.rename.size(), 2U);

  const Settings settings = read_entries({{"mistral", {{"base", "https://gpu.example/v1"}}}});
  EXPECT_TRUE(named(settings, "mistral")[0]->quirks.stream_usage);
}

TEST(ProviderEntries, WinOverWhatIsKnownOfTheHostMemberByMember) {
  const providers::Quirks quirks =
      quirks_at("https://api.mistral.ai/v1",
                {{"stream_usage", true}, {"echoes", true}, {"tool_call_ids", "any"}, {"drop", json::array()}});
  EXPECT_TRUE(quirks.stream_usage);
  EXPECT_TRUE(quirks.echoes);
  EXPECT_EQ(quirks.tool_call_ids, dialects::ToolCallIds::kAny);
  EXPECT_TRUE(quirks.drop.empty());
  EXPECT_EQ(quirks.rename.size(), 2U);
  EXPECT_TRUE(quirks_at("https://api.mistral.ai/v1", {{"rename", json::object()}}).rename.empty());
}

TEST(ProviderEntries, GiveQuirksToAHostThatIsNotKnown) {
  const providers::Quirks quirks =
      quirks_at("http://gpu/v1", {{"echoes", false}, {"tool_images", false}, {"tool_call_ids", "nine"}});
  EXPECT_FALSE(quirks.echoes);
  EXPECT_EQ(quirks.tool_images, false);
  EXPECT_EQ(quirks.tool_call_ids, dialects::ToolCallIds::kNine);
}

TEST(ProviderEntries, HaveAMemberForEveryQuirk) {
  const providers::Quirks quirks = quirks_at("http://gpu/v1", {{"names", false},
                                                               {"cache_marks", false},
                                                               {"tool_names", "letter"},
                                                               {"content", "text"},
                                                               {"thinking", "enable"},
                                                               {"forced_tools", "named"},
                                                               {"force_while_thinking", false},
                                                               {"repeated_roles", false},
                                                               {"repeated_tools", false},
                                                               {"formats", {"json_object"}},
                                                               {"choices_max", 4},
                                                               {"stops_max", 2},
                                                               {"temperature_max", 1.5}});
  EXPECT_FALSE(quirks.names);
  EXPECT_FALSE(quirks.cache_marks);
  EXPECT_EQ(quirks.tool_names, dialects::ToolNameForm::kLetterFirst);
  EXPECT_EQ(quirks.content, dialects::ContentForm::kText);
  EXPECT_EQ(quirks.thinking, dialects::ThinkingSwitch::kEnable);
  EXPECT_EQ(quirks.forced_tools, dialects::HostForce::kNamed);
  EXPECT_FALSE(quirks.force_while_thinking || quirks.repeated_roles || quirks.repeated_tools);
  EXPECT_EQ(quirks.formats, dialects::kJsonObjects);
  EXPECT_EQ(quirks.choices_max, 4);
  EXPECT_EQ(quirks.stops_max, 2);
  EXPECT_EQ(quirks.temperature_tenths_max, 15);
  EXPECT_TRUE(quirks_at("https://api.perplexity.ai", {{"formats", json::array()}}).formats == 0);
}

TEST(ProviderEntries, PassWhatAKnownHostElseDoesNotGet) {
  const providers::Quirks quirks = quirks_at("https://api.mistral.ai/v1", {{"pass", {"seed", "user"}}});
  EXPECT_EQ(std::count(quirks.drop.begin(), quirks.drop.end(), "user"), 0);
  EXPECT_EQ(std::count(quirks.drop.begin(), quirks.drop.end(), "audio"), 1);
  ASSERT_EQ(quirks.rename.size(), 1U);
  EXPECT_EQ(quirks.rename[0].first, "max_completion_tokens");
}

TEST(ProviderEntries, OfANativeHostKeepOnlyWhetherItTakesStreamOptions) {
  const providers::Quirks quirks = quirks_at("https://api.mistral.ai/v1", {{"native", true}});
  EXPECT_FALSE(quirks.stream_usage);
  EXPECT_TRUE(quirks.echoes);
  EXPECT_TRUE(quirks.rename.empty());
  EXPECT_TRUE(quirks.drop.empty());
}

TEST(ProviderEntries, CostOnlyThemselvesWhereTheyAreMalformed) {
  const json good = {{"base", "http://a"}};
  struct Case {
    json entry;
    const char* problem;
  };
  const std::vector<Case> cases = {
      {"text", "must be an object"},
      {json::object(), "base is missing"},
      {{{"base", 1}}, "base is not an http(s) URL without query"},
      {{{"base", "ftp://a"}}, "base is not an http(s) URL without query"},
      {{{"base", "http://a"}, {"key", 1}}, "key must be a string that is not empty"},
      {{{"base", "http://a"}, {"key", "a\r\nb"}}, "key holds a character that a header cannot carry"},
      {{{"base", "http://a"}, {"models", "m"}}, "models must be an array of strings"},
      {{{"base", "http://a"}, {"models", {1}}}, "models must hold names without ',' and '|'"},
      {{{"base", "http://a"}, {"models", {"a,b"}}}, "models must hold names without ',' and '|'"},
      {{{"base", "http://a"}, {"headers", {1}}}, "headers must be an object of strings"},
      {{{"base", "http://a"}, {"headers", {{"", "x"}}}}, "headers has a name that no header can have"},
      {{{"base", "http://a"}, {"headers", {{"x", "a\nb"}}}}, "headers has a value that no header can carry"},
      {{{"base", "http://a"}, {"headers", {{"Host", "b"}}}}, "headers may not set host"},
      {{{"base", "http://a"}, {"stream_usage", "no"}}, "stream_usage must be true or false"},
      {{{"base", "http://a"}, {"native", 1}}, "native must be true or false"},
      {{{"base", "http://a"}, {"echoes", 0}}, "echoes must be true or false"},
      {{{"base", "http://a"}, {"tool_images", "no"}}, "tool_images must be true or false"},
      {{{"base", "http://a"}, {"tool_call_ids", "ten"}}, "tool_call_ids must be any or nine"},
      {{{"base", "http://a"}, {"tool_call_ids", 9}}, "tool_call_ids must be any or nine"},
      {{{"base", "http://a"}, {"drop", "seed"}}, "drop must be an array of names of parameters"},
      {{{"base", "http://a"}, {"drop", {"model"}}}, "drop must be an array of names of parameters"},
      {{{"base", "http://a"}, {"pass", {1}}}, "pass must be an array of names of parameters"},
      {{{"base", "http://a"}, {"rename", {{"seed", 1}}}}, "rename must be an object of names of parameters"},
      {{{"base", "http://a"}, {"rename", {{"messages", "x"}}}}, "rename must be an object of names of parameters"},
      {{{"base", "http://a"}, {"bsae", 1}},
       "has an unknown key; known are base, key, models, headers, stream_usage, native, echoes, tool_images, "
       "names, cache_marks, tool_call_ids, tool_names, content, thinking, forced_tools, "
       "force_while_thinking, repeated_roles, repeated_tools, formats, choices_max, "
       "stops_max, temperature_max, drop, pass, rename"},
      {{{"base", "http://a"}, {"names", 1}}, "names must be true or false"},
      {{{"base", "http://a"}, {"cache_marks", "no"}}, "cache_marks must be true or false"},
      {{{"base", "http://a"}, {"tool_names", "short"}}, "tool_names must be any, plain or letter"},
      {{{"base", "http://a"}, {"content", ""}}, "content must be any, filled or text"},
      {{{"base", "http://a"}, {"thinking", true}}, "thinking must be any, type, enable or effort"},
      {{{"base", "http://a"}, {"forced_tools", false}}, "forced_tools must be any, named or none"},
      {{{"base", "http://a"}, {"force_while_thinking", "no"}}, "force_while_thinking must be true or false"},
      {{{"base", "http://a"}, {"repeated_roles", 0}}, "repeated_roles must be true or false"},
      {{{"base", "http://a"}, {"repeated_tools", 1}}, "repeated_tools must be true or false"},
      {{{"base", "http://a"}, {"formats", {"xml"}}}, "formats must be an array of json_object and json_schema"},
      {{{"base", "http://a"}, {"choices_max", 0}}, "choices_max must be a positive whole number"},
      {{{"base", "http://a"}, {"stops_max", "4"}}, "stops_max must be a positive whole number"},
      {{{"base", "http://a"}, {"temperature_max", 0}}, "temperature_max must be a number from 0.1 to 100"},
  };
  for (const Case& c : cases) {
    const Settings settings = read_entries({{"bad", c.entry}, {"good", good}});
    EXPECT_TRUE(named(settings, "bad").empty()) << c.entry;
    EXPECT_EQ(named(settings, "good").size(), 1U) << c.entry;
    EXPECT_EQ(settings.problems, Problems{std::string("ONELLM_PROVIDERS: bad: ") + c.problem}) << c.entry;
  }
}

// The names of built-in providers may be taken: built_in_names_test.cpp.
TEST(ProviderEntries, MayNotTakeTheNameOfAnotherEntry) {
  const Settings twice = read({{"ONELLM_PROVIDERS", R"({"a":{"base":"http://1"},"a":{"base":"http://2"}})"}});
  ASSERT_EQ(named(twice, "a").size(), 1U);
  EXPECT_EQ(named(twice, "a")[0]->base, "http://1");
  EXPECT_EQ(twice.problems, Problems{"ONELLM_PROVIDERS: a: is there twice"});
}

TEST(ProviderEntries, ReportANameOfOtherCharactersByItsPlace) {
  for (const char* name : {"", "Groq", "-a", "a b", "a/b"}) {
    const Settings settings = read_entries({{name, {{"base", "http://a"}}}});
    EXPECT_EQ(settings.providers.size(), 1U) << name;
    ASSERT_EQ(settings.problems.size(), 1U) << name;
    EXPECT_TRUE(settings.problems[0].starts_with("ONELLM_PROVIDERS: the name of entry 1 must be")) << name;
  }
}

TEST(ProviderEntries, AreAllLostWhereTheTextIsNoJsonObject) {
  EXPECT_EQ(read_entries(R"({"a":{"base":"http://a"}},)").problems, Problems{"ONELLM_PROVIDERS: is not valid JSON"});
  EXPECT_EQ(read_entries(R"({"a":{"base":"http://a"},)").providers.size(), 1U);
  EXPECT_EQ(read_entries("[]").problems, Problems{"ONELLM_PROVIDERS: must be a JSON object"});
  EXPECT_EQ(read_entries(std::string(100'000, '[')).problems.size(), 1U);
}

TEST(ProviderEntries, ReportATextThatIsTooLong) {
  const std::string text = R"({"a":{"base":"http://)" + std::string(kSettingBytesMax, 'a') + R"("}})";
  EXPECT_EQ(read_entries(text).problems, Problems{"ONELLM_PROVIDERS: is longer than 65536 bytes"});
}

TEST(Aliases, StandForOneLegWithFallbacks) {
  const json aliases = {{"fast", " groq/llama|gpt-4o-mini "}, {" old ", "echo"}};
  for (const json& as : {aliases, json(aliases.dump())}) {
    const Settings settings = read({{"ONELLM_ALIASES", as}});
    EXPECT_EQ(settings.aliases.size(), 2U);
    EXPECT_EQ(settings.aliases.find("fast")->second, "groq/llama|gpt-4o-mini");
    EXPECT_EQ(settings.aliases.find("old")->second, "echo");
    EXPECT_EQ(settings.problems, Problems{});
  }
}

TEST(Aliases, CostOnlyThemselvesWhereTheyAreMalformed) {
  struct Case {
    const char* name;
    json leg;
    const char* problem;
  };
  const std::vector<Case> cases = {
      {"bad", "a,b", "bad: stands for several models; only '|' may be used"},
      {"bad", "a||b", "bad: has an empty or malformed part"},
      {"bad", "", "bad: has an empty or malformed part"},
      {"bad", "a\nb", "bad: has an empty or malformed part"},
      {"bad", "a|b|c|d|e|f|g|h|i", "bad: has too many fallbacks"},
      {"bad", 1, "bad: must be a string"},
      {"echo", "gpt-4o", "echo: is the name of a built-in model"},
      {"a,b", "c", "the name of alias 1 is empty, or has ',', '|' or a control character"},
      {"a|b", "c", "the name of alias 1 is empty, or has ',', '|' or a control character"},
      {" ", "c", "the name of alias 1 is empty, or has ',', '|' or a control character"},
  };
  for (const Case& c : cases) {
    const Settings settings = read({{"ONELLM_ALIASES", {{c.name, c.leg}, {"good", "echo"}}}});
    EXPECT_EQ(settings.aliases.size(), 1U) << c.problem;
    EXPECT_TRUE(settings.aliases.contains("good")) << c.problem;
    EXPECT_EQ(settings.problems, Problems{std::string("ONELLM_ALIASES: ") + c.problem});
  }
}

TEST(Aliases, AreAllLostWhereTheTextIsNoJsonObject) {
  EXPECT_EQ(read({{"ONELLM_ALIASES", "{\"a\":\"echo\""}}).problems, Problems{"ONELLM_ALIASES: is not valid JSON"});
  EXPECT_TRUE(read({{"ONELLM_ALIASES", "{\"a\":\"echo\""}}).aliases.empty());
  EXPECT_EQ(read({{"ONELLM_ALIASES", "3"}}).problems, Problems{"ONELLM_ALIASES: must be a JSON object"});
}

TEST(SettingsInKv, AreWantedWhereNoVariableGivesThem) {
  const Settings settings =
      read({{"bindings", {"ONELLM_KV"}}, {"ONELLM_ALIASES", "{}"}, {"AZURE_OPENAI_API_KEYS", " "}});
  EXPECT_EQ(settings.from_kv,
            (std::vector<std::string>{"ONELLM_PROVIDERS", "AZURE_OPENAI_API_KEYS", "AZURE_OPENAI_DEPLOYMENTS",
                                      "ONELLM_PRICES", "ONELLM_MODEL_RULES"}));
  EXPECT_TRUE(read(json::object()).from_kv.empty()) << "there is no KV";
}

TEST(SettingsInKv, CountWhereNoVariableWins) {
  const std::map<std::string, std::string> kv = {{"ONELLM_ALIASES", R"({"a":"echo"})"},
                                                 {"ONELLM_PROVIDERS", R"({"p":{"base":"http://p"}})"},
                                                 {"OPENAI_API_KEY", "k"}};
  const Settings settings = read({{"ONELLM_ALIASES", R"({"b":"echo"})"}}, kv);
  EXPECT_TRUE(settings.aliases.contains("b"));
  EXPECT_FALSE(settings.aliases.contains("a"));
  EXPECT_EQ(named(settings, "p").size(), 1U);
  EXPECT_TRUE(named(settings, "openai").empty()) << "KV may not hold this one";
}

TEST(SettingsInKv, HaveKeysOfTheirNames) {
  EXPECT_EQ(kv_key_of("ONELLM_ALIASES"), "config:ONELLM_ALIASES");
  EXPECT_EQ(kv_key_of("ONELLM_PRICES"), "prices");
}

TEST(Prices, ComeFromAVariableOrFromKv) {
  const auto price = [](const Settings& settings) {
    return prices::cost_of({.prompt_tokens = 1}, {.provider = "mine", .model = "m"}, 0, settings.prices.get());
  };
  const json own = {{"m", {{"input_mtok", 2.5}}}};
  EXPECT_EQ(price(read({{"ONELLM_PRICES", own}})), 2'500'000);
  EXPECT_EQ(price(read({{"ONELLM_PRICES", own.dump()}})), 2'500'000);
  const std::map<std::string, std::string> kv = {{"ONELLM_PRICES", R"({"m":{"input_mtok":7}})"}};
  EXPECT_EQ(price(read(json::object(), kv)), 7'000'000);
  EXPECT_EQ(price(read({{"ONELLM_PRICES", own}}, kv)), 2'500'000) << "the variable wins";
  EXPECT_EQ(read(json::object()).prices, nullptr);
}

TEST(Prices, ThatAreWrongAreReportedByName) {
  const Settings settings = read({{"ONELLM_PRICES", {{"bad", {{"input_mtok", "free"}}}, {"m", {{"input_mtok", 1}}}}}});
  EXPECT_NE(settings.prices, nullptr);
  EXPECT_EQ(settings.problems,
            Problems{"ONELLM_PRICES: bad: input_mtok must be US dollars from 0 to 1000000 with at most 6 decimals"});
  EXPECT_EQ(read({{"ONELLM_PRICES", "{"}}).problems, Problems{"ONELLM_PRICES: is not valid JSON"});
}

// Every setting given a value that is wrong in it: none of them may show up in a report.
TEST(Settings, NeverShowAValueInAProblem) {
  const std::string value = "s3cr3t";
  const std::string bad = value + "\n" + value;
  json env = {{"ONELLM_API_KEY", {value}},
              {"ONELLM_PROVIDERS", {{"p", {{"base", bad}, {"key", bad}, {bad, bad}}}}},
              {"ONELLM_PRICES", {{"m", {{value, value}, {"input_mtok", value}}}, {bad, value}}},
              {"ONELLM_ALIASES", {{"a", bad}}}};
  for (const char* name : {"OPENAI_API_KEY", "OPENAI_API_BASE", "AZURE_OPENAI_API_KEYS", "AZURE_OPENAI_DEPLOYMENTS",
                           "AZURE_OPENAI_API_BASE", "ONELLM_MAX_BODY_BYTES", "ONELLM_CONNECT_TIMEOUT_MS"}) {
    env[name] = bad;
  }
  const Settings settings = read(env);
  EXPECT_GE(settings.problems.size(), 11U);
  for (const std::string& problem : settings.problems) EXPECT_EQ(problem.find(value), problem.npos) << problem;
}

}  // namespace
}  // namespace onellm::routing
