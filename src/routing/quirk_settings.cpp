#include "routing/quirk_settings.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "routing/host_parameters.h"

namespace onellm::routing {

namespace {

using dialects::ToolCallIds;
using providers::Quirks;

struct Row {
  std::string_view name;
  std::string_view problem;  // Of a value that it cannot have.
  bool (*read)(json::Value& value, Quirks& quirks);
  void (*copy)(const Quirks& from, Quirks& to);
};

template <bool Quirks::*kFlag>
bool read_flag(json::Value& value, Quirks& quirks) {
  return value.read(quirks.*kFlag);
}

template <auto kMember>
void copy(const Quirks& from, Quirks& to) {
  to.*kMember = from.*kMember;
}

bool read_ids(json::Value& value, Quirks& quirks) {
  json::RawString text;
  if (!value.read(text)) return false;
  const bool is_nine = json::key_is(text, "nine");
  quirks.tool_call_ids = is_nine ? ToolCallIds::kNine : ToolCallIds::kAny;
  return is_nine || json::key_is(text, "any");
}

constexpr Row kRows[] = {
    {"stream_usage", "stream_usage must be true or false", read_flag<&Quirks::stream_usage>,
     copy<&Quirks::stream_usage>},
    {"native", "native must be true or false", read_flag<&Quirks::native>, copy<&Quirks::native>},
    {"echoes", "echoes must be true or false", read_flag<&Quirks::echoes>, copy<&Quirks::echoes>},
    {"tool_images", "tool_images must be true or false", read_flag<&Quirks::tool_images>, copy<&Quirks::tool_images>},
    {"tool_call_ids", "tool_call_ids must be any or nine", read_ids, copy<&Quirks::tool_call_ids>},
    {"drop", "drop must be an array of names of parameters",
     [](json::Value& value, Quirks& quirks) { return read_parameter_names(value, quirks.drop); }, copy<&Quirks::drop>},
    {"pass", "pass must be an array of names of parameters",
     [](json::Value& value, Quirks& quirks) { return read_parameter_names(value, quirks.pass); }, copy<&Quirks::pass>},
    {"rename", "rename must be an object of names of parameters",
     [](json::Value& value, Quirks& quirks) { return read_parameter_renames(value, quirks.rename); },
     copy<&Quirks::rename>},
};

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool QuirkSettings::read(std::string_view key, json::Value& value) {
  problem_ = {};
  const auto* const row =
      std::find_if(std::begin(kRows), std::end(kRows), [key](const Row& candidate) { return candidate.name == key; });
  if (row == std::end(kRows)) return false;
  if (!row->read(value, given_)) problem_ = row->problem;
  names_.push_back(row->name);
  return true;
}

bool QuirkSettings::gives(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

Quirks QuirkSettings::over(const Quirks& known) const {
  Quirks quirks = known;
  if (given_.native) {
    quirks = {};
    quirks.stream_usage = known.stream_usage;
  }
  std::erase_if(quirks.drop, [this](const std::string& name) { return has(given_.pass, name); });
  std::erase_if(quirks.rename, [this](const auto& renaming) { return has(given_.pass, renaming.first); });
  for (const Row& row : kRows) {
    if (gives(row.name)) row.copy(given_, quirks);
  }
  return quirks;
}

}  // namespace onellm::routing
