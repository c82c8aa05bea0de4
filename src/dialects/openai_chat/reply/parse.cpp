#include "dialects/openai_chat/reply/parse.h"

#include <algorithm>

#include "base/limits.h"
#include "dialects/common/reply/values.h"
#include "dialects/common/request/raw_values.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

// The part of `members` between two offsets, without the comma that append_member put before it.
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

void ChunkReader::release_memory() {
  clear();
  text_.reset();
  json_.release_large_buffers();
  for (std::string* text : {&reply_extras_, &choice_extras_, &delta_extras_, &tool_extras_, &content_parts_}) {
    std::string().swap(*text);
  }
}

void ChunkReader::clear() {
  chunk_.id = {};
  chunk_.model = {};
  chunk_.created_s = 0;
  chunk_.has_choices = chunk_.has_message = false;
  chunk_.choices.clear();
  chunk_.pieces.clear();
  chunk_.usage = {};
  chunk_.nested_usage = {};
  chunk_.error = {};
  chunk_.service_tier = {};
  chunk_.extra = {};
  problem_.clear();
  for (std::string* extras : {&reply_extras_, &choice_extras_, &delta_extras_, &tool_extras_}) extras->clear();
  for (auto* ranges : {&choice_ranges_, &delta_ranges_, &tool_ranges_}) ranges->clear();
}

void ChunkReader::read_member(json::RawString key, json::Value& value) {
  const ChunkKey known = chunk_key(key);
  if (known == ChunkKey::kChoices) {
    read_choices(value);
  } else if (known == ChunkKey::kId) {
    chunk_.id = text_or_nothing(value);
  } else if (known == ChunkKey::kModel) {
    chunk_.model = text_or_nothing(value);
  } else if (known == ChunkKey::kCreated) {
    if (!value.read(chunk_.created_s)) chunk_.created_s = 0;
  } else if (known == ChunkKey::kUsage) {
    if (!value.is_null()) chunk_.usage = value.raw();
  } else if (known == ChunkKey::kError) {
    if (!value.is_null()) chunk_.error = value.raw();
  } else if (known == ChunkKey::kXGroq) {
    chunk_.nested_usage = value.raw();
    json::append_member(reply_extras_, key, chunk_.nested_usage);
  } else if (known == ChunkKey::kServiceTier) {
    const json::Raw tier = value.raw();
    chunk_.service_tier = text_of(tier);
    json::append_member(reply_extras_, key, tier);
  } else if (known != ChunkKey::kObject && known != ChunkKey::kObfuscation) {
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
  delta_extras_begin_ = delta_extras_.size();
  const bool is_object =
      value.each_member([&](json::RawString key, json::Value& member) { read_choice_member(key, member, choice); });
  if (!is_object) return complain("has a choice that is no object");
  choice.pieces_end = chunk_.pieces.size();
  sort_pieces(choice);
  chunk_.choices.push_back(choice);
  choice_ranges_.push_back({choice_extras_begin, choice_extras_.size()});
  delta_ranges_.push_back({delta_extras_begin_, delta_extras_.size()});
}

void ChunkReader::read_choice_member(json::RawString key, json::Value& value, ChunkChoice& choice) {
  const ChunkKey known = chunk_key(key);
  const json::Type type = value.type();
  if (known == ChunkKey::kDelta) {
    if (type != json::Type::kNull && begin_pieces(PieceSource::kDelta, choice)) read_delta(value, choice);
  } else if (known == ChunkKey::kMessage) {
    chunk_.has_message = true;
    if (type != json::Type::kNull && begin_pieces(PieceSource::kMessage, choice)) read_delta(value, choice);
  } else if (known == ChunkKey::kIndex) {
    int64_t index = choice.index;
    if (type != json::Type::kNull && !value.read(index)) complain("has a choice whose index is no integer");
    if (index < 0 || index >= static_cast<int64_t>(kChoicesMax)) return complain("has a choice index out of range");
    choice.index = static_cast<uint32_t>(index);
  } else if (known == ChunkKey::kFinishReason) {
    if (type != json::Type::kNull && !value.read(choice.finish_reason)) complain("has a finish_reason that is no text");
  } else if (type == json::Type::kNull && (known == ChunkKey::kLogprobs || known == ChunkKey::kNativeFinishReason)) {
    return;
  } else if (type == json::Type::kString && known == ChunkKey::kNativeFinishReason) {
    choice.native_finish_reason = text_or_nothing(value);
  } else if (type == json::Type::kObject && known == ChunkKey::kUsage) {
    const json::Raw usage = value.raw();
    if (chunk_.usage.empty()) chunk_.usage = usage;
  } else if (known == ChunkKey::kLogprobs) {
    choice.logprobs = value.raw();
    json::append_member(choice_extras_, key, choice.logprobs);
    choice.extra_says_something = true;
  } else {
    choice.has_filter_offsets |= known == ChunkKey::kContentFilterOffsets;
    choice.extra_says_something |= add_extra(choice_extras_, key, value);
  }
}

// Begins to read the pieces from `source`. False if pieces from the preferred source were read already. If `source` is
// the preferred one, discards the pieces read before.
bool ChunkReader::begin_pieces(PieceSource source, ChunkChoice& choice) {
  if (choice.source != PieceSource::kNone) {
    if (source != preferred_) return false;
    for (; chunk_.pieces.size() > choice.pieces_begin; chunk_.pieces.pop_back()) {
      if (chunk_.pieces.back().kind == PieceKind::kToolCall) tool_ranges_.pop_back();
    }
    delta_extras_begin_ = delta_extras_.size();
    choice.extra_is_answer = false;
    choice.extra_holds = chat::ExtraHolds::kLabels;
    choice.annotations = choice.extra_content = {};
  }
  choice.source = source;
  return true;
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
    ChunkChoice& choice = chunk_.choices[at];
    choice.choice_extra = slice(choice_extras_, of_choice.begin, of_choice.end);
    choice.delta_extra = slice(delta_extras_, of_delta.begin, of_delta.end);
    if (choice.logprobs.empty()) continue;  // They are a view into the extras, so that nobody copies them twice.
    choice.logprobs = {choice.choice_extra.text.substr(choice.choice_extra.text.find(choice.logprobs.text),
                                                       choice.logprobs.text.size())};
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

}  // namespace onellm::dialects::openai_chat
