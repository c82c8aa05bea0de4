// The quirks of a host as an entry of ONELLM_PROVIDERS gives them, by the names of their members.
#pragma once

#include <string_view>
#include <vector>

#include "json/reader.h"
#include "providers/quirks.h"

namespace onellm::routing {

class QuirkSettings {
 public:
  // The members that an entry may have, as a message names them.
  static constexpr std::string_view kNames =
      "stream_usage, native, echoes, tool_images, names, cache_marks, tool_call_ids, tool_names, content, thinking, "
      "forced_tools, formats, choices_max, stops_max, temperature_max, drop, pass, rename";

  // Reads a member of the entry. False where it is no quirk.
  [[nodiscard]] bool read(std::string_view key, json::Value& value);

  // What is wrong with the member read last; empty: nothing.
  [[nodiscard]] std::string_view problem() const { return problem_; }

  // The quirks of a host that is known: each member that the entry gives wins as a whole. A parameter that the
  // entry passes is neither dropped nor renamed, unless the entry itself says so. Where the entry calls the host
  // native, nothing is known of it but whether it takes stream_options.
  [[nodiscard]] providers::Quirks over(const providers::Quirks& known) const;

 private:
  [[nodiscard]] bool gives(std::string_view name) const;

  providers::Quirks given_;
  std::vector<std::string_view> names_;  // Of the members that the entry gives.
  std::string_view problem_;
};

}  // namespace onellm::routing
