#include "dialects/openai_chat/client/request/content.h"

#include <iterator>
#include <string>
#include <utility>

#include "dialects/openai_chat/client/borrowed/forms.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Message;
using chat::Part;
using chat::PartKind;
using chat::Role;
using json::key_is;

struct PartRow {
  std::string_view type;    // The value of `type`.
  std::string_view member;  // The member that must go with it.
  PartKind kind;
};
constexpr PartRow kParts[] = {
    {"text", "text", PartKind::kText},
    {"image_url", "image_url", PartKind::kImage},
    {"input_audio", "input_audio", PartKind::kAudio},
    {"file", "file", PartKind::kFile},
    {"refusal", "refusal", PartKind::kRefusal},
};
constexpr PartRow kForeignPart{"", "", PartKind::kForeign};

class PartDecoder {
 public:
  explicit PartDecoder(FieldReader& fields) : fields_(fields) {}

  void decode(json::Value& value, std::vector<Part>& parts) {
    fields_.members(value, [this](json::RawString key, json::Value& member) { take(key, member); });
    if (is_borrowed_block(type_, has_source_, has_thought_)) fields_.note_borrowed_form();
    fields_.require(row_ != nullptr, "type");
    if (fields_.complained() || row_ == nullptr) return;
    if (row_ != &kForeignPart) fields_.require(has_[static_cast<size_t>(row_->kind)], row_->member);
    part_.kind = row_->kind;
    if (row_->kind == PartKind::kRefusal) part_.text = refusal_;
    parts.push_back(part_);
  }

 private:
  void take(json::RawString key, json::Value& value) {
    if (key_is(key, "type")) {
      take_type(value);
    } else if (key_is(key, "prompt_cache_breakpoint")) {
      part_.cache_breakpoint = true;
    } else if (key_is(key, "cache_control")) {  // Anthropic's name for the same; many clients use it.
      part_.cache_breakpoint = true;
      if (value.type() == json::Type::kObject) part_.cache_control = value.raw();
    } else if (key_is(key, "source")) {
      has_source_ = value.type() == json::Type::kObject;
    } else if (key_is(key, "thinking")) {
      has_thought_ = value.type() == json::Type::kString;
    } else if (row_ == &kForeignPart) {
      return;
    } else if (key_is(key, "text")) {
      note(PartKind::kText);
      fields_.text(value, part_.text);
    } else if (key_is(key, "refusal")) {
      note(PartKind::kRefusal);
      fields_.text(value, refusal_);
    } else if (key_is(key, "image_url")) {
      note(PartKind::kImage);
      take_image(value);
    } else if (key_is(key, "input_audio")) {
      note(PartKind::kAudio);
      take_audio(value);
    } else if (key_is(key, "file")) {
      note(PartKind::kFile);
      take_file(value);
    }
  }

  void take_type(json::Value& value) {
    json::RawString type;
    fields_.text(value, type);
    row_ = &kForeignPart;
    for (const PartRow& row : kParts) {
      if (key_is(type, row.type)) row_ = &row;
    }
    if (row_ == &kForeignPart) fields_.note_foreign_type();
    type_ = type;
  }

  // Some clients send only the URL, and some hosts document it so: https://docs.mistral.ai/capabilities/vision
  void take_image(json::Value& value) {
    if (value.type() == json::Type::kString) {
      fields_.note_unusual("must be an object, not a string");
      return fields_.text_not_empty(value, part_.url);
    }
    fields_.members(value, [this](json::RawString key, json::Value& member) {
      if (key_is(key, "url")) fields_.text_not_empty(member, part_.url);
      if (key_is(key, "detail")) fields_.text(member, part_.detail);
    });
    fields_.require(!part_.url.empty(), "url");
  }

  void take_audio(json::Value& value) {
    fields_.members(value, [this](json::RawString key, json::Value& member) {
      if (key_is(key, "data")) fields_.text_not_empty(member, part_.data);
      if (key_is(key, "format")) fields_.text_not_empty(member, part_.format);
    });
    fields_.require(!part_.data.empty(), "data");
    fields_.require(!part_.format.empty(), "format");
  }

  void take_file(json::Value& value) {
    fields_.members(value, [this](json::RawString key, json::Value& member) {
      if (key_is(key, "filename")) fields_.text(member, part_.filename);
      if (key_is(key, "file_data")) fields_.text_not_empty(member, part_.data);
      if (key_is(key, "file_id")) fields_.text_not_empty(member, part_.file_id);
    });
    if (part_.data.empty() && part_.file_id.empty()) fields_.complain("must have file_data or file_id");
  }

  void note(PartKind kind) { has_[static_cast<size_t>(kind)] = true; }

  FieldReader& fields_;
  Part part_;
  json::RawString refusal_;
  json::RawString type_;
  bool has_source_ = false;   // `source` is an object, as Anthropic has it.
  bool has_thought_ = false;  // `thinking` is a string, as Anthropic has it.
  const PartRow* row_ = nullptr;
  bool has_[std::size(kParts)] = {};  // By kind: the part has that kind's member.
};

bool may_hold(Role role, PartKind kind) {
  switch (kind) {
    case PartKind::kText:
    case PartKind::kForeign: return true;
    case PartKind::kRefusal: return role == Role::kAssistant;
    case PartKind::kImage:  // Tools may return screenshots and documents.
    case PartKind::kFile: return role == Role::kUser || role == Role::kTool;
    case PartKind::kAudio: return role == Role::kUser;
  }
  __builtin_unreachable();
}

}  // namespace

void decode_content(FieldReader& fields, json::Value& value, Message& message) {
  message.has_content = true;
  message.parts.clear();
  switch (value.type()) {
    case json::Type::kString: {
      Part part;
      fields.text(value, part.text);
      message.content_is_text = true;
      message.parts.push_back(part);
      return;
    }
    case json::Type::kArray:
      message.content_is_text = false;
      fields.elements(value, [&](json::Value& element) { PartDecoder(fields).decode(element, message.parts); });
      if (message.parts.empty()) fields.complain("must hold at least one part");
      return;
    case json::Type::kNull:
    case json::Type::kBoolean:
    case json::Type::kNumber:
    case json::Type::kObject:
    case json::Type::kNone: return fields.complain("must be a string or an array of parts");
  }
}

void check_content_by_role(FieldReader& fields, const Message& message) {
  for (size_t i = 0; i < message.parts.size(); ++i) {
    if (may_hold(message.role, message.parts[i].kind)) continue;
    return fields.complain_of("content[" + std::to_string(i) + "].type", "cannot stand in a message of this role");
  }
}

}  // namespace onellm::dialects::openai_chat
