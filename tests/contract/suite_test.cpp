// The suite itself: what lacks its fixture, or does not show what it should, fails.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "contract/contract.h"
#include "contract/hosts.h"
#include "dialects/openai_chat/dialect.h"

namespace onellm::contract {
namespace {

// The failures of `check`, one after another.
template <typename Check>
std::string failures_of(const Check& check) {
  testing::TestPartResultArray results;
  {
    const testing::ScopedFakeTestPartResultReporter reporter(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
    check();
  }
  std::string text;
  for (int i = 0; i < results.size(); ++i) text += std::string(results.GetTestPartResult(i).message()) + "\n";
  return text;
}

bool says(const std::string& failures, const std::string& text) { return failures.find(text) != failures.npos; }

TEST(ContractSuite, FailsForADialectWithoutFixtures) {
  const std::string failures = failures_of([] { run_contract(dialects::openai_chat::dialect(), "nobody/contract"); });
  for (const Case& wanted : cases())
    EXPECT_TRUE(says(failures, "nobody/contract/" + std::string(wanted.name))) << failures;
  EXPECT_TRUE(says(failures, "there is no such fixture")) << failures;
}

TEST(ContractSuite, FailsForADialectWithTheFixturesOfAnother) {
  const std::string failures = failures_of([] { run_contract(dialects::openai_chat::dialect(), "gemini/contract"); });
  for (const Case& wanted : cases()) {
    if ((wanted.parts & kErrorBody) != 0) continue;  // Errors are read alike.
    EXPECT_TRUE(says(failures, "gemini/contract/" + std::string(wanted.name))) << wanted.name;
  }
}

TEST(ContractSuite, NamesTheBlocksThatAFixtureLacks) {
  Fixture fixture{"a/text.txt", {.name = "text", .blocks = {{"reply", "{}\n"}}}};
  EXPECT_EQ(missing_blocks(cases()[0], fixture), " sent answer");
  fixture.transcript.blocks["absent"] = "";
  EXPECT_EQ(missing_blocks(cases()[0], fixture), " sent") << "a request is always sent or refused";
}

TEST(ContractSuite, FailsForAHostWithAQuirkThatNoFixtureShows) {
  EXPECT_EQ(failures_of([] { expect_facets({.host = "acme.test", .quirks = {.choices_max = 1}}); }), "");
  const std::string value = failures_of([] { expect_facets({.host = "acme.test", .quirks = {.choices_max = 77}}); });
  EXPECT_TRUE(says(value, "acme.test: choices_max 77") && says(value, "this quirk has no fixture")) << value;
  const std::string element = failures_of([] {
    expect_facets({.host = "acme.test", .quirks = {.drop = {"seed", "no_such_parameter"}}});
  });
  EXPECT_TRUE(says(element, "acme.test: drop no_such_parameter")) << element;
  EXPECT_FALSE(says(element, "acme.test: drop seed")) << element;
}

TEST(ContractSuite, FailsForAHostThatGetsOtherRequestsThanItsFixtureSays) {
  const providers::Provider host = host_with({.tool_call_ids = dialects::ToolCallIds::kNine});
  const std::string failures = failures_of([&host] { expect_requests(host, "openai_chat/contract", "acme.test"); });
  EXPECT_TRUE(says(failures, "tool_result")) << failures;
  EXPECT_FALSE(says(failures, "picture")) << failures;
}

TEST(ContractSuite, FailsForAFixtureOfAQuirkThatShowsNothing) {
  const Json json = {{"set", {{"names", false}}}, {"request", {{"seed", 1}}}, {"sent", {{"seed", 1}}}};
  const QuirkFixture fixture{"names.json", json, quirks_of(json["set"])};
  EXPECT_TRUE(says(failures_of([&] { expect_one_quirk("names", fixture); }), "the same is sent without the quirk"));
  EXPECT_TRUE(says(failures_of([&] { expect_one_quirk("echoes", fixture); }), "echoes"));
}

TEST(ContractSuite, FindsWhatBreaksTheOrderOfEvents) {
  const auto disorder_of = [](const std::vector<chat::EventKind>& kinds) {
    Facts facts;
    chat::Usage usage;
    Error error;
    for (const chat::EventKind kind : kinds) {
      chat::Event event;
      event.kind = kind;
      event.usage = &usage;
      event.error = &error;
      facts.take(event);
    }
    return facts.disorder;
  };
  using enum chat::EventKind;
  EXPECT_EQ(disorder_of({kStarted, kText, kFinished, kUsage, kCompleted}), "");
  EXPECT_EQ(disorder_of({kText, kCompleted}), "a choice has an event before it starts");
  EXPECT_EQ(disorder_of({kStarted, kStarted}), "a choice starts twice");
  EXPECT_EQ(disorder_of({kStarted, kFinished, kFinished}), "a choice finishes twice");
  EXPECT_EQ(disorder_of({kFailed, kUsage}), "an event follows the last one");
  EXPECT_EQ(disorder_of({kStarted, kToolArguments}), "arguments come before their call");
}

}  // namespace
}  // namespace onellm::contract
