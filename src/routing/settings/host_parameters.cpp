#include "routing/settings/host_parameters.h"

#include <string_view>

#include "dialects/common/request/settable_parameter.h"

namespace onellm::routing {

namespace {

bool read_parameter_name(json::Value& value, std::string& out) {
  json::RawString raw;
  if (!value.read(raw)) return false;
  out = json::unescape(raw);
  return dialects::is_settable_parameter(out);
}

}  // namespace

bool read_parameter_names(json::Value& value, std::vector<std::string>& out) {
  bool all_good = true;
  const bool is_array = value.each_element(
      [&](size_t, json::Value& element) { all_good = read_parameter_name(element, out.emplace_back()) && all_good; });
  return is_array && all_good;
}

bool read_parameter_renames(json::Value& value, std::vector<std::pair<std::string, std::string>>& out) {
  bool all_good = true;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    auto& [ours, theirs] = out.emplace_back(json::unescape(key), std::string());
    all_good = dialects::is_settable_parameter(ours) && read_parameter_name(member, theirs) && all_good;
  });
  return is_object && all_good;
}

}  // namespace onellm::routing
