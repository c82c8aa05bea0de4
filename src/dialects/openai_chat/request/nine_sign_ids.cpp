#include "dialects/openai_chat/request/nine_sign_ids.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

constexpr size_t kSigns = 9;

// FNV-1a: the same on every platform. Another `attempt` gives another id for the same text.
std::string nine_signs(std::string_view text, size_t attempt) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  uint64_t hash = 0xCBF29CE484222325 + attempt;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  hash ^= hash >> 32;
  std::string id;
  for (size_t i = 0; i < kSigns; ++i) {
    id += kAlphabet[hash % kAlphabet.size()];
    hash /= kAlphabet.size();
  }
  return id;
}

}  // namespace

NineSignIds::NineSignIds(const chat::Request& request) {
  for (const chat::Message& message : request.messages) {
    for (const chat::ToolCall& call : message.tool_calls) keep(call.id);
    keep(message.tool_call_id);
  }
}

void NineSignIds::keep(json::RawString id) {
  if (is_one(id)) used_.insert(std::string(id.text));
}

bool NineSignIds::is_one(json::RawString id) {
  return id.text.size() == kSigns && std::all_of(id.text.begin(), id.text.end(), is_letter_or_digit);
}

std::string NineSignIds::of(json::RawString id) {
  const std::string plain = json::unescape(id);
  const auto made = made_.find(plain);
  if (made != made_.end()) return made->second;
  size_t attempt = 0;
  std::string now = nine_signs(plain, attempt);
  while (!used_.insert(now).second) now = nine_signs(plain, ++attempt);
  made_.emplace(plain, now);
  return now;
}

}  // namespace onellm::dialects::openai_chat
