// What the tests of requests to Gemini share: a client's request in, the body sent out.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/gemini/request/writer.h"
#include "dialects/request_support.h"

namespace onellm::dialects::gemini {

using Json = nlohmann::json;

inline Json parse(std::string_view text) {
  Json tree = Json::parse(text, nullptr, false);
  EXPECT_FALSE(tree.is_discarded()) << text;
  return tree;
}

struct GeminiRequest {
  Json body;
  std::vector<std::string> dropped;
  Error error;  // Of one that was refused: then the body is null.
};

inline GeminiRequest encode_gemini(std::string_view request, const EncodeOptions& options) {
  const DecodedBody decoded = decode_good(request);
  EncodeOptions all = options;
  if (all.contract == models::Contract()) all.contract = models::contract_of(models::Maker::kGoogle, options.model);
  Result<EncodedRequest> encoded = encode_request(*decoded.request, all);
  if (!encoded) return {.body = nullptr, .dropped = {}, .error = encoded.error()};
  EXPECT_EQ(encoded->reply.model, options.model);
  return {.body = parse(encoded->body.flat()), .dropped = encoded->dropped, .error = {}};
}

// A request that says "hi", with the members given.
inline GeminiRequest encode_gemini_with(std::string_view members, const std::string& model = "gemini-flash-latest") {
  return encode_gemini(body_with(members), {.model = model});
}

// The member of the body that comes of the members given; null where there is none.
inline Json gemini_member(std::string_view key, std::string_view members,
                          const std::string& model = "gemini-flash-latest") {
  const GeminiRequest sent = encode_gemini_with(members, model);
  EXPECT_TRUE(sent.body.is_object()) << sent.error.message;
  return sent.body.value(std::string(key), Json());
}

// What is sent of an array of messages.
inline GeminiRequest encode_gemini_messages(std::string_view messages,
                                            const std::string& model = "gemini-flash-latest") {
  return encode_gemini(R"({"model":"m","messages":)" + std::string(messages) + "}", {.model = model});
}

inline Json gemini_contents(std::string_view messages, const std::string& model = "gemini-flash-latest") {
  const GeminiRequest sent = encode_gemini_messages(messages, model);
  EXPECT_TRUE(sent.body.is_object()) << sent.error.message;
  return sent.body.value("contents", Json());
}

}  // namespace onellm::dialects::gemini
