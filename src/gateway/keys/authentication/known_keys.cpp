#include "gateway/keys/authentication/known_keys.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

size_t bytes_of(const keys::Record& record) {
  size_t bytes = sizeof(record) + record.metadata.size() + record.models.size() * sizeof(std::string);
  for (const std::string& pattern : record.models) bytes += pattern.size();
  return bytes;
}

}  // namespace

KnownKeys::Found KnownKeys::find(std::string_view hash, double now_ms) const {
  const auto found = entries_.find(std::string(hash));
  if (found == entries_.end()) return {};
  const Entry& entry = found->second;
  const bool is_fresh = now_ms < entry.until_ms;
  if (entry.record == nullptr) return {.knowledge = is_fresh ? Knowledge::kWrong : Knowledge::kNothing};
  if (!is_fresh) return {.knowledge = Knowledge::kOutdated};
  return {.knowledge = Knowledge::kRight, .record = entry.record, .read_ms = entry.until_ms - kKnownKeyMs};
}

bool KnownKeys::is_fresh(std::string_view hash, double now_ms) const {
  const Found found = find(hash, now_ms);
  return found.knowledge == Knowledge::kRight && now_ms < found.read_ms + kRefusedKeyMs;
}

std::shared_ptr<const keys::Record> KnownKeys::keep(const std::string& hash, keys::Record record, double now_ms) {
  const size_t bytes = bytes_of(record);
  auto kept = std::make_shared<const keys::Record>(std::move(record));
  put(hash, {.record = kept, .until_ms = now_ms + kKnownKeyMs, .bytes = bytes});
  return kept;
}

void KnownKeys::keep_wrong(const std::string& hash, double now_ms) {
  put(hash, {.record = nullptr, .until_ms = now_ms + kWrongKeyMs});
}

void KnownKeys::put(const std::string& hash, Entry entry) {
  if (const auto before = entries_.find(hash); before != entries_.end()) erase(before);
  bytes_ += entry.bytes;
  entries_.emplace(hash, std::move(entry));
  make_room();
}

// The entries that are outdated first go first. What is known of wrong keys is outdated soon, so they push out no right
// one.
void KnownKeys::make_room() {
  while (entries_.size() > kKnownKeysMax || bytes_ > kKnownKeysBytesMax) {
    erase(std::min_element(entries_.begin(), entries_.end(), [](const auto& left, const auto& right) {
      return left.second.until_ms < right.second.until_ms;
    }));
  }
}

KnownKeys::Entries::iterator KnownKeys::erase(Entries::iterator entry) {
  bytes_ -= entry->second.bytes;
  return entries_.erase(entry);
}

}  // namespace onellm::gateway
