#include "dialects/openai_chat/chunk.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

// A string, or nothing where it is null or of another type.
json::RawString text_or_nothing(json::Value& value) {
  json::RawString text;
  return value.read(text) ? text : json::RawString{};
}

// Adds a member; returns true unless it is null.
bool add_extra(std::string& members, json::RawString key, json::Value& value) {
  const json::Raw raw = value.raw();
  if (raw.empty()) return false;
  json::append_member(members, key, raw);
  return raw.text != "null";
}

// The string with its quotes.
json::Raw with_quotes(json::RawString text) { return {{text.text.data() - 1, text.text.size() + 2}}; }

// What stands in `members` between two offsets, without the comma that append_member put before it.
json::RawMembers slice(const std::string& members, size_t begin, size_t end) {
  if (begin == end) return {};
  if (members[begin] == ',') ++begin;
  return {std::string_view(members).substr(begin, end - begin)};
}

}  // namespace

const Chunk* ChunkReader::read(std::string_view text) {
  clear();
  text_.assign(text);
  bool is_object = false;
  if (json_.open(text_)) {
    is_object = json_.root().each_member([&](json::RawString key, json::Value& value) { read_member(key, value); });
  }
  if (!json_.finish()) {
    problem_ = json_.error_message();
    return nullptr;
  }
  if (!is_object) complain("is no JSON object");
  if (!problem_.empty()) return nullptr;
  hand_out_extras();
  return &chunk_;
}

void ChunkReader::clear() {
  chunk_.id = {};
  chunk_.model = {};
  chunk_.created_s = 0;
  chunk_.has_choices = false;
  chunk_.choices.clear();
  chunk_.pieces.clear();
  chunk_.usage = {};
  chunk_.nested_usage = {};
  chunk_.error = {};
  chunk_.extra = {};
  problem_.clear();
  is_whole_ = false;
  for (std::string* extras : {&reply_extras_, &choice_extras_, &delta_extras_, &tool_extras_}) extras->clear();
  for (auto* ranges : {&choice_ranges_, &delta_ranges_, &tool_ranges_}) ranges->clear();
}

void ChunkReader::read_member(json::RawString key, json::Value& value) {
  if (json::key_is(key, "choices")) {
    read_choices(value);
  } else if (json::key_is(key, "id")) {
    chunk_.id = text_or_nothing(value);
  } else if (json::key_is(key, "model")) {
    chunk_.model = text_or_nothing(value);
  } else if (json::key_is(key, "created")) {
    if (!value.read(chunk_.created_s)) chunk_.created_s = 0;
  } else if (json::key_is(key, "usage")) {
    if (!value.is_null()) chunk_.usage = value.raw();
  } else if (json::key_is(key, "error")) {
    if (!value.is_null()) chunk_.error = value.raw();
  } else if (json::key_is(key, "x_groq")) {
    chunk_.nested_usage = value.raw();
    json::append_member(reply_extras_, key, chunk_.nested_usage);
  } else if (!json::key_is(key, "object") && !json::key_is(key, "obfuscation")) {
    add_extra(reply_extras_, key, value);
  }
}

void ChunkReader::read_choices(json::Value& value) {
  if (value.is_null()) return;
  chunk_.has_choices = value.each_element([&](size_t position, json::Value& choice) { read_choice(choice, position); });
  if (!chunk_.has_choices) complain("has choices that are no array");
}

void ChunkReader::read_choice(json::Value& value, size_t position) {
  ChunkChoice choice;
  if (position >= kChoicesMax) return complain("has too many choices");
  choice.index = static_cast<uint32_t>(position);
  choice.pieces_begin = chunk_.pieces.size();
  const size_t choice_extras_begin = choice_extras_.size();
  const size_t delta_extras_begin = delta_extras_.size();
  const bool is_object =
      value.each_member([&](json::RawString key, json::Value& member) { read_choice_member(key, member, choice); });
  if (!is_object) return complain("has a choice that is no object");
  choice.pieces_end = chunk_.pieces.size();
  sort_pieces(choice);
  chunk_.choices.push_back(choice);
  choice_ranges_.push_back({choice_extras_begin, choice_extras_.size()});
  delta_ranges_.push_back({delta_extras_begin, delta_extras_.size()});
}

void ChunkReader::read_choice_member(json::RawString key, json::Value& value, ChunkChoice& choice) {
  const json::Type type = value.type();
  if (json::key_is(key, "delta")) {
    if (type != json::Type::kNull) read_delta(value, choice);
  } else if (json::key_is(key, "message")) {
    is_whole_ = true;
    if (type != json::Type::kNull) read_delta(value, choice);
  } else if (json::key_is(key, "index")) {
    int64_t index = choice.index;
    if (type != json::Type::kNull && !value.read(index)) complain("has a choice whose index is no integer");
    if (index < 0 || index >= static_cast<int64_t>(kChoicesMax)) return complain("has a choice index out of range");
    choice.index = static_cast<uint32_t>(index);
  } else if (json::key_is(key, "finish_reason")) {
    if (type != json::Type::kNull && !value.read(choice.finish_reason)) complain("has a finish_reason that is no text");
  } else if (type == json::Type::kNull &&
             (json::key_is(key, "logprobs") || json::key_is(key, "native_finish_reason"))) {
    return;
  } else if (type == json::Type::kString && json::key_is(key, "native_finish_reason")) {
    choice.native_finish_reason = text_or_nothing(value);
  } else if (type == json::Type::kObject && json::key_is(key, "usage")) {
    const json::Raw usage = value.raw();
    if (chunk_.usage.empty()) chunk_.usage = usage;
  } else {
    choice.extra_says_something |= add_extra(choice_extras_, key, value);
  }
}

void ChunkReader::read_delta(json::Value& value, ChunkChoice& choice) {
  json::RawString reasoning_content;
  json::RawString reasoning;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const json::Type type = member.type();
    if (json::key_is(key, "content")) {
      read_content(member, choice);
    } else if (json::key_is(key, "role")) {
      return;  // There is no other role than assistant in a reply.
    } else if (json::key_is(key, "tool_calls")) {
      read_tool_calls(member);
    } else if (type == json::Type::kString && json::key_is(key, "reasoning_content")) {
      reasoning_content = text_or_nothing(member);
    } else if (type == json::Type::kString && json::key_is(key, "reasoning")) {
      reasoning = text_or_nothing(member);
    } else if (type == json::Type::kString && json::key_is(key, "refusal")) {
      const json::RawString refusal = text_or_nothing(member);
      if (!refusal.empty()) chunk_.pieces.push_back({.kind = PieceKind::kRefusal, .text = refusal});
    } else if (type == json::Type::kNull && (json::key_is(key, "reasoning_content") || json::key_is(key, "reasoning") ||
                                             json::key_is(key, "refusal"))) {
      return;
    } else {
      choice.extra_says_something |= add_extra(delta_extras_, key, member);
    }
  });
  if (!is_object) return complain("has a delta or message that is no object");

  // Some hosts send both. The one that more clients read becomes the reasoning.
  if (!reasoning_content.empty() && !reasoning.empty()) {
    json::append_member(delta_extras_, {"reasoning"}, with_quotes(reasoning));
  }
  const json::RawString text = reasoning_content.empty() ? reasoning : reasoning_content;
  if (!text.empty()) chunk_.pieces.push_back({.kind = PieceKind::kReasoning, .text = text});
}

// A text; for Mistral's reasoning models an array of parts.
// https://docs.mistral.ai/capabilities/reasoning/
void ChunkReader::read_content(json::Value& value, ChunkChoice& choice) {
  json::RawString text;
  switch (value.type()) {
    case json::Type::kNull: return;
    case json::Type::kString:
      if (!value.read(text)) return;
      if (is_whole_ || !text.empty()) chunk_.pieces.push_back({.kind = PieceKind::kText, .text = text});
      return;
    case json::Type::kArray:
      content_parts_.clear();
      value.each_element([&](size_t, json::Value& part) { read_content_part(part); });
      if (content_parts_.empty()) return;
      content_parts_ += ']';
      json::append_member(delta_extras_, {"content_parts"}, {content_parts_});
      choice.extra_says_something = true;
      return;
    case json::Type::kBoolean:
    case json::Type::kNumber:
    case json::Type::kObject: return complain("has content that is neither text nor an array of parts");
    case json::Type::kNone: return;
  }
}

// What a part holds besides its text (references, signatures) is kept as an element of `content_parts`.
void ChunkReader::read_content_part(json::Value& value) {
  std::string rest;
  std::string type;
  bool has_text = false;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    json::RawString text;
    if (json::key_is(key, "type")) {
      json::append_member(type, key, member.raw());
    } else if (json::key_is(key, "text") && member.read(text)) {
      has_text = true;
      chunk_.pieces.push_back({.kind = PieceKind::kText, .text = text});
    } else if (json::key_is(key, "thinking")) {
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
      if (json::key_is(key, "text") && member.read(text)) {
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
  Piece piece{.kind = PieceKind::kToolCall, .position = position};
  const size_t extras_begin = tool_extras_.size();
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    const json::Type type = member.type();
    if (json::key_is(key, "index")) {
      if (type != json::Type::kNull && !member.read(piece.wire_index))
        complain("has a tool call without a right index");
    } else if (json::key_is(key, "id")) {
      piece.id = text_or_nothing(member);
    } else if (json::key_is(key, "type")) {
      piece.custom |= text_or_nothing(member).text == "custom";
    } else if (json::key_is(key, "function")) {
      read_tool(member, piece);
    } else if (json::key_is(key, "custom")) {
      piece.custom = true;
      read_tool(member, piece);
    } else {
      add_extra(tool_extras_, key, member);
    }
  });
  if (!is_object) return complain("has a tool call that is no object");
  if (tool_ranges_.size() == kToolCallsMax) return complain("has too many tool calls");
  // The range stays with its piece when pieces are sorted: those of tool calls keep their order.
  tool_ranges_.push_back({extras_begin, tool_extras_.size()});
  chunk_.pieces.push_back(piece);
}

// The `function` or `custom` member of a call.
void ChunkReader::read_tool(json::Value& value, Piece& piece) {
  if (value.is_null()) return;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    if (json::key_is(key, "name")) {
      piece.name = text_or_nothing(member);
    } else if (json::key_is(key, "arguments") || json::key_is(key, "input")) {
      if (!member.is_null() && !member.read(piece.text)) piece.arguments = member.raw();
    } else {
      add_extra(tool_extras_, key, member);
    }
  });
  if (!is_object) complain("has a tool call whose function is no object");
}

void ChunkReader::sort_pieces(const ChunkChoice& choice) {
  const auto first = chunk_.pieces.begin() + static_cast<std::ptrdiff_t>(choice.pieces_begin);
  const auto by_kind = [](const Piece& left, const Piece& right) { return left.kind < right.kind; };
  if (!std::is_sorted(first, chunk_.pieces.end(), by_kind)) std::stable_sort(first, chunk_.pieces.end(), by_kind);
}

void ChunkReader::hand_out_extras() {
  chunk_.extra = {reply_extras_};
  for (size_t at = 0; at < chunk_.choices.size(); ++at) {
    const ExtraRange of_choice = choice_ranges_[at];
    const ExtraRange of_delta = delta_ranges_[at];
    chunk_.choices[at].choice_extra = slice(choice_extras_, of_choice.begin, of_choice.end);
    chunk_.choices[at].delta_extra = slice(delta_extras_, of_delta.begin, of_delta.end);
  }
  size_t tool_call = 0;
  for (Piece& piece : chunk_.pieces) {
    if (piece.kind != PieceKind::kToolCall) continue;
    const ExtraRange range = tool_ranges_[tool_call++];
    piece.extra = slice(tool_extras_, range.begin, range.end);
  }
}

void ChunkReader::complain(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
}

}  // namespace onellm::dialects
