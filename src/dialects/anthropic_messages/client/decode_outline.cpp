#include "dialects/anthropic_messages/client/decode_outline.h"

#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "dialects/anthropic_messages/client/request/field_words.h"
#include "dialects/common/client/field_reader.h"
#include "dialects/common/client/gateway_options.h"
#include "dialects/common/client/request_body.h"
#include "dialects/common/splice/source_members.h"
#include "dialects/ids.h"

namespace onellm::dialects::anthropic_messages {

namespace {

class OutlineDecoder {
 public:
  Result<chat::Request> decode(const json::Buffer& body) {
    std::optional<Error> malformed =
        read_request_body(body, fields_, [this](json::RawString key, json::Value& value) { take_member(key, value); });
    if (malformed) return *std::move(malformed);
    fields_.require(!request_.model.empty(), "model");
    if (fields_.complained()) return fields_.error();
    request_.include_usage = request_.stream;  // Streams of this API always have it.
    request_.source.dialect = kAnthropicMessages;
    request_.source.text = body.text();
    request_.source.members = locate_members(body.text(), keys_);
    return std::move(request_);
  }

 private:
  void take_member(json::RawString key, json::Value& value) {
    if (keys_.size() == kRequestKeysMax) return fields_.complain("is one top-level key too many for this gateway");
    keys_.push_back(key);
    if (json::key_is(key, "model")) {
      take_model(value);
    } else if (json::key_is(key, "onellm")) {
      note_once(has_options_);
      if (!value.is_null()) request_.options = decode_gateway_options(fields_, value);
    } else if (json::key_is(key, "stream")) {
      request_.stream = false;
      (void)value.read(request_.stream);
    }
  }

  void take_model(json::Value& value) {
    note_once(has_model_);
    read_model(fields_, value, request_.model);
  }

  // The gateway and the provider must not read different values.
  void note_once(bool& seen) {
    if (std::exchange(seen, true)) fields_.complain("is given twice");
  }

  FieldReader fields_{kFieldWords};
  chat::Request request_;
  std::vector<json::RawString> keys_;  // The top-level keys, in order.
  bool has_model_ = false;
  bool has_options_ = false;
};

}  // namespace

Result<chat::Request> decode_outline(const json::Buffer& body) { return OutlineDecoder().decode(body); }

}  // namespace onellm::dialects::anthropic_messages
