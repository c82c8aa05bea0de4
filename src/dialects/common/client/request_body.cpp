#include "dialects/common/client/request_body.h"

#include <algorithm>
#include <string_view>

#include "base/limits.h"

namespace onellm::dialects {

namespace {

bool is_there(const std::vector<json::RawString>& keys, std::string_view name) {
  return std::any_of(keys.begin(), keys.end(), [name](json::RawString key) { return json::key_is(key, name); });
}

bool was_seen(const std::vector<json::RawString>& keys, json::RawString key) {
  const bool has_escapes = key.text.find('\\') != std::string_view::npos;
  return has_escapes ? is_there(keys, json::unescape(key)) : is_there(keys, key.text);
}

}  // namespace

std::optional<Error> read_request_body(const json::Buffer& body, FieldReader& fields, FieldReader::OnMember on_member) {
  json::Reader reader;
  if (reader.open(body)) {
    json::Value root = reader.root();
    fields.all_members(root, on_member);
  }
  if (reader.finish()) return std::nullopt;
  return Error{.kind = ErrorKind::kBadRequest, .message = "The request body " + reader.error_message() + "."};
}

bool add_key(FieldReader& fields, json::RawString key, std::vector<json::RawString>& keys) {
  if (keys.size() == kRequestKeysMax) {
    fields.complain("is one top-level key too many for this gateway");
  } else if (key.text.size() > kRequestKeyBytesMax) {
    fields.complain("is too long a key");
  } else if (was_seen(keys, key)) {
    fields.complain("is given twice");
  } else {
    keys.push_back(key);
    return true;
  }
  return false;
}

void read_model(FieldReader& fields, json::Value& value, std::string& model) {
  json::RawString name;
  fields.text_not_empty(value, name);
  if (name.text.size() > kModelBytesMax) return fields.complain("is too long");
  model = json::unescape(name);
}

}  // namespace onellm::dialects
