// Writes a request as clients write theirs: the members in any order, with or without white space and escapes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "support/random/choice.h"

namespace onellm::test {

inline std::string written(nlohmann::ordered_json&& body, RandomChoice& random) {
  std::vector<std::pair<std::string, nlohmann::ordered_json*>> members;
  for (const auto& member : body.items()) {
    const auto place = static_cast<std::ptrdiff_t>(random.below(static_cast<uint32_t>(members.size()) + 1));
    members.emplace(members.begin() + place, member.key(), &member.value());
  }
  nlohmann::ordered_json mixed = nlohmann::ordered_json::object();
  for (auto& [key, value] : members) mixed[key] = std::move(*value);
  const bool escapes_all = random.one_in(2);
  return random.one_in(4) ? mixed.dump(2, ' ', escapes_all) : mixed.dump(-1, ' ', escapes_all);
}

}  // namespace onellm::test
