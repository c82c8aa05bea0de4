#include "dialects/anthropic_messages/client/request/blocks.h"

#include <string>
#include <utility>

namespace onellm::dialects::anthropic_messages {

namespace {

using chat::Part;
using chat::PartKind;
using json::key_is;

enum class BlockType : uint8_t {
  kText,
  kImage,
  kDocument,
  kSearchResult,
  kToolReference,
  kContainerUpload,
  kOfServer,   // A tool that Anthropic ran itself: its call or its result.
  kElsewhere,  // Only in messages of another role, or not within this block. Who may have it does not ask here.
  kUnknown,
};

struct TypeRow {
  std::string_view name;
  BlockType type;
};
constexpr TypeRow kTypes[] = {
    {"text", BlockType::kText},
    {"image", BlockType::kImage},
    {"document", BlockType::kDocument},
    {"search_result", BlockType::kSearchResult},
    {"tool_reference", BlockType::kToolReference},
    {"container_upload", BlockType::kContainerUpload},
    {"server_tool_use", BlockType::kOfServer},
    {"mcp_tool_use", BlockType::kOfServer},
    {"tool_use", BlockType::kElsewhere},
    {"tool_result", BlockType::kElsewhere},
    {"thinking", BlockType::kElsewhere},
    {"redacted_thinking", BlockType::kElsewhere},
};
constexpr std::string_view kResultOfServer = "_tool_result";
constexpr std::string_view kServerTools = "server_tool_use";
constexpr std::string_view kLine = "\\n";
constexpr size_t kNameBytesMax = 64;

BlockType block_type(json::RawString type) {
  for (const TypeRow& row : kTypes) {
    if (key_is(type, row.name)) return row.type;
  }
  return type.text.ends_with(kResultOfServer) ? BlockType::kOfServer : BlockType::kUnknown;
}

}  // namespace

std::string_view name_of_block(json::RawString type) {
  return type.text.size() <= kNameBytesMax ? type.text : std::string_view("messages.content");
}

void BlockDecoder::decode(json::Value& value, uint32_t place, std::vector<Part>& parts) {
  const json::RawString type = value.peek("type");
  const BlockType known = block_type(type);
  if (known == BlockType::kDocument) return decode_document(value, place, parts);
  Part part;
  part.place = place;
  switch (known) {
    case BlockType::kText: decode_text(value, part); break;
    case BlockType::kImage: decode_image(value, part); break;
    case BlockType::kDocument: break;
    case BlockType::kSearchResult: decode_search_result(value, part); break;
    case BlockType::kToolReference: decode_tool_reference(value, part); break;
    case BlockType::kContainerUpload:
      fields_.note_out_of_range(kFileOfAnthropic);
      decode_foreign(value, name_of_block(type), part);
      break;
    case BlockType::kOfServer: decode_foreign(value, kServerTools, part); break;
    case BlockType::kElsewhere: return fields_.complain("is a " + std::string(type.text) + ", which cannot stand here");
    case BlockType::kUnknown:
      decode_foreign(value, name_of_block(type), part);
      fields_.require(!type.empty(), "type");
      break;
  }
  if (!fields_.complained()) parts.push_back(part);
}

bool BlockDecoder::decode_content(json::Value& value, std::vector<Part>& parts) {
  switch (value.type()) {
    case json::Type::kString: {
      Part part;
      fields_.text(value, part.text);
      parts.push_back(part);
      return true;
    }
    case json::Type::kArray: {
      uint32_t place = 0;
      fields_.elements(value, [&](json::Value& element) { decode(element, place++, parts); });
      return false;
    }
    case json::Type::kNull:
    case json::Type::kBoolean:
    case json::Type::kNumber:
    case json::Type::kObject:
    case json::Type::kNone: fields_.complain("must be a string or an array of blocks");
  }
  return false;
}

bool BlockDecoder::take_common(json::RawString key, json::Value& member, Part& part) {
  if (key_is(key, "type")) return true;
  if (!key_is(key, "cache_control")) return false;
  fields_.object(member, part.cache_control);
  part.cache_breakpoint = !part.cache_control.empty();
  return true;
}

void BlockDecoder::decode_text(json::Value& value, Part& part) {
  bool has_text = false;
  bool has_others = false;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "text")) {
      has_text = true;
      fields_.text(member, part.text);
    } else if (!take_common(key, member, part)) {
      has_others = true;  // Citations of an earlier answer.
    }
  });
  fields_.require(has_text, "text");
  if (has_others) part.raw = value.whole();
}

void BlockDecoder::decode_image(json::Value& value, Part& part) {
  bool has_source = false;
  bool has_others = false;
  Source source;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "source")) {
      has_source = true;
      source = read_source(member, part.place);
    } else if (!take_common(key, member, part)) {
      has_others = true;
    }
  });
  fields_.require(has_source, "source");
  part.kind = PartKind::kImage;
  part.url = source.url;
  part.data = source.data;
  part.media_type = source.media_type;
  if (has_others || (source.url.empty() && source.data.empty())) part.raw = value.whole();
}

void BlockDecoder::decode_search_result(json::Value& value, Part& part) {
  json::RawString title;
  json::RawString source;
  std::vector<json::RawString> content;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "title")) {
      fields_.text(member, title);
    } else if (key_is(key, "source")) {
      fields_.text(member, source);
    } else if (key_is(key, "content")) {
      read_texts(member, content);
    } else {
      (void)take_common(key, member, part);
    }
  });
  fields_.require(!source.empty(), "source");
  content.insert(content.begin(), {title, source});
  part.text = lines(content);
  part.raw = value.whole();
}

void BlockDecoder::decode_tool_reference(json::Value& value, Part& part) {
  json::RawString name;
  fields_.members(value, [&](json::RawString key, json::Value& member) {
    if (key_is(key, "tool_name")) {
      fields_.text(member, name);
    } else {
      (void)take_common(key, member, part);
    }
  });
  fields_.require(!name.empty(), "tool_name");
  part.text = {request_.keep("tool: " + std::string(name.text))};
  part.raw = value.whole();
}

void BlockDecoder::decode_foreign(json::Value& value, std::string_view name, Part& part) {
  part.kind = PartKind::kForeign;
  part.left_out_as = name;
  fields_.members(value, [&](json::RawString key, json::Value& member) { (void)take_common(key, member, part); });
  part.raw = value.whole();
}

void BlockDecoder::read_texts(json::Value& value, std::vector<json::RawString>& texts) {
  if (value.type() == json::Type::kString) return fields_.text(value, texts.emplace_back());
  fields_.elements(value, [&](json::Value& element) {
    fields_.members(element, [&](json::RawString key, json::Value& member) {
      if (key_is(key, "text")) fields_.text(member, texts.emplace_back());
    });
  });
}

json::RawString BlockDecoder::lines(const std::vector<json::RawString>& texts) {
  if (texts.size() == 1) return texts.front();
  std::string joined;
  for (const json::RawString text : texts) {
    if (text.empty()) continue;
    if (!joined.empty()) joined += kLine;
    joined += text.text;
  }
  return {request_.keep(std::move(joined))};
}

}  // namespace onellm::dialects::anthropic_messages
