#include "keys/record/body.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "json/buffer.h"

namespace onellm::keys {

namespace {

constexpr size_t kProblemsMax = 8;
constexpr size_t kNameBytesMax = 64;  // Of a name that the client chose, in a message.

}  // namespace

void Problems::add(std::string_view param, std::string_view problem) {
  if (++count_ > kProblemsMax) return;
  const std::string_view name = utf8_prefix(param, kNameBytesMax);
  if (param_.empty()) param_ = name;
  message_.append(message_.empty() ? "" : " ").append(name).append(" ").append(problem).append(".");
}

Error Problems::error() const { return {.kind = ErrorKind::kBadRequest, .message = message_, .param = param_}; }

bool read_members(json::Value& value, std::string_view path, Problems& problems,
                  FunctionRef<const char*(const std::string& name, json::Value& member)> on_member) {
  std::vector<std::string> names;
  return value.each_member([&](json::RawString key, json::Value& member) {
    const std::string name = json::unescape(key);
    const bool is_new = std::find(names.begin(), names.end(), name) == names.end();
    const char* const problem = is_new ? on_member(name, member) : "is there twice";
    if (problem != nullptr) problems.add(std::string(path) + name, problem);
    if (is_new && names.size() < kRequestKeysMax) names.push_back(name);
  });
}

Result<Ok> read_body(std::string_view body, bool may_be_empty, FunctionRef<void(json::Value& root)> on_root) {
  if (may_be_empty && trim(body).empty()) return Ok{};
  const json::Buffer buffer(body);
  json::Reader reader;
  bool is_object = true;
  if (reader.open(buffer)) {
    json::Value root = reader.root();
    is_object = root.type() == json::Type::kObject;
    if (is_object) on_root(root);
  }
  if (!reader.finish())
    return Error{.kind = ErrorKind::kBadRequest, .message = "The body " + reader.error_message() + "."};
  if (!is_object) return Error{.kind = ErrorKind::kBadRequest, .message = "The body must be a JSON object."};
  return Ok{};
}

}  // namespace onellm::keys
