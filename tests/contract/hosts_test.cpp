// The contract over the known hosts of OpenAI's format. Each row of the table has the fixtures of openai_chat, and one
// for each quirk that it sets.
#include "contract/hosts.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "routing/settings/quirks.h"

namespace onellm::contract {
namespace {

class EveryHost : public testing::TestWithParam<Host> {};
INSTANTIATE_TEST_SUITE_P(Contract, EveryHost, testing::ValuesIn(providers::hosts()), [](const auto& test) {
  return replace_all(replace_all(file_name(test.param), ".", "_"), "-", "_");
});

TEST_P(EveryHost, HasAFixtureForEachOfItsQuirks) { expect_facets(GetParam()); }

TEST_P(EveryHost, GetsTheRequestsOfTheContract) {
  expect_requests(host_with(GetParam().quirks), "openai_chat/contract", file_name(GetParam()));
}

TEST(Quirks, AreEachShownByAFixture) {
  std::vector<std::string_view> names = split(routing::QuirkSettings::kNames, ',');
  names.push_back("maker");
  for (const std::string_view name : names) {
    const std::string quirk(name);
    const std::vector<QuirkFixture> fixtures = read_quirk_fixtures(quirk);
    EXPECT_FALSE(fixtures.empty()) << quirk << " has no fixture";
    for (const QuirkFixture& fixture : fixtures) expect_one_quirk(quirk, fixture);
  }
}

// What the user says of a host counts whether it is native or not. The maker is only known of hosts that are not.
TEST(Quirks, CountForANativeHostToo) {
  for (const std::string_view quirk : split(routing::QuirkSettings::kNames, ',')) {
    for (QuirkFixture& fixture : read_quirk_fixtures(std::string(quirk))) {
      SCOPED_TRACE(fixture.place);
      fixture.quirks.native = true;
      const Sent sent = send_to(host_with(fixture.quirks), client_body(fixture.json), model_of(fixture.json));
      expect_shown(fixture, sent);
    }
  }
}

}  // namespace
}  // namespace onellm::contract
