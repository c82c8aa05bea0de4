#include "gateway/keys/admin/query.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <vector>

#include "base/query.h"
#include "base/text.h"
#include "json/writer.h"
#include "keys/secret.h"

namespace onellm::gateway {

namespace {

constexpr size_t kQuotedNameBytes = 64;  // The longest part of a name that a message quotes.

// Returns what is wrong with the value, as text for people; null: nothing.
using ReadParameter = const char* (*)(const std::string& value, KeyListQuery& out);

struct Parameter {
  std::string_view name;
  ReadParameter read;
};

const char* read_limit(const std::string& value, KeyListQuery& out) {
  const char* end = value.data() + value.size();
  const auto [stop, failure] = std::from_chars(value.data(), end, out.limit);
  const bool is_good = failure == std::errc() && stop == end && out.limit >= 1 && out.limit <= kKeyListMax;
  return is_good ? nullptr : "must be an integer from 1 to 100";
}

const char* read_after(const std::string& value, KeyListQuery& out) {
  out.after = value;
  return value.empty() || keys::has_id_form(value) ? nullptr : "must be the id of a key, like key_abc123";
}

const char* read_blocked(const std::string& value, KeyListQuery& out) {
  if (value != "true" && value != "false") return "must be true or false";
  out.blocked = value == "true";
  return nullptr;
}

const char* read_search(const std::string& value, KeyListQuery& out) {
  out.search = value;
  return value.size() <= kKeySearchBytesMax ? nullptr : "must have at most 48 bytes";
}

constexpr Parameter kOfLists[] = {
    {"limit", read_limit}, {"after", read_after}, {"blocked", read_blocked}, {"search", read_search}};
constexpr Parameter kOfExports[] = {{"after", read_after}};

Error bad_parameter(const std::string& name, std::string_view problem) {
  const std::string shown(utf8_prefix(name, kQuotedNameBytes));
  return {.kind = ErrorKind::kBadRequest, .message = std::string(shown).append(" ").append(problem), .param = shown};
}

std::string names_of(std::span<const Parameter> known) {
  std::string names;
  for (const Parameter& parameter : known) names.append(names.empty() ? "" : ", ").append(parameter.name);
  return names;
}

Result<KeyListQuery> read(std::string_view query, std::span<const Parameter> known) {
  KeyListQuery out;
  std::vector<std::string_view> seen;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const std::string name = form_decode(pair.substr(0, equals));
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const Parameter& parameter) { return parameter.name == name; });
    if (found == known.end()) return bad_parameter(name, "is not known here. Known are: " + names_of(known) + ".");
    if (std::find(seen.begin(), seen.end(), found->name) != seen.end()) return bad_parameter(name, "is there twice.");
    seen.push_back(found->name);
    const char* const problem = found->read(form_decode(pair.substr(std::min(equals + 1, pair.size()))), out);
    if (problem != nullptr) return bad_parameter(name, std::string(problem) + ".");
  }
  return out;
}

}  // namespace

Result<KeyListQuery> read_list_query(std::string_view query) { return read(query, kOfLists); }

Result<KeyListQuery> read_export_query(std::string_view query) { return read(query, kOfExports); }

std::string list_argument(const KeyListQuery& query) {
  std::string out;
  {
    json::ObjectWriter object(out);
    object.add("limit", query.limit);
    if (!query.after.empty()) object.add_plain("after", query.after);
    if (query.blocked) object.add("blocked", *query.blocked);
    if (!query.search.empty()) object.add_plain("search", query.search);
  }
  return out;
}

std::string export_argument(const KeyListQuery& query) {
  std::string out;
  {
    json::ObjectWriter object(out);
    if (!query.after.empty()) object.add_plain("after", query.after);
  }
  return out;
}

}  // namespace onellm::gateway
