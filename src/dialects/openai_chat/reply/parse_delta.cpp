// The part of ChunkReader that reads a `delta` or `message`: content, reasoning, tool calls.
#include <algorithm>

#include "base/limits.h"
#include "dialects/common/reply/values.h"
#include "dialects/openai_chat/reply/parse.h"

namespace onellm::dialects::openai_chat {

namespace {

// True of a member that is part of the answer. Empty values and labels are not: hosts send them beside the role before
// the answer begins.
bool is_part_of_answer(ChunkKey known, json::Raw value) {
  const bool holds_something = value.text.find_first_not_of("{}[]\" \t\r\n") != value.text.npos;
  const char first = value.text.empty() ? '\0' : value.text.front();
  const bool is_text_or_more = first == '{' || first == '[' || first == '"';
  return holds_something && is_text_or_more && known != ChunkKey::kChannel && known != ChunkKey::kContentFilterResults;
}

// The JSON string with its quotes.
json::Raw with_quotes(json::RawString text) { return {{text.text.data() - 1, text.text.size() + 2}}; }

}  // namespace

void ChunkReader::read_delta(json::Value& value, ChunkChoice& choice) {
  json::RawString reasoning_content;
  json::RawString reasoning;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const ChunkKey known = chunk_key(key);
    const json::Type type = member.type();
    if (known == ChunkKey::kContent) {
      read_content(member, choice);
    } else if (known == ChunkKey::kRole) {
      return;  // The role in a reply is always "assistant".
    } else if (known == ChunkKey::kToolCalls) {
      read_tool_calls(member);
    } else if (type == json::Type::kString && known == ChunkKey::kReasoningContent) {
      reasoning_content = text_or_nothing(member);
    } else if (type == json::Type::kString && known == ChunkKey::kReasoning) {
      reasoning = text_or_nothing(member);
    } else if (type == json::Type::kString && known == ChunkKey::kRefusal) {
      const json::RawString refusal = text_or_nothing(member);
      if (!refusal.empty()) chunk_.pieces.push_back({.kind = PieceKind::kRefusal, .text = refusal});
    } else if (type == json::Type::kNull &&
               (known == ChunkKey::kReasoningContent || known == ChunkKey::kReasoning || known == ChunkKey::kRefusal)) {
      return;
    } else {
      const json::Raw raw = member.raw();
      if (raw.empty()) return;  // The JSON is malformed.
      json::append_member(delta_extras_, key, raw);
      choice.extra_says_something |= type != json::Type::kNull;
      choice.extra_is_answer |= is_part_of_answer(known, raw);
      if (type != json::Type::kNull) note_extra(known, raw, choice);
    }
  });
  if (!is_object) return complain("has a delta or message that is no object");

  // Some hosts send both. `reasoning_content`, which more clients read, is used; `reasoning` becomes an extra.
  if (!reasoning_content.empty() && !reasoning.empty()) {
    json::append_member(delta_extras_, {"reasoning"}, with_quotes(reasoning));
  }
  const json::RawString text = reasoning_content.empty() ? reasoning : reasoning_content;
  if (!text.empty()) chunk_.pieces.push_back({.kind = PieceKind::kReasoning, .text = text});
}

// Notes what the delta's extras hold.
void ChunkReader::note_extra(ChunkKey known, json::Raw value, ChunkChoice& choice) {
  using chat::ExtraHolds;
  if (known == ChunkKey::kAnnotations) {
    choice.annotations = value;
  } else if (known == ChunkKey::kVendorContent) {
    choice.extra_content = value;
  } else if (known == ChunkKey::kImages || known == ChunkKey::kAudio) {
    choice.extra_holds = std::max(choice.extra_holds, ExtraHolds::kContent);
  } else if (known == ChunkKey::kFunctionCall) {
    choice.extra_holds = ExtraHolds::kCall;
  }
}

// Content is a text; from Mistral's reasoning models it is an array of parts.
// https://docs.mistral.ai/capabilities/reasoning/
void ChunkReader::read_content(json::Value& value, ChunkChoice& choice) {
  json::RawString text;
  switch (value.type()) {
    case json::Type::kNull: return;
    case json::Type::kString:
      if (!value.read(text)) return;
      if (!text.empty() || preferred_ == PieceSource::kMessage)
        chunk_.pieces.push_back({.kind = PieceKind::kText, .text = text});
      return;
    case json::Type::kArray:
      content_parts_.clear();
      value.each_element([&](size_t, json::Value& part) { read_content_part(part); });
      if (content_parts_.empty()) return;
      content_parts_ += ']';
      json::append_member(delta_extras_, {"content_parts"}, {content_parts_});
      choice.extra_says_something = choice.extra_is_answer = true;
      return;
    case json::Type::kBoolean:
    case json::Type::kNumber:
    case json::Type::kObject: return complain("has content that is neither text nor an array of parts");
    case json::Type::kNone: return;
  }
}

// The other members of a part (references, signatures) are kept as an element of `content_parts`.
void ChunkReader::read_content_part(json::Value& value) {
  std::string rest;
  std::string type;
  bool has_text = false;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const ChunkKey known = chunk_key(key);
    json::RawString text;
    if (known == ChunkKey::kType) {
      json::append_member(type, key, member.raw());
    } else if (known == ChunkKey::kText && member.read(text)) {
      has_text = true;
      chunk_.pieces.push_back({.kind = PieceKind::kText, .text = text});
    } else if (known == ChunkKey::kThinking) {
      has_text = true;
      read_thinking(member);
    } else {
      add_extra(rest, key, member);
    }
  });
  if (!is_object) return complain("has a content part that is no object");
  if (has_text && rest.empty()) return;
  content_parts_ += content_parts_.empty() ? "[{" : ",{";
  content_parts_ += type;
  if (!type.empty() && !rest.empty()) content_parts_ += ',';
  content_parts_ += rest;
  content_parts_ += '}';
}

void ChunkReader::read_thinking(json::Value& value) {
  json::RawString text;
  if (value.read(text)) {
    if (!text.empty()) chunk_.pieces.push_back({.kind = PieceKind::kReasoning, .text = text});
    return;
  }
  value.each_element([&](size_t, json::Value& part) {
    part.each_member([&](json::RawString key, json::Value& member) {
      if (chunk_key(key) == ChunkKey::kText && member.read(text)) {
        chunk_.pieces.push_back({.kind = PieceKind::kReasoning, .text = text});
      }
    });
  });
}

void ChunkReader::read_tool_calls(json::Value& value) {
  if (value.is_null()) return;
  if (!value.each_element([&](size_t position, json::Value& call) { read_tool_call(call, position); })) {
    complain("has tool_calls that are no array");
  }
}

void ChunkReader::read_tool_call(json::Value& value, size_t position) {
  Piece piece{.kind = PieceKind::kToolCall};
  const size_t extras_begin = tool_extras_.size();
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const ChunkKey known = chunk_key(key);
    const json::Type type = member.type();
    if (known == ChunkKey::kIndex) {
      if (type != json::Type::kNull && !member.read(piece.wire_index))
        complain("has a tool call without a right index");
    } else if (known == ChunkKey::kId) {
      piece.id = text_or_nothing(member);
    } else if (known == ChunkKey::kType) {
      piece.custom |= text_or_nothing(member).text == "custom";
    } else if (known == ChunkKey::kFunction) {
      read_tool(member, piece);
    } else if (known == ChunkKey::kCustom) {
      piece.custom = true;
      read_tool(member, piece);
    } else {
      add_extra(tool_extras_, key, member);
    }
  });
  if (!is_object) return complain("has a tool call that is no object");
  // In a whole reply each element is one call, whatever its id and index. Only fragments of a stream are matched by
  // them.
  if (preferred_ == PieceSource::kMessage) piece.wire_index = static_cast<int64_t>(position);
  if (tool_ranges_.size() == kToolCallsMax) return complain("has too many tool calls");
  const auto end = chunk_.pieces.end();
  const size_t before = std::min(position, chunk_.pieces.size());
  piece.repeats_index = std::any_of(end - static_cast<std::ptrdiff_t>(before), end,
                                    [&](const Piece& other) { return other.wire_index == piece.wire_index; });
  // Sorting the pieces keeps the order of tool calls, so that ranges and pieces still match.
  tool_ranges_.push_back({extras_begin, tool_extras_.size()});
  chunk_.pieces.push_back(piece);
}

// The `function` or `custom` member of a call.
void ChunkReader::read_tool(json::Value& value, Piece& piece) {
  if (value.is_null()) return;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const ChunkKey known = chunk_key(key);
    if (known == ChunkKey::kName) {
      piece.name = text_or_nothing(member);
    } else if (known == ChunkKey::kArguments || known == ChunkKey::kInput) {
      if (!member.is_null() && !member.read(piece.text)) piece.arguments = member.raw();
    } else {
      add_extra(tool_extras_, key, member);
    }
  });
  if (!is_object) complain("has a tool call whose function is no object");
}

}  // namespace onellm::dialects::openai_chat
