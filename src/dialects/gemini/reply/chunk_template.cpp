#include "dialects/gemini/reply/chunk_template.h"

#include <algorithm>

#include "base/text.h"
#include "dialects/common/reply/named_keys.h"

namespace onellm::dialects::gemini {

namespace {

constexpr int kLessonsInVainMax = 8;
constexpr size_t kDigitsMax = 15;  // Exact in any number type, and enough for any count.
constexpr std::string_view kCountMark = "okenCount\":";

constexpr NamedKey<int64_t TokenCounts::*> kCounts[] = {
    {"candidatesTokenCount", &TokenCounts::candidates}, {"totalTokenCount", &TokenCounts::total},
    {"promptTokenCount", &TokenCounts::prompt},         {"thoughtsTokenCount", &TokenCounts::thoughts},
    {"cachedContentTokenCount", &TokenCounts::cached},  {"toolUsePromptTokenCount", &TokenCounts::tool_prompt}};

// The whole number at the start of `text`, in JSON form; empty if there is none.
std::string_view leading_number(std::string_view text) {
  size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  const bool is_number = digits > 0 && digits <= kDigitsMax && (digits == 1 || text[0] != '0');
  return text.substr(0, is_number ? digits : 0);
}

int64_t value_of(std::string_view number) {
  int64_t value = 0;
  for (const char digit : number) value = value * 10 + (digit - '0');
  return value;
}

// The position of the first character that is not plain: a quote, a backslash, or not printable ASCII.
size_t find_end_of_plain(std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
}

// True of a chunk that has one piece of text and nothing else: no finish reason, signature, source or error.
bool is_text_alone(const Chunk& chunk) {
  if (chunk.candidates.size() != 1 || chunk.parts.size() != 1) return false;
  const Candidate& candidate = chunk.candidates.front();
  const Part& part = chunk.parts.front();
  const bool is_text = part.kind == PartKind::kText || part.kind == PartKind::kThought;
  const bool has_sources = !candidate.grounding.empty() && candidate.grounding.text != "{}";
  return is_text && !part.text.empty() && part.signature.empty() && candidate.finish_reason.empty() &&
         candidate.finish_message.empty() && !has_sources && candidate.citations.empty() &&
         candidate.logprobs.empty() && chunk.block_reason.empty() && chunk.error.empty();
}

}  // namespace

void ChunkTemplate::learn(std::string_view source, const Chunk& chunk) {
  if (lessons_in_vain_ >= kLessonsInVainMax || !is_text_alone(chunk)) return;
  ++lessons_in_vain_;
  const std::string_view text = chunk.parts.front().text.text;
  const auto begin = static_cast<size_t>(text.data() - source.data());
  before_ = source.substr(0, begin);
  learn_rest(source.substr(begin + text.size()), chunk.counts);
  chunk_ = {};
  chunk_.candidates = {{.index = chunk.candidates.front().index, .parts_end = 1}};
  chunk_.parts = {{.kind = chunk.parts.front().kind}};
}

void ChunkTemplate::learn_rest(std::string_view rest, const TokenCounts& counts) {
  pieces_.clear();
  size_t begin = 0;
  for (size_t mark = rest.find(kCountMark); mark != rest.npos; mark = rest.find(kCountMark, mark + 1)) {
    const size_t at = std::min(rest.find_first_not_of(' ', mark + kCountMark.size()), rest.size());
    const std::string_view number = leading_number(rest.substr(at));
    if (number.empty()) continue;
    const size_t name = rest.rfind('"', mark) + 1;  // 0 if there is no quote.
    const size_t name_bytes = mark + kCountMark.find('"') - name;
    auto count = find_name<int64_t TokenCounts::*>(kCounts, rest.substr(name, name_bytes), nullptr);
    // Another object may have a member with this name. Then the value differs, or the name comes twice (see below).
    if (count != nullptr && counts.*count != value_of(number)) count = nullptr;
    const auto is_same = [count](const Piece& piece) { return count != nullptr && piece.count == count; };
    if (std::any_of(pieces_.begin(), pieces_.end(), is_same)) return before_.clear();
    pieces_.push_back({.before = std::string(rest.substr(begin, at - begin)), .count = count});
    begin = at + number.size();
  }
  end_ = rest.substr(begin);
}

const Chunk* ChunkTemplate::recognise(std::string_view source) {
  if (before_.empty() || !source.starts_with(before_)) return nullptr;
  const std::string_view from_text = source.substr(before_.size());
  const size_t text_bytes = find_end_of_plain(from_text);
  if (text_bytes == 0 || !read_rest(from_text.substr(text_bytes))) return nullptr;
  lessons_in_vain_ = 0;
  chunk_.parts.front().text = {from_text.substr(0, text_bytes)};
  return &chunk_;
}

bool ChunkTemplate::read_rest(std::string_view rest) {
  for (const Piece& piece : pieces_) {
    if (!rest.starts_with(piece.before)) return false;
    rest.remove_prefix(piece.before.size());
    const std::string_view number = leading_number(rest);
    if (number.empty()) return false;
    rest.remove_prefix(number.size());
    if (piece.count != nullptr) chunk_.counts.*piece.count = value_of(number);
  }
  return rest == end_;
}

}  // namespace onellm::dialects::gemini
