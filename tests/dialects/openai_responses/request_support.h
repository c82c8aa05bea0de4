// What the tests of requests share: a client's body, and what goes to the provider for it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/openai_responses/request/writer.h"
#include "dialects/request_support.h"

namespace onellm::dialects::openai_responses {

struct Sent {
  nlohmann::json body;
  std::string text;
  std::vector<std::string> dropped;
  Error error;
  bool ok = false;

  // A member of the body; null where there is none.
  [[nodiscard]] nlohmann::json operator[](const std::string& key) const { return body.value(key, nlohmann::json()); }
};

inline EncodeOptions to_openai(std::string model = "gpt-5.6") {
  EncodeOptions options{.model = std::move(model)};
  options.host.mapping = HostMapping::kOpenAi;
  options.contract = models::contract_of(models::Maker::kOpenAi, options.model);
  return options;
}

inline Sent send(const std::string& body, const EncodeOptions& options = to_openai()) {
  const DecodedBody decoded = decode_good(body);
  Result<EncodedRequest> result = encode_request(*decoded.request, options);
  Sent sent;
  sent.ok = static_cast<bool>(result);
  if (!sent.ok) {
    sent.error = result.error();
    return sent;
  }
  sent.text = result->body.flat();
  sent.body = nlohmann::json::parse(sent.text, nullptr, false);
  EXPECT_FALSE(sent.body.is_discarded()) << sent.text;
  sent.dropped = result->dropped;
  return sent;
}

// Of a request that is good but for the members given: `"temperature":3`.
inline Sent send_with(const std::string& members, const EncodeOptions& options = to_openai()) {
  return send(body_with(members), options);
}

// Of a request with the messages given, `{…},{…}`.
inline Sent send_messages(const std::string& messages, const EncodeOptions& options = to_openai()) {
  return send(R"({"model":"m","messages":[)" + messages + "]}", options);
}

inline nlohmann::json parse(std::string_view text) { return nlohmann::json::parse(text, nullptr, false); }

}  // namespace onellm::dialects::openai_responses
