#include "json/tokens.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace onellm::json {

namespace {

constexpr size_t kIndexedBytesMin = 4096;
constexpr size_t kIndexedBytesKept = 1024 * 1024;  // The index takes four times as much.
constexpr size_t kSpareBytesMax = 64 * 1024;
constexpr size_t kSparesMax = 4;  // More than one, since a text is sometimes read inside another.

// The tokens of an empty document, so that offset(0) is valid before the first find().
constexpr uint32_t kNoTokens[] = {0};

using Stage = simdjson::internal::dom_parser_implementation;

// Indexes that are free for reuse: making one takes longer than reading a short text.
std::vector<std::unique_ptr<Stage>>& spares() {
  thread_local std::vector<std::unique_ptr<Stage>> the_spares;
  return the_spares;
}

void give_spare(std::unique_ptr<Stage> stage) {
  if (stage == nullptr || stage->capacity() > kSpareBytesMax || spares().size() == kSparesMax) return;
  spares().push_back(std::move(stage));
}

std::unique_ptr<Stage> take_spare() {
  if (spares().empty()) return nullptr;
  std::unique_ptr<Stage> spare = std::move(spares().back());
  spares().pop_back();
  return spare;
}

}  // namespace

Tokens::Tokens() : starts_(kNoTokens) {}

Tokens::~Tokens() { give_spare(std::move(stage_)); }

const char* Tokens::find(const Buffer& text) {
  count_ = 0;
  starts_ = kNoTokens;
  if (text.size() == 0) return "the text is empty";
  if (!make_room(text.size())) return "there is no memory to read so long a text";

  text_ = text.text().data();
  const auto* bytes = reinterpret_cast<const uint8_t*>(text_);
  const simdjson::error_code error = stage_->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  if (error == simdjson::SUCCESS) {
    starts_ = stage_->structural_indexes.get();
    count_ = stage_->n_structural_indexes;
    return nullptr;
  }
  if (error == simdjson::EMPTY) return "the text is empty";
  if (error == simdjson::UTF8_ERROR) return "the text is not UTF-8";
  if (error == simdjson::UNESCAPED_CHARS) return "a string holds a control character";
  if (error == simdjson::UNCLOSED_STRING) return "a string has no end";
  return "the text cannot be read";
}

bool Tokens::make_room(size_t bytes) {
  if (stage_ == nullptr && bytes <= kSpareBytesMax) stage_ = take_spare();
  if (stage_ != nullptr && stage_->capacity() >= bytes) return true;
  if (bytes <= kIndexedBytesKept) bytes = std::bit_ceil(std::max(bytes, kIndexedBytesMin));
  stage_.reset();               // Freed first, so that two indexes never use memory at once.
  constexpr size_t kDepth = 1;  // For the second stage, which is not used.
  return simdjson::get_active_implementation()->create_dom_parser_implementation(bytes, kDepth, stage_) ==
         simdjson::SUCCESS;
}

void Tokens::release_large_buffers() {
  if (stage_ == nullptr || stage_->capacity() <= kIndexedBytesKept) return;
  stage_.reset();
  count_ = 0;
  starts_ = kNoTokens;
}

double to_double(std::string_view number) {
  return simdjson::internal::from_chars(number.data(), number.data() + number.size());
}

}  // namespace onellm::json
