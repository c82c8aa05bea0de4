#include "json/tokens.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>

namespace onellm::json {

namespace {

constexpr size_t kIndexedBytesMin = 4096;
constexpr size_t kIndexedBytesKept = 1024 * 1024;  // The index takes four times as much.

// The text of an empty document, so that offset(0) means something before the first find().
constexpr uint32_t kNoTokens[] = {0};

}  // namespace

Tokens::Tokens() : starts_(kNoTokens) {}
Tokens::~Tokens() = default;

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
  if (stage_ != nullptr && stage_->capacity() >= bytes) return true;
  if (bytes <= kIndexedBytesKept) bytes = std::bit_ceil(std::max(bytes, kIndexedBytesMin));
  stage_.reset();               // First, so that the old index and the new are never held together.
  constexpr size_t kDepth = 1;  // Memory of the second stage, which is not used.
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
