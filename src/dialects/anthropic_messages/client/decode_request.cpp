#include "dialects/anthropic_messages/client/decode_request.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/anthropic_messages/client/request/field_words.h"
#include "dialects/anthropic_messages/client/request/messages.h"
#include "dialects/anthropic_messages/client/request/thread.h"
#include "dialects/anthropic_messages/client/request/tools.h"
#include "dialects/anthropic_messages/client/request/top_level.h"
#include "dialects/common/client/field_reader.h"
#include "dialects/common/client/gateway_options.h"
#include "dialects/common/client/request_body.h"
#include "dialects/common/request/raw_values.h"
#include "dialects/common/splice/source_members.h"
#include "dialects/ids.h"

namespace onellm::dialects::anthropic_messages {

namespace {

// What changes no answer, in the words of encoders. `thinking` is one of them where other models lose nothing by it.
constexpr std::string_view kHints[] = {"cache_control",
                                       "functions[].cache_control",
                                       "messages[].cache_control",
                                       "messages[].content[].is_error",
                                       "messages[].tool_calls[].cache_control",
                                       "output_format",
                                       "prompt_cache_breakpoint",
                                       "tools[].cache_control",
                                       "user",
                                       "thinking"};
constexpr std::span<const std::string_view> kAllHints{kHints};
constexpr std::span<const std::string_view> kHintsBesideThinking = kAllHints.first(std::size(kHints) - 1);

// Other providers' models may be colder or hotter.
constexpr double kTemperatureMax = 2;
constexpr double kTopPMax = 1;

class RequestDecoder {
 public:
  explicit RequestDecoder(Purpose purpose) : purpose_(purpose) {}

  Result<chat::Request> decode(const json::Buffer& body) {
    std::optional<Error> malformed =
        read_request_body(body, fields_, [this](json::RawString key, json::Value& value) { take_member(key, value); });
    if (malformed) return *std::move(malformed);
    if (!fields_.complained()) finish(body.text());
    if (fields_.complained()) return fields_.error();
    return std::move(request_);
  }

 private:
  void take_member(json::RawString key, json::Value& value) {
    if (!add_key(fields_, key, keys_)) return;
    if (!value.is_null()) take_value(find_request_key(key), key, value);
  }

  void take_value(RequestKey row, json::RawString key, json::Value& value) {
    switch (row) {
      case RequestKey::kModel: return read_model(fields_, value, request_.model);
      case RequestKey::kMessages: return decode_messages(fields_, value, request_);
      case RequestKey::kMaxTokens: return take_max_tokens(fields_, value, request_);
      case RequestKey::kSystem: system_ = decode_system(fields_, value, request_); return;
      case RequestKey::kStream: return fields_.boolean(value, request_.stream);
      case RequestKey::kTools: return decode_tools(fields_, value, request_);
      case RequestKey::kToolChoice: return decode_tool_choice(fields_, value, request_);
      case RequestKey::kThinking: may_lose_thinking_ = take_thinking(fields_, value, request_); return;
      case RequestKey::kOutputConfig: return take_output_config(fields_, value, request_);
      case RequestKey::kOutputFormat: return take_output_format(fields_, value, request_);
      case RequestKey::kMetadata: return take_metadata(fields_, value, request_);
      case RequestKey::kServiceTier: return take_service_tier(fields_, value, request_);
      case RequestKey::kStopSequences: return take_stop_sequences(fields_, value, request_);
      case RequestKey::kTemperature: return take_number(fields_, value, "temperature", kTemperatureMax, request_);
      case RequestKey::kTopP: return take_number(fields_, value, "top_p", kTopPMax, request_);
      case RequestKey::kTopK: return take_top_k(value);
      case RequestKey::kInferenceGeo: return take_promise(value);
      case RequestKey::kOnellm: request_.options = decode_gateway_options(fields_, value); return;
      case RequestKey::kUnknown: return take_unknown(key, value);
    }
  }

  void take_top_k(json::Value& value) {
    int64_t number = 0;
    fields_.integer(value, 0, INT64_MAX, number);
    if (!fields_.complained()) request_.unknown.push_back({.name = "top_k", .value = value.whole()});
  }

  // A promise about the place cannot be broken in silence.
  void take_promise(json::Value& value) {
    json::RawString place;
    fields_.text(value, place);
    if (fields_.complained()) return;
    fields_.note_out_of_range("is a promise that this model's provider does not make");
    request_.unknown.push_back({.name = "inference_geo", .value = value.whole(), .must_hold = true});
  }

  void take_unknown(json::RawString key, json::Value& value) {
    const bool is_plain = key.text.find('\\') == std::string_view::npos;
    request_.unknown.push_back(
        {.name = is_plain ? key.text : request_.keep(json::unescape(key)), .value = value.raw()});
  }

  // Called once the whole text is known to be valid JSON.
  void finish(std::string_view text) {
    fields_.require(!request_.model.empty(), "model");
    fields_.require(!request_.messages.empty(), "messages");
    const bool has_limit = !request_.parameter("max_tokens").empty();
    fields_.require(has_limit || purpose_ == Purpose::kCount, "max_tokens");
    check_tools(fields_, request_);
    if (fields_.complained()) return;
    if (!system_.parts.empty()) request_.messages.insert(request_.messages.begin(), std::move(system_));
    request_.include_usage = request_.stream;  // This API's streams always tell it.
    chat::Source& source = request_.source;
    source.dialect = kAnthropicMessages;
    source.text = text;
    source.members = locate_members(text, keys_);
    source.foreign_type = fields_.foreign_type();
    source.out_of_range = fields_.take_out_of_range();
    const json::Raw thread = unknown_parameter(request_, "thread");
    if (!source.out_of_range && !thread.empty()) source.out_of_range = refusal_of_thread(thread);
    source.hints = may_lose_thinking_ ? kAllHints : kHintsBesideThinking;
  }

  const Purpose purpose_;
  FieldReader fields_{kFieldWords};
  chat::Request request_;
  chat::Message system_;
  bool may_lose_thinking_ = true;
  std::vector<json::RawString> keys_;  // The top-level keys, in order.
};

}  // namespace

Result<chat::Request> decode_request(const json::Buffer& body, Purpose purpose) {
  return RequestDecoder(purpose).decode(body);
}

}  // namespace onellm::dialects::anthropic_messages
