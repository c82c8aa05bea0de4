// Names that belong to the families of Anthropic and Google, and what of theirs is listed.
#include <gtest/gtest.h>

#include <algorithm>

#include "routing/model_spec.h"

namespace onellm::routing {
namespace {

const Settings& all_keys() {
  static const Settings kSettings = read_settings(
      R"({"OPENAI_API_KEY":"k","ANTHROPIC_API_KEY":"k","PALM_API_KEY":"k",
          "ONELLM_PROVIDERS":{"router":{"base":"http://router"}},
          "ONELLM_ALIASES":{"old":"claude-2","claude-opus-5":"echo"}})",
      {});
  return kSettings;
}

// `provider:model` of the only target, and the leg's name before it where that is another.
std::string reached(std::string_view model) {
  Result<std::vector<Leg>> legs = resolve_model(all_keys(), model);
  if (!legs) return legs.error().message;
  EXPECT_EQ((*legs)[0].name, model);
  return (*legs)[0].targets[0].provider->name + ":" + (*legs)[0].targets[0].model;
}

TEST(Families, LeadToTheirProviders) {
  EXPECT_EQ(reached("claude-sonnet-99"), "anthropic:claude-sonnet-99");
  EXPECT_EQ(reached("gemini-flash-latest"), "google:gemini-flash-latest");
  EXPECT_EQ(reached("gemma-4-it"), "google:gemma-4-it");
  EXPECT_EQ(reached("chat-bison-001"), "palm:chat-bison-001");
  EXPECT_EQ(reached("google/models/gemini-x"), "google:models/gemini-x");
}

TEST(Families, KeepTheNamesOfTheFirstGenerations) {
  EXPECT_EQ(reached("claude-2"), "anthropic:claude-2.0");
  EXPECT_EQ(reached("anthropic/claude-2"), "anthropic:claude-2.0");
  EXPECT_EQ(reached("claude-instant-1"), "anthropic:claude-instant-1.2");
  EXPECT_EQ(reached("old"), "anthropic:claude-2.0");
  EXPECT_EQ(reached("router/anthropic/claude-2"), "router:anthropic/claude-2") << "others have names of their own";
}

TEST(Families, AreListedByTheNamesThatLeadToThem) {
  const auto anthropic = std::find_if(all_keys().providers.begin(), all_keys().providers.end(),
                                      [](const auto& provider) { return provider.name == "anthropic"; });
  ASSERT_NE(anthropic, all_keys().providers.end());
  EXPECT_EQ(listed_id(all_keys(), *anthropic, "claude-sonnet-5"), "claude-sonnet-5");
  EXPECT_EQ(listed_id(all_keys(), *anthropic, "claude-opus-5"), "anthropic/claude-opus-5") << "that is an alias";
  EXPECT_EQ(listed_id(all_keys(), *anthropic, "claude-2"), "claude-2");
}

TEST(Families, ListNothingThatTheModelFieldCannotHold) {
  const providers::Provider& provider = all_keys().providers[0];
  for (const std::string& name : {std::string(), std::string("a,b"), std::string("a|b"), std::string("a\nb"),
                                  std::string(" a"), std::string("a "), std::string(kModelBytesMax, 'a')}) {
    EXPECT_EQ(listed_id(all_keys(), provider, name), "") << name.substr(0, 20);
  }
}

TEST(Families, HaveTheModelsOfPalmInTheList) {
  std::vector<std::string> ids;
  for (const ListedModel& model : known_models(all_keys())) ids.push_back(model.id + " of " + model.owned_by);
  for (const char* id : {"chat-bison-001 of palm", "text-bison-001 of palm"}) {
    EXPECT_EQ(std::count(ids.begin(), ids.end(), id), 1) << id;
  }
}

TEST(Families, SayWhichSettingWouldHelp) {
  const Settings none = read_settings("{}", {});
  const auto hint = [&none](std::string_view model) { return resolve_model(none, model).error().message; };
  EXPECT_NE(hint("claude-2").find("ANTHROPIC_API_KEY"), std::string::npos);
  EXPECT_NE(hint("gemini-3.8-flash").find("GEMINI_API_KEY"), std::string::npos);
  EXPECT_NE(hint("palm/anything").find("PALM_API_KEY"), std::string::npos);
}

}  // namespace
}  // namespace onellm::routing
