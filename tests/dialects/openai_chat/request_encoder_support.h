// What the tests of the request encoder share: a body encoded, and a body of which only some members are
// looked at.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/openai_chat/request/writer.h"
#include "dialects/request_support.h"

namespace onellm::dialects::openai_chat {

struct Encoded {
  std::string text;
  size_t pieces = 0;
  std::vector<std::string> dropped;
};

// With what the model takes, unless that is given.
inline EncodeOptions with_contract(EncodeOptions options) {
  const bool is_openai = options.host.mapping == HostMapping::kOpenAi;
  if (options.contract == models::Contract()) {
    options.contract = models::contract_of(is_openai ? models::Maker::kOpenAi : models::Maker::kNone, options.model);
  }
  return options;
}

inline Encoded encode(std::string_view body, const EncodeOptions& given) {
  const DecodedBody decoded = decode_good(body);
  const EncodeOptions options = with_contract(given);
  Result<EncodedRequest> result = encode_request(*decoded.request, options);
  EXPECT_TRUE(result) << body;
  if (!result) return {};
  return {result->body.flat(), result->body.pieces().size(), result->dropped};
}

// What a strict request is refused with; nothing where it is sent.
inline std::string refused_parameter(std::string_view body, EncodeOptions options) {
  options = with_contract(std::move(options));
  options.strict = true;
  const DecodedBody decoded = decode_good(body);
  Result<EncodedRequest> result = encode_request(*decoded.request, options);
  if (result) return "";
  const Error error = result.error();
  EXPECT_EQ(error.kind, ErrorKind::kUnsupportedParameter);
  return error.param;
}

// A body of a model and the members given, and the members that are sent of it: `"temperature":3`.
inline std::string body_for(std::string_view model, std::string_view members) {
  return R"({"model":")" + std::string(model) + R"(","messages":[{"role":"user","content":"hi"}],)" +
         std::string(members) + "}";
}

// The members that are sent, and which are dropped.
struct Sent {
  std::string members;
  std::vector<std::string> dropped;
  bool operator==(const Sent&) const = default;
};
inline void PrintTo(const Sent& sent, std::ostream* out) {
  *out << sent.members << " without";
  for (const std::string& name : sent.dropped) *out << ' ' << name;
}

inline Sent send_members(std::string_view model, std::string_view members, const HostRules& host,
                         const models::Contract& contract = {}) {
  const Encoded encoded =
      encode(body_for(model, members), {.model = std::string(model), .host = host, .contract = contract});
  const std::string begin = body_for(model, "");
  std::string rest = encoded.text.substr(std::min(begin.size() - 2, encoded.text.size()));
  if (rest.starts_with(',')) rest.erase(0, 1);
  if (rest.ends_with('}')) rest.pop_back();
  return {rest, encoded.dropped};
}

// The same of messages: `{"role":"user","content":"hi"}`, without brackets.
inline Sent send_messages(std::string_view model, std::string_view messages, const HostRules& host) {
  const std::string begin = R"({"model":")" + std::string(model) + R"(","messages":[)";
  const Encoded encoded = encode(begin + std::string(messages) + "]}", {.model = std::string(model), .host = host});
  EXPECT_TRUE(encoded.text.starts_with(begin) && encoded.text.ends_with("]}")) << encoded.text;
  return {encoded.text.substr(begin.size(), encoded.text.size() - begin.size() - 2), encoded.dropped};
}

}  // namespace onellm::dialects::openai_chat
