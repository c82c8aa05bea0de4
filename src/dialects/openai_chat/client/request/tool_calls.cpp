// Decodes the tool calls that the assistant made in earlier turns.
#include "dialects/common/client/extra_members.h"
#include "dialects/openai_chat/client/request/tools.h"
#include "dialects/openai_chat/echoes/reasoning.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::ToolCall;
using json::key_is;

// A call's {"name","arguments"} (function) or {"name","input"} (custom tool).
struct CallBody {
  bool present = false;
  json::RawString name;
  json::RawString arguments;
  json::Raw arguments_object;
};

CallBody decode_function_body(FieldReader& fields, json::Value& value) {
  CallBody body;
  body.present = true;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "name")) {
      fields.text_not_empty(member, body.name);
    } else if (key_is(key, "arguments")) {
      if (member.type() == json::Type::kObject) {
        body.arguments = {};
        body.arguments_object = member.raw();
      } else {
        body.arguments_object = {};
        fields.text(member, body.arguments);
      }
    }
  });
  fields.require(!body.name.empty(), "name");
  return body;
}

CallBody decode_custom_body(FieldReader& fields, json::Value& value) {
  CallBody body;
  body.present = true;
  fields.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "name")) fields.text_not_empty(member, body.name);
    if (key_is(key, "input")) fields.text(member, body.arguments);
  });
  fields.require(!body.name.empty(), "name");
  return body;
}

class ToolCallDecoder {
 public:
  ToolCallDecoder(FieldReader& fields, chat::Request& request) : fields_(fields), request_(request) {}

  ToolCall decode(json::Value& value) {
    fields_.all_members(value, [this](json::RawString key, json::Value& member) {
      if (key_is(key, kExtraContent)) has_extra_content_ = true;
      if (!member.is_null()) take(key, member);
    });
    ToolCall call;
    // Without a type, the member `custom` or `function` decides.
    call.custom = has_type_ ? type_ == ToolType::kCustom : custom_.present && !function_.present;
    const bool is_foreign = type_ == ToolType::kForeign;
    const CallBody& body = call.custom ? custom_ : function_;
    fields_.require(is_foreign || body.present, call.custom ? "custom" : "function");
    fields_.require(is_foreign || has_id_, "id");
    call.id = id_;
    call.name = body.name;
    call.arguments = body.arguments;
    call.arguments_object = body.arguments_object;
    call.signature = signature_;
    call.cache_control = cache_control_;
    call.extra = extra_.finish(request_);
    call.notes.is_loose = !has_type_ || (type_ == ToolType::kFunction && body.arguments.empty());
    call.notes.has_provider_members = has_extra_content_;
    return call;
  }

 private:
  void take(json::RawString key, json::Value& value) {
    if (key_is(key, "id")) {
      has_id_ = true;  // It may be empty: some hosts send empty ids.
      fields_.text(value, id_);
    } else if (key_is(key, "type")) {
      has_type_ = true;
      type_ = read_tool_type(fields_, value);
    } else if (type_ == ToolType::kForeign) {
      extra_.add(key, value.raw());
    } else if (key_is(key, "function")) {
      function_ = decode_function_body(fields_, value);
    } else if (key_is(key, "custom")) {
      custom_ = decode_custom_body(fields_, value);
    } else if (key_is(key, kExtraContent) && value.type() == json::Type::kObject) {
      signature_ = decode_signature(value);
    } else {
      const json::Raw raw = value.raw();
      if (key_is(key, "cache_control")) cache_control_ = raw;
      extra_.add(key, raw);
    }
  }

  FieldReader& fields_;
  chat::Request& request_;
  bool has_id_ = false;
  bool has_type_ = false;
  ToolType type_ = ToolType::kFunction;
  bool has_extra_content_ = false;
  json::RawString id_;
  json::RawString signature_;
  json::Raw cache_control_;
  CallBody function_;
  CallBody custom_;
  ExtraMembers extra_;
};

}  // namespace

void decode_tool_calls(FieldReader& fields, json::Value& value, chat::Request& request, std::vector<ToolCall>& calls) {
  calls.clear();
  fields.elements(value,
                  [&](json::Value& element) { calls.push_back(ToolCallDecoder(fields, request).decode(element)); });
}

ToolCall decode_function_call(FieldReader& fields, json::Value& value) {
  const CallBody body = decode_function_body(fields, value);
  ToolCall call;
  call.name = body.name;
  call.arguments = body.arguments;
  call.arguments_object = body.arguments_object;
  call.notes.is_loose = body.arguments.empty();
  return call;
}

}  // namespace onellm::dialects::openai_chat
