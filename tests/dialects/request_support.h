// What the tests of requests share: a body with its decoded request, and the fixtures.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/openai_chat/client/decode_request.h"

namespace onellm::dialects {

// A request and the body that it has views into.
struct DecodedBody {
  std::unique_ptr<json::Buffer> body;
  std::optional<chat::Request> request;
  Error error;

  const chat::Request* operator->() const { return &*request; }
};

inline DecodedBody decode(std::string_view text) {
  DecodedBody decoded{.body = std::make_unique<json::Buffer>(text), .request = std::nullopt, .error = {}};
  Result<chat::Request> result = openai_chat::decode_request(*decoded.body);
  if (result) {
    decoded.request = std::move(*result);
  } else {
    decoded.error = result.error();
  }
  return decoded;
}

// The same, where the body must be good.
inline DecodedBody decode_good(std::string_view text) {
  DecodedBody decoded = decode(text);
  EXPECT_TRUE(decoded.request.has_value()) << decoded.error.message << "\n" << text;
  if (!decoded.request) decoded.request.emplace();
  return decoded;
}

// A body that is good but for the members given: `"temperature":3`.
inline std::string body_with(std::string_view members) {
  return R"({"model":"m","messages":[{"role":"user","content":"hi"}],)" + std::string(members) + "}";
}

struct RequestFixture {
  std::string name;
  std::string text;
};

inline std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline RequestFixture request_fixture(const std::string& name) {
  return {name, read_whole(std::filesystem::path(ONELLM_FIXTURES) / "openai_chat/requests" / name)};
}

inline std::vector<RequestFixture> all_request_fixtures() {
  std::vector<RequestFixture> fixtures;
  for (const auto& entry : std::filesystem::directory_iterator(ONELLM_FIXTURES "/openai_chat/requests")) {
    fixtures.push_back(request_fixture(entry.path().filename()));
  }
  std::sort(fixtures.begin(), fixtures.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return fixtures;
}

}  // namespace onellm::dialects
