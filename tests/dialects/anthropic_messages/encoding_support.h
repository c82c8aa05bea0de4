// What the tests of requests to Claude share: a client's request in, the body sent as parsed JSON out.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/anthropic_messages/request/writer.h"
#include "dialects/request_support.h"

namespace onellm::dialects::anthropic_messages {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

// Models of which each stands for its kind.
inline constexpr const char* kBudgetModel = "claude-sonnet-4-5";
inline constexpr const char* kAdaptiveModel = "claude-opus-4-8";
inline constexpr const char* kNewestModel = "claude-opus-5-5";
inline constexpr const char* kOldModel = "claude-3-5-sonnet-20241022";

struct Encoded {
  bool good = false;
  Json body;  // Null where it is not good.
  Names dropped;
  std::vector<std::pair<std::string, std::string>> headers;
  ReplyContext reply;
  Error error;
};

inline Json parse(std::string_view text) { return Json::parse(text, nullptr, false); }

inline Encoded encode_whole(std::string_view body, const EncodeOptions& options) {
  const DecodedBody decoded = decode_good(body);
  EncodeOptions all = options;
  if (all.contract == models::Contract()) all.contract = models::contract_of(models::Maker::kAnthropic, options.model);
  Result<EncodedRequest> result = encode_request(*decoded.request, all);
  Encoded encoded;
  encoded.good = static_cast<bool>(result);
  if (!encoded.good) {
    encoded.error = result.error();
    return encoded;
  }
  encoded.body = parse(result->body.flat());
  EXPECT_FALSE(encoded.body.is_discarded()) << result->body.flat();
  encoded.dropped = result->dropped;
  encoded.headers = result->headers;
  encoded.reply = result->reply;
  return encoded;
}

// Of a request that is good but for the members given: `"temperature":3`.
inline Encoded encode(const char* model, std::string_view members, bool strict = false) {
  return encode_whole(body_with(members), {.model = model, .strict = strict});
}

// Of a request with these messages: `{"role":"user","content":"hi"}`.
inline Encoded encode_messages(const char* model, std::string_view messages, std::string_view members = "") {
  std::string body = R"({"model":"m","messages":[)" + std::string(messages) + "]";
  if (!members.empty()) body += "," + std::string(members);
  return encode_whole(body + "}", {.model = model});
}

// A member of the body sent; null where there is none.
inline Json member_of(const Encoded& encoded, const char* key) {
  return encoded.body.is_object() ? encoded.body.value(key, Json()) : Json();
}

}  // namespace onellm::dialects::anthropic_messages
