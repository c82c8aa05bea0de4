#include "dialects/openai_chat/client/decode_request.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "dialects/common/client/field_reader.h"
#include "dialects/common/client/gateway_options.h"
#include "dialects/common/client/request_body.h"
#include "dialects/common/splice/source_members.h"
#include "dialects/ids.h"
#include "dialects/openai_chat/client/borrowed/forms.h"
#include "dialects/openai_chat/client/request/messages.h"
#include "dialects/openai_chat/client/request/options.h"
#include "dialects/openai_chat/client/request/parameter_table.h"
#include "dialects/openai_chat/client/request/tools.h"

namespace onellm::dialects::openai_chat {

namespace {

bool has_escapes(json::RawString text) { return text.text.find('\\') != std::string_view::npos; }

class RequestDecoder {
 public:
  Result<chat::Request> decode(const json::Buffer& body) {
    std::optional<Error> malformed =
        read_request_body(body, fields_, [this](json::RawString key, json::Value& value) { take_member(key, value); });
    is_json_ = !malformed;
    if (malformed) return *std::move(malformed);
    if (!fields_.complained()) finish(body.text());
    if (fields_.complained()) return fields_.error();
    return std::move(request_);
  }

  // True if the text must be rewritten into OpenAI's form, whether decode() failed or not.
  [[nodiscard]] bool is_in_another_form() const { return is_json_ && fields_.has_borrowed_form(); }

 private:
  void take_member(json::RawString key, json::Value& value) {
    if (!add_key(fields_, key, keys_)) return;
    const RequestKeyRow& row = find_request_key(key);
    rows_.push_back(&row);
    if (!value.is_null()) take_value(row, value);
  }

  void take_value(const RequestKeyRow& row, json::Value& value) {
    switch (row.key) {
      case RequestKey::kModel: return read_model(fields_, value, request_.model);
      case RequestKey::kMessages: return decode_messages(fields_, value, request_);
      case RequestKey::kTools: request_.tools = decode_tools(fields_, value, request_); return;
      case RequestKey::kFunctions: request_.functions = decode_functions(fields_, value); return;
      case RequestKey::kToolChoice: request_.tool_choice = decode_tool_choice(fields_, value, request_); return;
      case RequestKey::kFunctionCall: function_choice_ = decode_function_choice(fields_, value); return;
      case RequestKey::kResponseFormat: request_.response_format = decode_response_format(fields_, value); return;
      case RequestKey::kN: return take_n(value);
      case RequestKey::kStream: return fields_.boolean(value, request_.stream);
      case RequestKey::kStreamOptions: request_.include_usage = decode_stream_options(fields_, value); return;
      case RequestKey::kOnellm: request_.options = decode_gateway_options(fields_, value); return;
      case RequestKey::kParameter: return check_parameter(row, fields_, value);
      case RequestKey::kUnknown: return;
    }
  }

  void take_n(json::Value& value) {
    int64_t n = 1;
    fields_.integer(value, 1, kChoicesMax, n);
    request_.n = static_cast<uint32_t>(n);
  }

  // Called once the whole text is known to be valid JSON.
  void finish(std::string_view text) {
    fields_.require(!request_.model.empty(), "model");
    fields_.require(!request_.messages.empty(), "messages");
    if (request_.tool_choice.kind == chat::ToolChoiceKind::kUnset) request_.tool_choice = function_choice_;
    chat::Source& source = request_.source;
    source.dialect = kOpenaiChat;
    source.text = text;
    source.members = locate_members(text, keys_);
    source.foreign_type = fields_.foreign_type();
    source.unusual = fields_.take_unusual();
    source.out_of_range = fields_.take_out_of_range();
    for (size_t i = 0; i < keys_.size(); ++i) keep_parameter(*rows_[i], source.members[i]);
  }

  void keep_parameter(const RequestKeyRow& row, const chat::SourceMember& member) {
    if (member.value == "null") return;
    if (row.key == RequestKey::kParameter) request_.parameters.push_back({row.name, {member.value}});
    if (row.key != RequestKey::kUnknown) return;
    const bool plain = !has_escapes({member.key});
    request_.unknown.push_back({plain ? member.key : request_.keep(json::unescape({member.key})), {member.value}});
  }

  FieldReader fields_;
  bool is_json_ = false;
  chat::Request request_;
  chat::ToolChoice function_choice_;
  std::vector<json::RawString> keys_;       // The top-level keys, in order.
  std::vector<const RequestKeyRow*> rows_;  // The row of each key.
};

// Rewrites the body into OpenAI's form and decodes that. Errors name fields of the rewritten form.
Result<chat::Request> decode_borrowed(const json::Buffer& body) {
  std::vector<size_t> failed_results;
  auto rewritten = std::make_shared<json::Buffer>();
  {
    Result<OpenAiForm> form = to_openai_form(body);
    if (!form) return form.error();
    rewritten->assign(form->body);
    failed_results = std::move(form->failed_results);
  }
  Result<chat::Request> request = RequestDecoder().decode(*rewritten);
  if (!request) return request;
  for (const size_t index : failed_results) request->messages[index].is_error = true;
  request->source.rewritten = std::move(rewritten);
  return request;
}

}  // namespace

Result<chat::Request> decode_request(const json::Buffer& body) {
  {
    RequestDecoder decoder;
    Result<chat::Request> request = decoder.decode(body);
    if (!decoder.is_in_another_form()) return request;
  }
  return decode_borrowed(body);
}

}  // namespace onellm::dialects::openai_chat
