// The checks of the contract for a host of OpenAI's format and for its quirks.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "contract/quirks.h"
#include "providers/hosts.h"

namespace onellm::contract {

using providers::Host;

// The fixture for a facet; null if there is none.
inline const QuirkFixture* find_fixture(const std::vector<QuirkFixture>& fixtures, const Facet& facet) {
  for (const QuirkFixture& fixture : fixtures) {
    if (fixture.quirks == facet.alone) return &fixture;
  }
  return nullptr;
}

// True if another quirk of a host may change this parameter of the fixture.
inline bool may_differ(const Json& fixture, const std::string& name) {
  const Json names = fixture.value("may_differ", Json::array());
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Expects that the parameters of the fixture were sent as it says. Other quirks of the host may change the rest.
inline void expect_shown(const QuirkFixture& fixture, const Sent& sent) {
  const Json& json = fixture.json;
  if (json.contains("refused")) {
    EXPECT_EQ(sent.param, json["refused"]);
    return;
  }
  EXPECT_EQ(sent.refused, "");
  Json wanted = json["request"];
  wanted.update(json["sent"]);
  for (const auto& [name, unused] : wanted.items()) {
    if (may_differ(json, name)) continue;
    const bool is_sent = json["sent"].contains(name) || name == "messages";
    if (is_sent) {
      EXPECT_EQ(sent.body.value(name, Json()), wanted[name]) << name;
    } else {
      EXPECT_FALSE(sent.body.contains(name)) << name;
    }
  }
  for (const Json& name : json.value("dropped", Json::array())) {
    EXPECT_TRUE(std::find(sent.dropped.begin(), sent.dropped.end(), name) != sent.dropped.end()) << name;
  }
}

inline void expect_facets(const Host& host) {
  for (const Facet& facet : facets_of(host.quirks)) {
    SCOPED_TRACE(std::string(host.host) + ": " + facet.label);
    const std::vector<QuirkFixture> fixtures = read_quirk_fixtures(facet.quirk);
    const QuirkFixture* fixture = find_fixture(fixtures, facet);
    EXPECT_NE(fixture, nullptr) << "this quirk has no fixture";
    if (fixture == nullptr) continue;
    expect_shown(*fixture, send_to(host_with(host.quirks), client_body(fixture->json), model_of(fixture->json)));
  }
}

inline std::string file_name(const Host& host) {
  return std::string(host.host.substr(host.host.starts_with('.') ? 1 : 0));
}

// True if the quirk changes what is sent for the fixture.
inline bool shows_something(const QuirkFixture& fixture) {
  const std::string body = client_body(fixture.json);
  const Sent with = send_to(host_with(fixture.quirks), body, model_of(fixture.json));
  const Sent without = send_to(host_with({}), body, model_of(fixture.json));
  return with.body != without.body || with.dropped != without.dropped || with.refused != without.refused;
}

inline void expect_one_quirk(const std::string& quirk, const QuirkFixture& fixture) {
  SCOPED_TRACE(fixture.place);
  const std::vector<Facet> facets = facets_of(fixture.quirks);
  ASSERT_EQ(facets.size(), 1U) << "a fixture is of one value of one quirk";
  EXPECT_EQ(facets[0].quirk, quirk);
  EXPECT_TRUE(shows_something(fixture)) << "the same is sent without the quirk";

  const Sent sent = send_to(host_with(fixture.quirks), client_body(fixture.json), model_of(fixture.json));
  expect_shown(fixture, sent);
  if (fixture.json.contains("refused")) return;
  Json expected = Json::parse(client_body(fixture.json), nullptr, false);
  for (const auto& [name, unused] : fixture.json["request"].items()) {
    if (name != "messages") expected.erase(name);
  }
  expected["model"] = model_of(fixture.json);
  expected.update(fixture.json["sent"]);
  EXPECT_EQ(sent.body, expected);
  EXPECT_EQ(as_lines(sent.dropped), as_lines(fixture.json.value("dropped", std::vector<std::string>())));
}

}  // namespace onellm::contract
