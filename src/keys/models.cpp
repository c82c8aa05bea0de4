#include "keys/models.h"

#include <algorithm>

namespace onellm::keys {

namespace {

bool fits(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return pattern == name;
  pattern.remove_suffix(1);
  return name.starts_with(pattern);
}

// Compares `pattern` with `provider/model`, without joining the two.
bool fits_whole(std::string_view pattern, std::string_view provider, std::string_view model) {
  const size_t slash = provider.size();
  if (pattern.size() > slash) {
    return pattern.starts_with(provider) && pattern[slash] == '/' && fits(pattern.substr(slash + 1), model);
  }
  return false;
}

}  // namespace

bool may_use(Patterns patterns, std::string_view provider, std::string_view model) {
  if (patterns.empty()) return true;
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return pattern.find('/') == pattern.npos ? fits(pattern, model) : fits_whole(pattern, provider, model);
  });
}

bool may_use_alias(Patterns patterns, std::string_view alias) {
  if (patterns.empty()) return true;
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) { return fits(pattern, alias); });
}

}  // namespace onellm::keys
