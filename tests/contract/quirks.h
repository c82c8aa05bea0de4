// The quirks of the contract: tests/fixtures/openai_chat/contract/quirks/<quirk>.json is a list of objects, one for
// each value of that quirk:
//
//   set         the members of an entry of ONELLM_PROVIDERS (and `maker`, which no entry has)
//   model       the model asked, if the quirk shows only there
//   request     members of the client's request, besides a model and a message
//   sent        members of the sent body, besides the model and the messages of the request
//   dropped     the parameters that were left out
//   refused     the parameter for which the request was refused
//   may_differ  members of `sent` that a host with further quirks may get in another form
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "contract/providers.h"
#include "routing/settings/settings.h"

namespace onellm::contract {

using providers::Quirks;

// One value of one quirk, alone. Of a list it is one element.
struct Facet {
  std::string quirk;
  std::string label;  // For messages.
  Quirks alone;
};

inline std::string shown(const std::string& text) { return text; }
inline std::string shown(const std::pair<std::string, std::string>& pair) { return pair.first + " to " + pair.second; }
inline std::string shown(std::optional<bool> value) { return value ? std::to_string(*value) : "not known"; }
template <typename T>
std::string shown(T value) {
  return std::to_string(static_cast<int64_t>(value));
}

template <auto kMember>
void add_value(const char* name, const Quirks& quirks, std::vector<Facet>& out) {
  if (quirks.*kMember == Quirks().*kMember) return;
  Facet facet{name, std::string(name) + " " + shown(quirks.*kMember), {}};
  facet.alone.*kMember = quirks.*kMember;
  out.push_back(std::move(facet));
}

template <auto kMember>
void add_elements(const char* name, const Quirks& quirks, std::vector<Facet>& out) {
  for (const auto& element : quirks.*kMember) {
    Facet facet{name, std::string(name) + " " + shown(element), {}};
    facet.alone.*kMember = {element};
    out.push_back(std::move(facet));
  }
}

// What the quirks say besides the defaults.
inline std::vector<Facet> facets_of(const Quirks& quirks) {
  // A new member of Quirks does not compile here before it has its line below.
  [[maybe_unused]] const auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
                                m20, m21, m22] = quirks;
  std::vector<Facet> facets;
  add_value<&Quirks::native>("native", quirks, facets);
  add_value<&Quirks::stream_usage>("stream_usage", quirks, facets);
  add_value<&Quirks::echoes>("echoes", quirks, facets);
  add_value<&Quirks::tool_images>("tool_images", quirks, facets);
  add_value<&Quirks::names>("names", quirks, facets);
  add_value<&Quirks::cache_marks>("cache_marks", quirks, facets);
  add_value<&Quirks::tool_call_ids>("tool_call_ids", quirks, facets);
  add_value<&Quirks::tool_names>("tool_names", quirks, facets);
  add_value<&Quirks::content>("content", quirks, facets);
  add_value<&Quirks::thinking>("thinking", quirks, facets);
  add_value<&Quirks::forced_tools>("forced_tools", quirks, facets);
  add_value<&Quirks::force_while_thinking>("force_while_thinking", quirks, facets);
  add_value<&Quirks::repeated_roles>("repeated_roles", quirks, facets);
  add_value<&Quirks::repeated_tools>("repeated_tools", quirks, facets);
  add_value<&Quirks::formats>("formats", quirks, facets);
  add_value<&Quirks::choices_max>("choices_max", quirks, facets);
  add_value<&Quirks::stops_max>("stops_max", quirks, facets);
  add_value<&Quirks::temperature_tenths_max>("temperature_max", quirks, facets);
  add_value<&Quirks::maker>("maker", quirks, facets);
  add_elements<&Quirks::drop>("drop", quirks, facets);
  add_elements<&Quirks::pass>("pass", quirks, facets);
  add_elements<&Quirks::rename>("rename", quirks, facets);
  return facets;
}

struct QuirkFixture {
  std::string place;  // For messages.
  Json json;
  Quirks quirks;
};

// The quirks that an entry of ONELLM_PROVIDERS with these members has.
inline Quirks quirks_of(const Json& set) {
  Json entry = set;
  entry.erase("maker");
  entry["base"] = "http://unknown.test";
  const Json env = {{"ONELLM_PROVIDERS", {{"host", entry}}}};
  const routing::Settings settings = routing::read_settings(env.dump(), {});
  EXPECT_EQ(settings.problems, std::vector<std::string>());
  if (!settings.problems.empty()) return {};
  Quirks quirks = settings.providers.back().quirks;
  if (set.value("maker", "") == "moonshot") quirks.maker = models::Maker::kMoonshot;
  return quirks;
}

inline std::filesystem::path quirk_folder() { return ONELLM_FIXTURES "/openai_chat/contract/quirks"; }

inline std::vector<QuirkFixture> read_quirk_fixtures(const std::string& quirk) {
  const std::filesystem::path path = quirk_folder() / (quirk + ".json");
  if (!std::filesystem::exists(path)) return {};
  std::ifstream file(path);
  const Json list = Json::parse(file, nullptr, false);
  EXPECT_TRUE(list.is_array()) << path;
  std::vector<QuirkFixture> fixtures;
  for (const Json& json : list) {
    fixtures.push_back({path.filename().string() + " " + json["set"].dump(), json, quirks_of(json["set"])});
  }
  return fixtures;
}

inline providers::Provider host_with(const Quirks& quirks) {
  providers::Provider provider;
  provider.kind = &providers::compatible_kind();
  provider.quirks = quirks;
  return provider;
}

inline std::string model_of(const Json& fixture) { return fixture.value("model", kModel); }

inline std::string client_body(const Json& fixture) {
  Json body = {{"model", "asked"}, {"messages", Json::array({{{"role", "user"}, {"content", "Hello"}}})}};
  body.update(fixture["request"]);
  return body.dump();
}

}  // namespace onellm::contract
