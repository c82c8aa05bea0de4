// The settings of Anthropic and Google: a key, a base, and what each has besides.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "routing/settings/settings.h"

namespace onellm::routing {
namespace {

using nlohmann::json;
using providers::Provider;
using Problems = std::vector<std::string>;

Settings read(const json& env) { return read_settings(env.dump(), {}); }

// The provider of that name; one without a kind where it is not offered.
Provider named(const Settings& settings, std::string_view name) {
  for (const Provider& provider : settings.providers) {
    if (provider.name == name) return provider;
  }
  return {};
}

TEST(AnthropicSettings, HaveDefaults) {
  const Settings settings = read({{"ANTHROPIC_API_KEY", "k"}});
  const Provider anthropic = named(settings, "anthropic");
  ASSERT_NE(anthropic.kind, nullptr);
  EXPECT_EQ(anthropic.base, "https://api.anthropic.com");
  EXPECT_EQ(anthropic.api_version, "2023-06-01");
  EXPECT_TRUE(anthropic.quirks.native);
  EXPECT_EQ(settings.problems, Problems{});
}

TEST(AnthropicSettings, TakeABaseWithOrWithoutItsVersion) {
  for (const char* base : {"http://h/anthropic", "http://h/anthropic/", "http://h/anthropic/v1"}) {
    const Settings settings = read({{"ANTHROPIC_API_KEY", "k"}, {"ANTHROPIC_API_BASE", base}});
    EXPECT_EQ(named(settings, "anthropic").base, "http://h/anthropic") << base;
  }
}

TEST(AnthropicSettings, MayNameAVersion) {
  const Settings settings = read({{"ANTHROPIC_API_KEY", "k"}, {"ANTHROPIC_VERSION", "2030-01-01"}});
  EXPECT_EQ(named(settings, "anthropic").api_version, "2030-01-01");
}

TEST(AnthropicSettings, AreReportedWhereNoHeaderCanCarryTheVersion) {
  const Settings settings = read({{"ANTHROPIC_API_KEY", "k"}, {"ANTHROPIC_VERSION", "a\nb"}});
  EXPECT_EQ(named(settings, "anthropic").kind, nullptr);
  EXPECT_EQ(settings.problems, Problems{"ANTHROPIC_VERSION: holds a character that a header cannot carry"});
}

TEST(GoogleSettings, HaveDefaults) {
  const Settings settings = read({{"GEMINI_API_KEY", "k"}});
  EXPECT_EQ(named(settings, "google").base, "https://generativelanguage.googleapis.com");
  EXPECT_EQ(named(settings, "google").key, "k");
  EXPECT_EQ(named(settings, "google").safety_settings, "");
  EXPECT_EQ(named(settings, "palm").kind, nullptr) << "its key is not set";
  EXPECT_EQ(settings.problems, Problems{});
}

TEST(GoogleSettings, LetTheKeyOfPalmServeGeminiToo) {
  const Settings both = read({{"PALM_API_KEY", "p"}});
  EXPECT_EQ(named(both, "google").key, "p");
  EXPECT_EQ(named(both, "palm").key, "p");
  const Settings own = read({{"PALM_API_KEY", "p"}, {"GEMINI_API_KEY", "g"}});
  EXPECT_EQ(named(own, "google").key, "g");
  EXPECT_EQ(named(own, "palm").key, "p");
}

TEST(GoogleSettings, ReportTheKeyThatIsWrongByItsName) {
  const Settings settings = read({{"PALM_API_KEY", "p\np"}});
  EXPECT_EQ(named(settings, "google").kind, nullptr);
  EXPECT_EQ(named(settings, "palm").kind, nullptr);
  for (const std::string& problem : settings.problems) EXPECT_TRUE(problem.starts_with("PALM_API_KEY: ")) << problem;
  EXPECT_FALSE(settings.problems.empty());
}

TEST(GoogleSettings, HaveABaseForEach) {
  const Settings settings = read({{"PALM_API_KEY", "p"},
                                  {"GEMINI_API_BASE", "http://h/gemini/v1beta"},
                                  {"PALM_API_BASE", "http://h/palm/v1beta2/"}});
  EXPECT_EQ(named(settings, "google").base, "http://h/gemini");
  EXPECT_EQ(named(settings, "palm").base, "http://h/palm");
}

TEST(SafetySettings, AreAnArrayAsGeminiTakesIt) {
  const json filters = {{{"category", "HARM_CATEGORY_HARASSMENT"}, {"threshold", "BLOCK_NONE"}}};
  for (const json& as : {filters, json(filters.dump())}) {
    const Settings settings = read({{"GEMINI_API_KEY", "k"}, {"GEMINI_SAFETY_SETTINGS", as}});
    EXPECT_EQ(json::parse(named(settings, "google").safety_settings), filters);
    EXPECT_EQ(settings.problems, Problems{});
  }
}

TEST(SafetySettings, MayBeAnObjectOfThresholds) {
  const json filters = {{"HARASSMENT", "BLOCK_NONE"}, {"HARM_CATEGORY_HATE_SPEECH", "OFF"}};
  for (const json& as : {filters, json(filters.dump())}) {
    const Settings settings = read({{"GEMINI_API_KEY", "k"}, {"GEMINI_SAFETY_SETTINGS", as}});
    EXPECT_EQ(json::parse(named(settings, "google").safety_settings), filters);
    EXPECT_EQ(settings.problems, Problems{});
  }
}

TEST(SafetySettings, ThatAreMalformedCostGeminiAlone) {
  for (const char* wrong : {"BLOCK_NONE", "[", "[]]", "3", "\"x\"", "[1]", "[{}]", R"([{"category":"A"}])",
                            R"([{"category":"A","threshold":3}])", R"({"A":1})", R"({"A":{}})", "{"}) {
    const Settings settings = read({{"PALM_API_KEY", "k"}, {"GEMINI_SAFETY_SETTINGS", wrong}});
    EXPECT_EQ(named(settings, "google").kind, nullptr) << wrong;
    EXPECT_NE(named(settings, "palm").kind, nullptr) << wrong;
    EXPECT_EQ(settings.problems, Problems{"GEMINI_SAFETY_SETTINGS: must be a JSON array of categories with thresholds, "
                                          "or an object of them"})
        << wrong;
  }
}

}  // namespace
}  // namespace onellm::routing
