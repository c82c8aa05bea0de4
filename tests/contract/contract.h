// The contract suite: every dialect towards providers runs through the same cases (cases.h), each with a fixture in the
// dialect's own format.
//
// Rule: a case without its fixture fails. A new dialect gets a folder of fixtures and a call of run_contract(), in the
// tests of the registry (registry_test.cpp) if it is in the registry.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "contract/cases.h"
#include "contract/fixture.h"
#include "contract/replies.h"
#include "contract/requests.h"

namespace onellm::contract {

// `folder` is below tests/fixtures: "gemini/contract".
inline void run_contract(const dialects::Dialect& dialect, const std::string& folder) {
  for (const Case& wanted : cases()) {
    SCOPED_TRACE(folder + "/" + std::string(wanted.name));
    const std::optional<Fixture> fixture = read_fixture(folder, wanted.name);
    EXPECT_TRUE(fixture) << "there is no such fixture";
    if (!fixture) continue;
    const std::string missing = missing_blocks(wanted, *fixture);
    EXPECT_EQ(missing, "") << "the fixture lacks these blocks";
    if (!missing.empty()) continue;
    if ((wanted.parts & kRequest) != 0) {
      expect_sent(wanted, *fixture, send(dialect, read_request(wanted.name), {.model = "asked-model"}));
    }
    if (fixture->has("absent")) continue;
    if ((wanted.parts & kReply) != 0) check_reply(dialect, wanted, *fixture);
    if ((wanted.parts & kStream) != 0) check_stream(dialect, wanted, *fixture);
    if ((wanted.parts & kErrorBody) != 0) check_error(dialect, *fixture);
  }
}

}  // namespace onellm::contract
