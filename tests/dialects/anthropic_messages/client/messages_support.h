// What the tests of requests of Messages clients share: such a request in, what each provider gets out.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/anthropic_messages/client/decode_request.h"
#include "dialects/anthropic_messages/dialect.h"
#include "dialects/gemini/dialect.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/dialect.h"
#include "dialects/palm/dialect.h"

namespace onellm::dialects::anthropic_messages {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

struct Target {
  std::string name;  // Of its provider.
  const Dialect* dialect;
  models::Maker maker;
  const char* model;
  HostMapping mapping = HostMapping::kAsWritten;
};

inline const Target& openai() {
  static const Target kTarget{"openai", &openai_chat::dialect(), models::Maker::kOpenAi, "gpt-4o",
                              HostMapping::kOpenAi};
  return kTarget;
}
inline const Target& o3() {
  static const Target kTarget{"openai", &openai_chat::dialect(), models::Maker::kOpenAi, "o3", HostMapping::kOpenAi};
  return kTarget;
}
inline const Target& newest_openai() {  // It takes marks of the prompt cache.
  static const Target kTarget{"openai", &openai_chat::dialect(), models::Maker::kOpenAi, "gpt-6.1-sol",
                              HostMapping::kOpenAi};
  return kTarget;
}
inline const Target& host() {
  static const Target kTarget{"compat1", &openai_chat::dialect(), models::Maker::kNone, "llama",
                              HostMapping::kCompatible};
  return kTarget;
}
inline const Target& responses() {
  static const Target kTarget{"openai", &openai_responses::dialect(), models::Maker::kOpenAi, "gpt-5.1",
                              HostMapping::kOpenAi};
  return kTarget;
}
inline const Target& newest_responses() {
  static const Target kTarget{"openai", &openai_responses::dialect(), models::Maker::kOpenAi, "gpt-6.1-sol",
                              HostMapping::kOpenAi};
  return kTarget;
}
inline const Target& gemini_flash() {
  static const Target kTarget{"google", &gemini::dialect(), models::Maker::kGoogle, "gemini-2.5-flash"};
  return kTarget;
}
inline const Target& gemini_pro() {
  static const Target kTarget{"google", &gemini::dialect(), models::Maker::kGoogle, "gemini-3.1-pro-preview"};
  return kTarget;
}
inline const Target& bison() {
  static const Target kTarget{"palm", &palm::dialect(), models::Maker::kNone, "chat-bison-001"};
  return kTarget;
}
inline const Target& claude() {
  static const Target kTarget{"anthropic", &anthropic_messages::dialect(), models::Maker::kAnthropic,
                              "claude-opus-4-8"};
  return kTarget;
}

inline std::vector<const Target*> all_targets() {
  return {&openai(),           &o3(),           &newest_openai(), &host(),  &responses(),
          &newest_responses(), &gemini_flash(), &gemini_pro(),    &bison(), &claude()};
}

// A request and the body that it has views into.
struct DecodedMessages {
  std::unique_ptr<json::Buffer> body;
  std::optional<chat::Request> request;
  Error error;

  const chat::Request* operator->() const { return &*request; }
};

inline DecodedMessages decode_messages_body(std::string_view text, Purpose purpose = Purpose::kAnswer) {
  DecodedMessages decoded{.body = std::make_unique<json::Buffer>(text), .request = std::nullopt, .error = {}};
  Result<chat::Request> result = decode_request(*decoded.body, purpose);
  if (result) {
    decoded.request = std::move(*result);
  } else {
    decoded.error = result.error();
  }
  return decoded;
}

// A body that is good but for the members given: `"top_k":3`.
inline std::string messages_body(std::string_view members) {
  const bool has_messages = members.find(R"("messages":)") != members.npos;
  std::string body = R"({"model":"m","max_tokens":1024)";
  if (!has_messages) body += R"(,"messages":[{"role":"user","content":"hi"}])";
  return body + (members.empty() ? "" : ",") + std::string(members) + "}";
}

struct Sent {
  std::string text;
  Json body;      // Null where there is an error.
  Names dropped;  // In the client's words.
  Error error;    // Likewise.

  [[nodiscard]] bool drops(std::string_view name) const {
    return std::find(dropped.begin(), dropped.end(), name) != dropped.end();
  }
};

inline Sent send_request(const chat::Request& request, const Target& target, bool strict = false) {
  EncodeOptions options{.model = target.model, .provider = target.name, .strict = strict};
  options.host.mapping = target.mapping;
  options.contract = models::contract_of(target.maker, target.model);
  Result<EncodedRequest> encoded = target.dialect->encode_request(request, options);
  Sent sent;
  if (!encoded) {
    sent.error = encoded.error();
    sent.error.param = dialect().field_name(sent.error.param, request);
    return sent;
  }
  sent.text = encoded->body.flat();
  sent.body = Json::parse(sent.text, nullptr, false);
  EXPECT_FALSE(sent.body.is_discarded()) << sent.text;
  for (const std::string& name : encoded->dropped) sent.dropped.push_back(dialect().field_name(name, request));
  return sent;
}

// Of a whole body.
inline Sent send_body(std::string_view body, const Target& target, bool strict = false) {
  const DecodedMessages decoded = decode_messages_body(body);
  EXPECT_TRUE(decoded.request) << decoded.error.message << "\n" << body;
  if (!decoded.request) return {};
  return send_request(*decoded.request, target, strict);
}

inline Sent send_with(std::string_view members, const Target& target, bool strict = false) {
  return send_body(messages_body(members), target, strict);
}

// The content of one message of the user: blocks.
inline Sent send_blocks(std::string_view blocks, const Target& target) {
  return send_with(R"("messages":[{"role":"user","content":[)" + std::string(blocks) + "]}]", target);
}

}  // namespace onellm::dialects::anthropic_messages
