#include "routing/model_spec.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace onellm::routing {
namespace {

using nlohmann::json;
using Strings = std::vector<std::string>;

const json& full_environment() {
  static const json kEnvironment = {
      {"OPENAI_API_KEY", "k"},
      {"AZURE_OPENAI_API_KEYS", "r1:k1;r2:k2"},
      {"AZURE_OPENAI_DEPLOYMENTS", "gpt-35=old-35,shared;shared,gpt-4o=prod"},
      {"ONELLM_PROVIDERS",
       {{"groq", {{"base", "http://groq"}, {"models", {"llama", "meta/llama", "shared"}}}},
        {"meta", {{"base", "http://meta"}}}}},
      {"ONELLM_ALIASES", {{"fast", "groq/llama|o3-mini"}, {"gpt-5", "echo"}, {"loop", "fast"}, {"openai/old", "echo"}}},
  };
  return kEnvironment;
}

// Each target as `provider:model`, of Azure `azure@resource:model`.
std::string described(const Target& target) {
  const providers::Provider& provider = *target.provider;
  return provider.name + (provider.resource.empty() ? "" : "@" + provider.resource) + ":" + target.model;
}

std::vector<Strings> resolved(const Settings& settings, std::string_view model) {
  Result<std::vector<Leg>> legs = resolve_model(settings, model);
  if (!legs) {
    ADD_FAILURE() << model << ": " << legs.error().message;
    return {};
  }
  std::vector<Strings> out;
  for (const Leg& leg : *legs) {
    out.emplace_back();
    for (const Target& target : leg.targets) out.back().push_back(described(target));
  }
  return out;
}

Error refused(const Settings& settings, std::string_view model) {
  Result<std::vector<Leg>> legs = resolve_model(settings, model);
  if (legs) {
    ADD_FAILURE() << model << " was resolved";
    return {};
  }
  return legs.error();
}

class ModelSpec : public testing::Test {
 protected:
  // Of a `model` with one leg.
  Strings leg(std::string_view model) {
    std::vector<Strings> legs = resolved(settings_, model);
    EXPECT_EQ(legs.size(), 1U);
    return legs.empty() ? Strings() : legs[0];
  }

  const Settings settings_ = read_settings(full_environment().dump(), {});
};

TEST_F(ModelSpec, HasAWholeEnvironment) { EXPECT_EQ(settings_.problems, Strings{}); }

TEST_F(ModelSpec, SplitsLegsAndFallbacks) {
  EXPECT_EQ(resolved(settings_, "o1 , groq/llama| echo ,echo"),
            (std::vector<Strings>{{"openai:o1"}, {"groq:llama", "echo:echo"}, {"echo:echo"}}));
}

TEST_F(ModelSpec, KeepsWhatWasAsked) {
  Result<std::vector<Leg>> legs = resolve_model(settings_, " azure/shared | o1 ,fast");
  ASSERT_TRUE(legs);
  EXPECT_EQ((*legs)[0].name, "azure/shared | o1");
  EXPECT_EQ((*legs)[0].targets[0].asked, "azure/shared");
  EXPECT_EQ((*legs)[0].targets[2].asked, "o1");
  EXPECT_EQ((*legs)[1].name, "fast");
  EXPECT_EQ((*legs)[1].targets[0].asked, "groq/llama");
}

TEST_F(ModelSpec, ReachesTheEchoByNameAndByPrefix) {
  EXPECT_EQ(leg("echo"), Strings{"echo:echo"});
  EXPECT_EQ(leg("echo/anything/else"), Strings{"echo:anything/else"});
}

TEST_F(ModelSpec, LooksUpAliasesOnce) {
  EXPECT_EQ(leg("fast"), (Strings{"groq:llama", "openai:o3-mini"}));
  EXPECT_EQ(refused(settings_, "loop").kind, ErrorKind::kModelNotFound);
}

TEST_F(ModelSpec, PrefersAliasesToProvidersAndFamilies) {
  EXPECT_EQ(leg("gpt-5"), Strings{"echo:echo"});
  EXPECT_EQ(leg("openai/old"), Strings{"echo:echo"});
}

TEST_F(ModelSpec, PassesAnyModelOnToANamedProvider) {
  EXPECT_EQ(leg("groq/unheard-of"), Strings{"groq:unheard-of"});
  EXPECT_EQ(leg("openai/gpt-4o"), Strings{"openai:gpt-4o"});
}

TEST_F(ModelSpec, ReachesOnlyDeploymentsOfAzure) {
  EXPECT_EQ(leg("azure/gpt-4o"), Strings{"azure@r2:prod"});
  EXPECT_EQ(refused(settings_, "azure/gpt-4").kind, ErrorKind::kModelNotFound);
}

TEST_F(ModelSpec, TriesEveryResourceOfADeployment) {
  EXPECT_EQ(leg("azure/shared"), (Strings{"azure@r1:shared", "azure@r2:shared"}));
}

TEST_F(ModelSpec, KnowsADeploymentByItsOwnNameToo) {
  EXPECT_EQ(leg("azure/prod"), Strings{"azure@r2:prod"});
  EXPECT_EQ(leg("prod"), Strings{"azure@r2:prod"});
}

TEST_F(ModelSpec, PrefersAzureToListedModelsAndThemToFamilies) {
  EXPECT_EQ(leg("shared"), (Strings{"azure@r1:shared", "azure@r2:shared"}));
  EXPECT_EQ(leg("gpt-35"), Strings{"azure@r1:old-35"});
  EXPECT_EQ(leg("llama"), Strings{"groq:llama"});
  EXPECT_EQ(leg("gpt-3.5-turbo"), Strings{"openai:gpt-3.5-turbo"});
}

TEST_F(ModelSpec, TakesAFirstSegmentForAProviderOnlyWhereItIsOne) {
  EXPECT_EQ(leg("meta/llama"), Strings{"meta:llama"}) << "a configured provider comes before a listed model";
  EXPECT_EQ(refused(settings_, "meta-llama/llama").kind, ErrorKind::kModelNotFound);

  const Settings without_meta =
      read_settings(R"({"ONELLM_PROVIDERS":{"groq":{"base":"http://groq","models":["meta/llama"]}}})", {});
  EXPECT_EQ(resolved(without_meta, "meta/llama"), std::vector<Strings>{{"groq:meta/llama"}});
}

TEST_F(ModelSpec, RefusesEmptyParts) {
  for (const char* model : {"", " ", ",", "echo,", "echo,,echo", "|", "echo|", "|echo"}) {
    const Error error = refused(settings_, model);
    EXPECT_EQ(error.kind, ErrorKind::kBadRequest) << model;
    EXPECT_EQ(error.param, "model") << model;
  }
}

TEST_F(ModelSpec, RefusesAProviderWithoutAModel) {
  EXPECT_EQ(refused(settings_, "openai/").kind, ErrorKind::kModelNotFound);
}

TEST_F(ModelSpec, RefusesControlCharacters) {
  for (const char* model : {"gpt\n4o", "echo|\x01", "a\x7F", "echo|\necho"}) {
    EXPECT_EQ(refused(settings_, model).kind, ErrorKind::kBadRequest) << model;
  }
}

TEST_F(ModelSpec, HasALimitOfLegs) {
  EXPECT_EQ(resolved(settings_, "echo,echo,echo,echo,echo").size(), kLegsMax);
  EXPECT_EQ(refused(settings_, "echo,echo,echo,echo,echo,echo").kind, ErrorKind::kBadRequest);
}

TEST_F(ModelSpec, HasALimitOfFallbacksWithThoseOfAliases) {
  EXPECT_EQ(leg("echo|echo|echo|echo|echo|echo|echo|echo").size(), kFallbacksMax);
  EXPECT_EQ(leg("fast|fast|fast|fast").size(), kFallbacksMax);
  EXPECT_EQ(refused(settings_, "echo|echo|echo|echo|echo|echo|echo|echo|echo").kind, ErrorKind::kBadRequest);
  EXPECT_EQ(refused(settings_, "fast|fast|fast|fast|echo").kind, ErrorKind::kBadRequest);
}

TEST_F(ModelSpec, HasALimitOfLength) {
  EXPECT_EQ(refused(settings_, std::string(kModelBytesMax + 1, 'a')).kind, ErrorKind::kBadRequest);
  const Error error = refused(settings_, std::string(kModelBytesMax, 'a'));
  EXPECT_EQ(error.kind, ErrorKind::kModelNotFound);
  EXPECT_LT(error.message.size(), 500U) << "a message quotes little of it";
}

TEST_F(ModelSpec, NamesTheNearestOfTheKnown) {
  const Error error = refused(settings_, "llamma");
  EXPECT_EQ(error.param, "model");
  EXPECT_EQ(error.message,
            "No configured provider serves the model `llamma`. The nearest known names: llama, fast, shared, echo, "
            "gpt-5.");
}

TEST_F(ModelSpec, SaysForWhichAliasAMissingModelStands) {
  EXPECT_TRUE(refused(settings_, "loop")
                  .message.starts_with("No configured provider serves the model `fast`, for which `loop` stands."));
}

TEST_F(ModelSpec, RefusesTheWholeRequestForOneUnknownLeg) {
  EXPECT_EQ(refused(settings_, "echo,claude-2").kind, ErrorKind::kModelNotFound);
  EXPECT_EQ(refused(settings_, "echo|claude-2").kind, ErrorKind::kModelNotFound);
}

TEST(ModelSpecWithoutKeys, SaysWhichSettingWouldHelp) {
  const Settings settings = read_settings("{}", {});
  EXPECT_EQ(refused(settings, "gpt-4o").message,
            "No configured provider serves the model `gpt-4o`. The setting OPENAI_API_KEY would make it available. "
            "The nearest known names: echo.");
  EXPECT_NE(refused(settings, "openai/whatever").message.find("OPENAI_API_KEY"), std::string::npos);
  EXPECT_NE(refused(settings, "azure/whatever").message.find("AZURE_OPENAI_API_KEYS"), std::string::npos);
  EXPECT_EQ(
      refused(settings, "claude-2").message,
      "No configured provider serves the model `claude-2`. The setting ANTHROPIC_API_KEY would make it available. "
      "The nearest known names: echo.");
}

TEST_F(ModelSpec, ListsWhatIsKnownOnce) {
  Strings ids;
  for (const ListedModel& model : known_models(settings_)) ids.push_back(model.id + " of " + model.owned_by);
  EXPECT_EQ(ids, (Strings{"echo of echo", "fast of groq", "gpt-5 of echo", "openai/old of echo", "gpt-35 of azure",
                          "shared of azure", "gpt-4o of azure", "llama of groq", "groq/meta/llama of groq",
                          "groq/shared of groq"}));
}

TEST_F(ModelSpec, ReachesWhateverItLists) {
  for (const ListedModel& model : known_models(settings_)) {
    Result<std::vector<Leg>> legs = resolve_model(settings_, model.id);
    ASSERT_TRUE(legs) << model.id;
    EXPECT_EQ((*legs)[0].targets[0].provider->name, model.owned_by) << model.id;
  }
}

TEST_F(ModelSpec, ListsAModelByTheNameThatLeadsToIt) {
  const auto openai = [&](std::string_view model) { return listed_id(settings_, settings_.providers[0], model); };
  ASSERT_EQ(settings_.providers[0].name, "openai");
  EXPECT_EQ(openai("o1"), "o1");
  EXPECT_EQ(openai("gpt-4o"), "openai/gpt-4o") << "the bare name is a deployment of Azure";
  EXPECT_EQ(openai("gpt-5"), "openai/gpt-5") << "the bare name is an alias";
  EXPECT_EQ(openai("whisper-1"), "openai/whisper-1") << "the bare name is of no family";
}

}  // namespace
}  // namespace onellm::routing
