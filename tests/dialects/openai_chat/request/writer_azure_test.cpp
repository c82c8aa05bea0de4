// What Azure's versions of the API do not know yet, and whose model a deployment is of.
#include <gtest/gtest.h>

#include "dialects/openai_chat/request_encoder_support.h"

namespace onellm::dialects::openai_chat {
namespace {

using Names = std::vector<std::string>;

HostRules azure(std::string_view api_version) { return {.mapping = HostMapping::kOpenAi, .api_version = api_version}; }

models::Contract takes_as(std::string_view model) { return models::contract_of(models::Maker::kOpenAi, model); }

struct Case {
  const char* api_version;
  const char* asked;
  const char* sent;
  Names dropped;
};

TEST(AzureRequest, LeavesOutWhatIsNewerThanTheVersion) {
  const Case cases[] = {
      {"2024-06-01", R"("parallel_tool_calls":false)", "", {"parallel_tool_calls"}},
      {"2024-06-01", R"("parallel_tool_calls":true)", "", {}},
      {"2024-08-01-preview", R"("parallel_tool_calls":false)", R"("parallel_tool_calls":false)", {}},
      {"2024-10-21", R"("reasoning_effort":"low")", "", {"reasoning_effort"}},
      {"2024-10-21", R"("reasoning_effort":null)", R"("reasoning_effort":null)", {}},
      {"2024-12-01-preview", R"("reasoning_effort":"low")", R"("reasoning_effort":"low")", {}},
      {"2025-04-01-preview", R"("reasoning_effort":"low")", R"("reasoning_effort":"low")", {}},
      {"v1",
       R"("reasoning_effort":"low","parallel_tool_calls":false)",
       R"("reasoning_effort":"low","parallel_tool_calls":false)",
       {}},
      {"preview", R"("reasoning_effort":"low")", R"("reasoning_effort":"low")", {}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(send_members("deployment", c.asked, azure(c.api_version)), (Sent{c.sent, c.dropped})) << c.api_version;
  }
}

TEST(AzureRequest, SendsTheLimitOfTokensByTheNameThatIsKnown) {
  const char* newer = R"("max_completion_tokens":9)";
  const char* older = R"("max_tokens":9)";
  EXPECT_EQ(send_members("deployment", newer, azure("2024-06-01")), (Sent{older, {}}));
  EXPECT_EQ(send_members("deployment", newer, azure("2024-10-21")), (Sent{newer, {}}));
  EXPECT_EQ(send_members("deployment", older, azure("v1")), (Sent{older, {}}));
  EXPECT_EQ(send_members("deployment", older, azure("v1"), takes_as("o3")), (Sent{newer, {}}));
  EXPECT_EQ(send_members("deployment", R"("max_tokens":8,"max_completion_tokens":9)", azure("2024-06-01")),
            (Sent{R"("max_tokens":8)", {}}));
  // Neither name is known to both the model and the version.
  EXPECT_EQ(send_members("deployment", older, azure("2024-06-01"), takes_as("o3")), (Sent{"", {"max_tokens"}}));
  EXPECT_EQ(send_members("deployment", newer, azure("2024-06-01"), takes_as("o3")),
            (Sent{"", {"max_completion_tokens"}}));
  EXPECT_EQ(send_members("deployment", older, azure("2024-10-21"), takes_as("o3")), (Sent{newer, {}}));
}

TEST(AzureRequest, CallsDevelopersSystemBeforeTheyHadARole) {
  const char* told =
      R"({"role":"developer","content":"D"},{"role":"system","content":"S"},{"role":"user","content":"U"})";
  const char* before =
      R"({"role":"system","content":"D"},{"role":"system","content":"S"},{"role":"user","content":"U"})";
  EXPECT_EQ(send_messages("deployment", told, azure("2024-10-21")), (Sent{before, {}}));
  EXPECT_EQ(send_messages("deployment", told, azure("2024-12-01-preview")), (Sent{told, {}}));
  EXPECT_EQ(send_messages("deployment", told, azure("v1")), (Sent{told, {}}));
}

TEST(AzureRequest, TakesTheFamilyFromSettingsElseFromTheDeployment) {
  const char* asked = R"("temperature":0)";
  const Sent kept{asked, {}};
  const Sent left_out{"", {"temperature"}};
  EXPECT_EQ(send_members("deployment", asked, azure("v1"), takes_as("o3")), left_out);
  EXPECT_EQ(send_members("o3-eu", asked, azure("v1"), takes_as("o3-eu")), left_out);
  EXPECT_EQ(send_members("o3-eu", asked, azure("v1"), takes_as("gpt-4o")), kept);
  EXPECT_EQ(send_members("gpt-35-turbo", asked, azure("v1"), takes_as("gpt-35-turbo")), kept);
  EXPECT_EQ(send_members("deepseek-r1", asked, azure("v1"), takes_as("deepseek-r1")), kept);
}

}  // namespace
}  // namespace onellm::dialects::openai_chat
