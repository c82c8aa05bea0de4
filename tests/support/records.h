// Data points, read by the names of their columns.
#pragma once

#include <gtest/gtest.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "gateway/accounting/data_point.h"

namespace onellm::gateway::test {

inline std::string blob(const nlohmann::json& record, const std::string& column) {
  for (size_t at = 0; at < std::size(kBlobColumns); ++at) {
    if (kBlobColumns[at].name == column) return record["blobs"][at].get<std::string>();
  }
  ADD_FAILURE() << "no such blob: " << column;
  return {};
}

inline double number(const nlohmann::json& record, const std::string& column) {
  for (size_t at = 0; at < std::size(kDoubleColumns); ++at) {
    if (kDoubleColumns[at] == column) return record["doubles"][at].get<double>();
  }
  ADD_FAILURE() << "no such double: " << column;
  return -1;
}

}  // namespace onellm::gateway::test
