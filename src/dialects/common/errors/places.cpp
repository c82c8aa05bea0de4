#include "dialects/common/errors/places.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace onellm::dialects {

namespace {

// Takes `<name>[12]` from the front of `path`.
std::optional<size_t> take_index(std::string_view& path, std::string_view name) {
  if (!path.starts_with(name)) return std::nullopt;
  std::string_view rest = path.substr(name.size());
  size_t index = 0;
  const std::from_chars_result end = std::from_chars(rest.data(), rest.data() + rest.size(), index);
  if (end.ec != std::errc() || end.ptr == rest.data() + rest.size() || *end.ptr != ']') return std::nullopt;
  path = rest.substr(static_cast<size_t>(end.ptr - rest.data()) + 1);
  return index;
}

}  // namespace

Error Places::in_whole(Error error, FunctionRef<size_t(size_t message, size_t part)> part_of) const {
  std::string_view rest = error.param;
  const std::optional<size_t> shortened = take_index(rest, "messages[");
  if (!shortened || *shortened >= messages_.size()) return error;
  const size_t message = messages_[*shortened];
  std::string param = "messages[" + std::to_string(message) + "]";
  if (const std::optional<size_t> part = take_index(rest, ".content[")) {
    param += ".content[" + std::to_string(part_of(message, *part)) + "]";
  }
  param += rest;
  if (error.message.starts_with(error.param)) error.message.replace(0, error.param.size(), param);
  error.param = std::move(param);
  return error;
}

}  // namespace onellm::dialects
