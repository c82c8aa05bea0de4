// The requests of the contract as one provider gets them. Where a provider's models or quirks change a request,
// tests/fixtures/<dialect>/contract/providers/<name>.json says how, by case:
//
//   sent      a JSON merge patch of the dialect's own `sent` (https://www.rfc-editor.org/rfc/rfc7396)
//   dropped   the parameters that are left out
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "contract/requests.h"
#include "providers/provider.h"

namespace onellm::contract {

inline constexpr const char* kModel = "asked-model";

inline Sent send_to(const providers::Provider& provider, const std::string& body, const std::string& model) {
  dialects::EncodeOptions options{.model = model,
                                  .ask_for_usage = provider.quirks.stream_usage,
                                  .contract = providers::contract_of(provider, model)};
  if (provider.kind->host_rules != nullptr) options.host = provider.kind->host_rules(provider, model);
  return send(*provider.kind->dialect, body, options);
}

// `folder` has the fixtures of the provider's dialect; `name` is that of its own fixture.
inline void expect_requests(const providers::Provider& provider, const std::string& folder, const std::string& name) {
  std::ifstream file(std::string(ONELLM_FIXTURES "/") + folder + "/providers/" + name + ".json");
  const Json differences = file ? Json::parse(file, nullptr, false) : Json::object();
  ASSERT_TRUE(differences.is_object()) << name;
  for (const Case& wanted : cases()) {
    if ((wanted.parts & kRequest) == 0) continue;
    SCOPED_TRACE(name + ": " + std::string(wanted.name));
    std::optional<Fixture> fixture = read_fixture(folder, wanted.name);
    ASSERT_TRUE(fixture);
    if (const auto found = differences.find(wanted.name); found != differences.end()) {
      Json sent = Json::parse(fixture->text("sent"), nullptr, false);
      sent.merge_patch(found->value("sent", Json::object()));
      fixture->transcript.blocks["sent"] = sent.dump();
      if (found->contains("dropped")) fixture->transcript.blocks["dropped"] = as_lines((*found)["dropped"]);
    }
    expect_sent(wanted, *fixture, send_to(provider, read_request(wanted.name), kModel));
  }
}

}  // namespace onellm::contract
