// Writes the answer of the view for the dashboard.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "gateway/usage/dashboard/figures.h"
#include "gateway/usage/dashboard/query.h"

namespace onellm::gateway {

// Names of keys for people, by their ids. A key without an alias, or that was deleted, is not in it.
using KeyAliases = std::map<std::string, std::string, std::less<>>;

// What the stores of keys know, as JSON.
struct KeyParts {
  KeyAliases aliases = {};
  std::string keys = {};     // For the master key: the first page of GET /v1/admin/keys. Empty: null is shown.
  std::string own_key = {};  // For another key: the data of GET /v1/key. Empty: left out, so that the page asks for it.
};

[[nodiscard]] std::string dashboard_report(const DashboardFigures& figures, const DashboardQuery& query,
                                           const KeyParts& keys);

}  // namespace onellm::gateway
