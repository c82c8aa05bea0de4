// Any text as a request to Claude: what the client's dialect accepts is either sent in the shape that the
// Messages API demands, or refused by the name of a field.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "dialects/anthropic_messages/request/writer.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "json/reader.h"

namespace {

using Json = nlohmann::json;
using onellm::Result;
using onellm::chat::Request;
using onellm::dialects::EncodedRequest;
using onellm::dialects::EncodeOptions;

using Ids = std::set<std::string>;

std::string text_of(const Json& object, const char* key) { return object.value(key, ""); }

// A content that is one string, as the one block that it stands for.
Json blocks_of(const Json& content) {
  if (content.is_array()) return content;
  return Json::array({Json{{"type", "text"}, {"text", content}}});
}

bool has_words(const std::string& text) { return text.find_first_not_of(" \t\r\n") != std::string::npos; }

class TurnChecker {
 public:
  void check(const Json& turn) {
    const std::string role = text_of(turn, "role");
    const Json blocks = blocks_of(turn["content"]);
    ONELLM_ASSERT(!blocks.empty() && role != last_role_);
    if (role == "user") check_user(blocks);
    if (role == "assistant") check_assistant(blocks);
    if (role == "system") ONELLM_ASSERT(last_role_ == "user");
    if (role == "user") ONELLM_ASSERT(last_role_ != "system");
    last_role_ = role;
  }

  void end() const { ONELLM_ASSERT(open_.empty()); }

 private:
  void check_user(const Json& blocks) {
    bool results_ended = false;
    for (const Json& block : blocks) {
      if (text_of(block, "type") == "tool_result") {
        ONELLM_ASSERT(!results_ended && open_.erase(text_of(block, "tool_use_id")) == 1);
      } else {
        results_ended = true;
        check_text(block);
      }
    }
    ONELLM_ASSERT(open_.empty());
  }

  void check_assistant(const Json& blocks) {
    ONELLM_ASSERT(open_.empty());
    for (const Json& block : blocks) {
      ONELLM_ASSERT(text_of(block, "type") != "tool_result");
      check_text(block);
      if (text_of(block, "type") != "tool_use") continue;
      const std::string id = text_of(block, "id");
      ONELLM_ASSERT(!id.empty() && id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                        "0123456789_-") == std::string::npos);
      ONELLM_ASSERT(ids_.insert(id).second);
      ONELLM_ASSERT(block["input"].is_object());
      open_.insert(id);
    }
  }

  static void check_text(const Json& block) {
    ONELLM_ASSERT(text_of(block, "type") != "text" || has_words(text_of(block, "text")));
  }

  std::string last_role_;
  Ids ids_;   // Of all calls,
  Ids open_;  // and of those that wait for their result.
};

void check(const Json& body) {
  ONELLM_ASSERT(body["max_tokens"].is_number_integer() && body["max_tokens"] > 0);
  ONELLM_ASSERT(!body["messages"].empty());
  TurnChecker turns;
  for (const Json& turn : body["messages"]) turns.check(turn);
  turns.end();
}

// A level of the client's text may stand some levels deeper in ours; at the very limit of our own reader
// that is one too many for it.
bool is_deep(std::string_view text) {
  return std::count(text.begin(), text.end(), '{') + std::count(text.begin(), text.end(), '[') > 100;
}

void encode(const Request& request, EncodeOptions options) {
  options.contract = onellm::models::contract_of(onellm::models::Maker::kAnthropic, options.model);
  Result<EncodedRequest> encoded = onellm::dialects::anthropic_messages::encode_request(request, options);
  if (!encoded) {
    const onellm::Error error = encoded.error();
    ONELLM_ASSERT(!error.param.empty() && !error.message.empty());
    return;
  }
  ONELLM_ASSERT(!options.strict || encoded->dropped.empty());
  const std::string body = encoded->body.flat();
  if (is_deep(request.source.text)) return;
  ONELLM_ASSERT(onellm::json::is_valid(body));
  // Half a surrogate pair, or a number that no double holds, is JSON, but not to that library.
  const Json parsed = Json::parse(body, nullptr, false);
  if (!parsed.is_discarded()) check(parsed);

  Result<EncodedRequest> again = onellm::dialects::anthropic_messages::encode_request(request, options);
  ONELLM_ASSERT(again && again->body.flat() == body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const onellm::json::Buffer body(std::string_view(reinterpret_cast<const char*>(data), size));
  Result<Request> request = onellm::dialects::openai_chat::decode_request(body);
  if (!request || request->source.out_of_range) return 0;  // Such values are refused before a request is translated.
  for (const char* model : {"claude-3-5-sonnet-latest", "claude-sonnet-4-5", "claude-opus-4-8", "claude-opus-5-5"}) {
    encode(*request, {.model = model});
  }
  encode(*request, {.model = "claude-sonnet-4-5", .strict = true});
  return 0;
}
