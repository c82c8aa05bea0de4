#include "gateway/model_list/cache.h"

#include <cstdint>
#include <utility>

#include "base/limits.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::gateway {

namespace {

// FNV-1a: a short hash. It need not resist attacks.
uint64_t hash_of(std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

std::string hex_of(uint64_t number) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (int shift = 60; shift >= 0; shift -= 4) hex += kDigits[(number >> shift) & 0xF];
  return hex;
}

}  // namespace

std::string model_cache_key(const providers::Provider& provider) {
  return "models:" + provider.name + ":" + hex_of(hash_of(provider.base));
}

std::string cached_text(const std::vector<dialects::ModelEntry>& models) {
  std::string text;
  {
    json::ArrayWriter list(text);
    for (const dialects::ModelEntry& model : models) {
      json::ArrayWriter entry(list.next());
      json::quote_to(entry.next(), model.id);
      json::append_integer(entry.next(), model.created_s);
    }
  }
  return text;
}

std::optional<std::vector<dialects::ModelEntry>> read_cached(std::string_view text) {
  if (text.size() > kModelListBytesMax) return std::nullopt;
  const json::Buffer buffer(text);
  json::Reader reader;
  if (!reader.open(buffer)) return std::nullopt;
  std::vector<dialects::ModelEntry> models;
  bool ok = reader.root().each_element([&](size_t /*index*/, json::Value& element) {
    dialects::ModelEntry model;
    const bool is_entry = element.each_element([&](size_t place, json::Value& member) {
      json::RawString id;
      if (place == 0 && member.read(id)) model.id = json::unescape(id);
      if (place == 1 && !member.read(model.created_s)) model.created_s = 0;
    });
    if (is_entry && !model.id.empty()) models.push_back(std::move(model));
  });
  ok = reader.finish() && ok && !models.empty();
  if (!ok) return std::nullopt;
  return models;
}

}  // namespace onellm::gateway
