// The requests of the contract: what a dialect makes of them for a provider.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "contract/fixture.h"
#include "dialects/dialect.h"
#include "dialects/openai_chat/client/decode_request.h"

namespace onellm::contract {

// What goes to the provider. If the request was refused, only `refused`.
struct Sent {
  Json body;
  std::vector<std::string> dropped;
  std::string refused;  // The error (support/transcript.h).
  std::string param;    // The parameter that was refused.
};

// `body` is a client's request in the dialect of Chat Completions. The endpoint is not asked.
inline Sent send(const dialects::Dialect& dialect, const std::string& body, const dialects::EncodeOptions& options) {
  const json::Buffer buffer(body);
  Result<chat::Request> request = dialects::openai_chat::decode_request(buffer);
  EXPECT_TRUE(request) << body;
  if (!request) return {};
  Result<dialects::EncodedRequest> encoded = dialect.encode_request(*request, options);
  if (!encoded) {
    const Error error = encoded.error();
    return {.body = {}, .dropped = {}, .refused = test::describe(error), .param = error.param};
  }
  Json json = Json::parse(encoded->body.flat(), nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << encoded->body.flat();
  return {.body = std::move(json), .dropped = encoded->dropped, .refused = {}, .param = {}};
}

inline std::string read_request(std::string_view name) {
  std::ifstream file(std::string(ONELLM_FIXTURES "/contract/requests/") + std::string(name) + ".json");
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string as_lines(const std::vector<std::string>& names) {
  std::string lines;
  for (const std::string& name : names) lines += (lines.empty() ? "" : "\n") + name;
  return lines;
}

inline void expect_sent(const Case& wanted, const Fixture& fixture, const Sent& sent) {
  EXPECT_EQ(sent.refused, fixture.text("refused"));
  EXPECT_EQ(as_lines(sent.dropped), fixture.text("dropped"));
  if (fixture.has("refused") || !sent.refused.empty()) return;
  EXPECT_EQ(sent.body, Json::parse(fixture.text("sent"), nullptr, false)) << sent.body;
  if (fixture.has("dropped")) return;
  const std::string text = sent.body.dump();
  for (const std::string_view word : wanted.sent_words) EXPECT_NE(text.find(word), text.npos) << word << ": " << text;
}

}  // namespace onellm::contract
