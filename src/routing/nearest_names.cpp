#include "routing/nearest_names.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace onellm::routing {

namespace {

// Limits the work for long names from clients. A longer part does not give better suggestions.
constexpr size_t kComparedBytesMax = 128;

std::string comparable(std::string_view name) { return ascii_lower(name.substr(0, kComparedBytesMax)); }

// The number of characters that must be added, removed or changed (Levenshtein).
size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < from.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < to.size(); ++j) {
      const size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view wanted, const std::vector<std::string>& names, size_t count) {
  struct Candidate {
    bool is_prefix;
    size_t distance;
    const std::string* name;
  };
  const std::string sought = comparable(wanted);
  std::vector<Candidate> candidates;
  for (const std::string& name : names) {
    const std::string known = comparable(name);
    const bool is_prefix = known.starts_with(sought) || sought.starts_with(known);
    candidates.push_back({is_prefix, edit_distance(sought, known), &name});
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.is_prefix != b.is_prefix ? a.is_prefix : a.distance < b.distance;
  });

  std::vector<std::string> nearest;
  for (size_t i = 0; i < std::min(count, candidates.size()); ++i) nearest.push_back(*candidates[i].name);
  return nearest;
}

}  // namespace onellm::routing
