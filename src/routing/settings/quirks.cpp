#include "routing/settings/quirks.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>

#include "routing/settings/host_parameters.h"

namespace onellm::routing {

namespace {

using dialects::ContentForm;
using dialects::FormatSet;
using dialects::HostForce;
using dialects::ThinkingSwitch;
using dialects::ToolCallIds;
using dialects::ToolNameForm;
using providers::Quirks;

struct Row {
  std::string_view name;
  std::string_view problem;  // The message for a wrong value.
  bool (*read)(json::Value& value, Quirks& quirks);
  void (*copy)(const Quirks& from, Quirks& to);
};

template <bool Quirks::*kFlag>
bool read_flag(json::Value& value, Quirks& quirks) {
  return value.read(quirks.*kFlag);
}

template <std::optional<bool> Quirks::*kFlag>
bool read_flag(json::Value& value, Quirks& quirks) {
  bool read = false;
  if (!value.read(read)) return false;
  quirks.*kFlag = read;
  return true;
}

template <auto kMember>
void copy(const Quirks& from, Quirks& to) {
  to.*kMember = from.*kMember;
}

// A word and its value of an enum.
template <typename T>
struct Word {
  std::string_view word;
  T value;
};

template <typename T, size_t count>
bool read_word(json::Value& value, const Word<T> (&words)[count], T& out) {
  json::RawString text;
  if (!value.read(text)) return false;
  for (const Word<T>& row : words) {
    if (json::key_is(text, row.word)) return out = row.value, true;
  }
  return false;
}

constexpr Word<ToolCallIds> kIds[] = {{"any", ToolCallIds::kAny}, {"nine", ToolCallIds::kNine}};
constexpr Word<ToolNameForm> kToolNames[] = {
    {"any", ToolNameForm::kAny}, {"plain", ToolNameForm::kPlain}, {"letter", ToolNameForm::kLetterFirst}};
constexpr Word<ContentForm> kContents[] = {
    {"any", ContentForm::kAny}, {"filled", ContentForm::kFilled}, {"text", ContentForm::kText}};
constexpr Word<ThinkingSwitch> kSwitches[] = {{"any", ThinkingSwitch::kNone},
                                              {"type", ThinkingSwitch::kType},
                                              {"enable", ThinkingSwitch::kEnable},
                                              {"effort", ThinkingSwitch::kEffort}};
constexpr Word<HostForce> kForces[] = {
    {"any", HostForce::kAny}, {"named", HostForce::kNamed}, {"none", HostForce::kNone}};
constexpr Word<FormatSet> kFormats[] = {{"json_object", dialects::kJsonObjects},
                                        {"json_schema", dialects::kJsonSchemas}};

bool read_formats(json::Value& value, Quirks& quirks) {
  bool all_good = true;
  quirks.formats = 0;
  const bool is_array = value.each_element([&](size_t, json::Value& element) {
    FormatSet format = 0;
    all_good = read_word(element, kFormats, format) && all_good;
    quirks.formats = static_cast<FormatSet>(quirks.formats | format);
  });
  return is_array && all_good;
}

template <int64_t Quirks::*kCount>
bool read_count(json::Value& value, Quirks& quirks) {
  return value.read(quirks.*kCount) && quirks.*kCount > 0;
}

// Rounds to one digit after the point.
bool read_temperature(json::Value& value, Quirks& quirks) {
  constexpr double kMost = 100;
  double most = 0;
  if (!value.read(most) || most <= 0 || most > kMost) return false;
  quirks.temperature_tenths_max = std::llround(most * 10);
  return quirks.temperature_tenths_max > 0;
}

constexpr Row kRows[] = {
    {"stream_usage", "stream_usage must be true or false", read_flag<&Quirks::stream_usage>,
     copy<&Quirks::stream_usage>},
    {"native", "native must be true or false", read_flag<&Quirks::native>, copy<&Quirks::native>},
    {"echoes", "echoes must be true or false", read_flag<&Quirks::echoes>, copy<&Quirks::echoes>},
    {"tool_images", "tool_images must be true or false", read_flag<&Quirks::tool_images>, copy<&Quirks::tool_images>},
    {"names", "names must be true or false", read_flag<&Quirks::names>, copy<&Quirks::names>},
    {"cache_marks", "cache_marks must be true or false", read_flag<&Quirks::cache_marks>, copy<&Quirks::cache_marks>},
    {"tool_call_ids", "tool_call_ids must be any or nine",
     [](json::Value& value, Quirks& quirks) { return read_word(value, kIds, quirks.tool_call_ids); },
     copy<&Quirks::tool_call_ids>},
    {"tool_names", "tool_names must be any, plain or letter",
     [](json::Value& value, Quirks& quirks) { return read_word(value, kToolNames, quirks.tool_names); },
     copy<&Quirks::tool_names>},
    {"content", "content must be any, filled or text",
     [](json::Value& value, Quirks& quirks) { return read_word(value, kContents, quirks.content); },
     copy<&Quirks::content>},
    {"thinking", "thinking must be any, type, enable or effort",
     [](json::Value& value, Quirks& quirks) { return read_word(value, kSwitches, quirks.thinking); },
     copy<&Quirks::thinking>},
    {"forced_tools", "forced_tools must be any, named or none",
     [](json::Value& value, Quirks& quirks) { return read_word(value, kForces, quirks.forced_tools); },
     copy<&Quirks::forced_tools>},
    {"force_while_thinking", "force_while_thinking must be true or false", read_flag<&Quirks::force_while_thinking>,
     copy<&Quirks::force_while_thinking>},
    {"repeated_roles", "repeated_roles must be true or false", read_flag<&Quirks::repeated_roles>,
     copy<&Quirks::repeated_roles>},
    {"repeated_tools", "repeated_tools must be true or false", read_flag<&Quirks::repeated_tools>,
     copy<&Quirks::repeated_tools>},
    {"formats", "formats must be an array of json_object and json_schema", read_formats, copy<&Quirks::formats>},
    {"choices_max", "choices_max must be a positive whole number", read_count<&Quirks::choices_max>,
     copy<&Quirks::choices_max>},
    {"stops_max", "stops_max must be a positive whole number", read_count<&Quirks::stops_max>,
     copy<&Quirks::stops_max>},
    {"temperature_max", "temperature_max must be a number from 0.1 to 100", read_temperature,
     copy<&Quirks::temperature_tenths_max>},
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
