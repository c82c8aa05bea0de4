// Names of built-in providers in ONELLM_PROVIDERS: such a name belongs to the entry.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "routing/model_spec.h"
#include "routing/settings/providers.h"
#include "routing/settings/settings.h"
#include "support/providers.h"

namespace onellm::routing {
namespace {

using nlohmann::json;
using providers::Provider;
using Problems = std::vector<std::string>;

json all_keys() {
  return {{"OPENAI_API_KEY", "k"},
          {"ANTHROPIC_API_KEY", "k"},
          {"PALM_API_KEY", "k"},
          {"AZURE_OPENAI_API_KEYS", "r1:k1;r2:k2"},
          {"AZURE_OPENAI_DEPLOYMENTS", "gpt-4o;gpt-4o"}};
}

Settings with_entry(const std::string& name, const json& entry, const json& more = {}) {
  json env = all_keys();
  if (!more.is_null()) env.update(more);
  env["ONELLM_PROVIDERS"] = {{name, entry}};
  return read_settings(env.dump(), {});
}

std::vector<const Provider*> named(const Settings& settings, std::string_view name) {
  std::vector<const Provider*> found;
  for (const Provider& provider : settings.providers) {
    if (provider.name == name) found.push_back(&provider);
  }
  return found;
}

// `provider at base: model` of the first target, or the error.
std::string reached(const Settings& settings, std::string_view model) {
  Result<std::vector<Leg>> legs = resolve_model(settings, model);
  if (!legs) return legs.error().message;
  const Target& target = (*legs)[0].targets[0];
  return target.provider->name + " at " + target.provider->base + ": " + target.model;
}

TEST(BuiltInNames, BelongToTheEntryThatHasThem) {
  for (const char* name : {"openai", "azure", "anthropic", "google", "palm", "echo"}) {
    const Settings settings = with_entry(name, {{"base", "https://own.test/v3"}, {"key", "mine"}});
    ASSERT_EQ(named(settings, name).size(), 1U) << name;
    const Provider& own = *named(settings, name)[0];
    EXPECT_EQ(own.kind, &providers::compatible_kind()) << name;
    EXPECT_EQ(own.key, "mine") << name;
    EXPECT_EQ(test::chat_endpoint(own, "m", false).url, "https://own.test/v3/chat/completions") << name;
    EXPECT_EQ(settings.problems, Problems{}) << name;
  }
}

TEST(BuiltInNames, LeaveTheOtherProvidersAsTheyAre) {
  const Settings settings = with_entry("openai", {{"base", "https://own.test/v3"}});
  for (const char* name : {"azure", "anthropic", "google", "palm", "echo"}) {
    EXPECT_FALSE(named(settings, name).empty()) << name;
  }
}

TEST(BuiltInNames, TakeTheFamilyWithThem) {
  const auto reached_at = [](const char* name, const char* model) {
    return reached(with_entry(name, {{"base", "https://own.test"}}), model);
  };
  EXPECT_EQ(reached_at("openai", "o9-mini"), "openai at https://own.test: o9-mini");
  EXPECT_EQ(reached_at("anthropic", "claude-next"), "anthropic at https://own.test: claude-next");
  EXPECT_EQ(reached_at("google", "gemma-9"), "google at https://own.test: gemma-9");
  EXPECT_EQ(reached_at("palm", "text-bison-001"), "palm at https://own.test: text-bison-001");
  EXPECT_EQ(reached_at("azure", "gpt-4o"), "openai at https://api.openai.com: gpt-4o") << "azure has no family";
}

TEST(BuiltInNames, OfAnEntryHaveNoRenamedModels) {
  const Settings settings = with_entry("anthropic", {{"base", "https://own.test"}});
  EXPECT_EQ(reached(settings, "claude-2"), "anthropic at https://own.test: claude-2");
  EXPECT_EQ(reached(settings, "anthropic/claude-instant-1"), "anthropic at https://own.test: claude-instant-1");
}

TEST(BuiltInNames, HideTheBuiltInProviderEvenIfTheEntryGivesNone) {
  const std::vector<std::pair<json, Problems>> cases = {
      {{{"base", "https://own.test"}, {"key", "NOT_SET"}}, {}},
      {{{"base", "own.test"}}, {"ONELLM_PROVIDERS: openai: base is not an http(s) URL without query"}}};
  for (const auto& [entry, problems] : cases) {
    const Settings settings = with_entry("openai", entry);
    EXPECT_TRUE(named(settings, "openai").empty()) << entry;
    EXPECT_EQ(settings.problems, problems) << entry;
    const std::string message = reached(settings, "gpt-5");
    EXPECT_NE(message.find("The setting ONELLM_PROVIDERS would make it available."), message.npos) << message;
  }
}

TEST(BuiltInNames, OfAnEntryMakeTheSettingsOfTheBuiltInProviderMeaningless) {
  const Settings settings = with_entry("openai", {{"base", "https://own.test"}}, {{"OPENAI_API_BASE", "no URL"}});
  EXPECT_EQ(settings.problems, Problems{});
}

TEST(BuiltInNames, LetAnEntryUseTheSecretOfTheBuiltInProvider) {
  const Settings settings = with_entry("openai", {{"base", "https://proxy.test/v1"}, {"key", "OPENAI_API_KEY"}},
                                       {{"OPENAI_API_KEY", "sk-1"}});
  ASSERT_EQ(named(settings, "openai").size(), 1U);
  EXPECT_EQ(named(settings, "openai")[0]->key, "sk-1");
}

TEST(BuiltInNames, OfTheEchoMayBeAHostAndThenAnAlias) {
  const Settings settings = with_entry("echo", {{"base", "https://own.test"}, {"models", {"echo-large"}}},
                                       {{"ONELLM_ALIASES", {{"echo", "echo/echo-large"}}}});
  EXPECT_EQ(settings.problems, Problems{});
  EXPECT_EQ(reached(settings, "echo"), "echo at https://own.test: echo-large");
  EXPECT_EQ(reached(settings, "echo/any"), "echo at https://own.test: any");
}

TEST(BuiltInNames, OfAHostThatIsBuiltInGiveItsBaseAsWritten) {
  const providers::Kind kind = providers::kind_of({.host = "api.acme.test",
                                                   .quirks = {.choices_max = 1},
                                                   .name = "acme",
                                                   .base = "https://api.acme.test/openai/v2/",
                                                   .key = "ACME_API_KEY"});
  SettingValues values(R"({"ACME_API_KEY":"k9"})", {});
  std::vector<Provider> found;
  read_keyed_provider(kind, values, found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "acme");
  EXPECT_EQ(found[0].quirks.choices_max, 1);
  const providers::Endpoint endpoint = test::chat_endpoint(found[0], "m", false);
  EXPECT_EQ(endpoint.url, "https://api.acme.test/openai/v2/chat/completions");
  EXPECT_EQ(endpoint.headers, (std::vector<providers::Header>{{"authorization", "Bearer k9"}}));

  SettingValues none("{}", {});
  found.clear();
  read_keyed_provider(kind, none, found);
  EXPECT_TRUE(found.empty()) << "it has no key";
}

}  // namespace
}  // namespace onellm::routing
