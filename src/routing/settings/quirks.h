// Reads the quirks of a host from an entry of ONELLM_PROVIDERS. The members have the names of those of
// providers::Quirks.
#pragma once

#include <string_view>
#include <vector>

#include "json/reader.h"
#include "providers/quirks.h"

namespace onellm::routing {

class QuirkSettings {
 public:
  // The members that an entry may have, for messages.
  static constexpr std::string_view kNames =
      "stream_usage, native, echoes, tool_images, names, cache_marks, tool_call_ids, tool_names, content, thinking, "
      "forced_tools, force_while_thinking, repeated_roles, repeated_tools, formats, choices_max, stops_max, "
      "temperature_max, drop, pass, rename";

  // Reads a member of the entry. False if it is no quirk.
  [[nodiscard]] bool read(std::string_view key, json::Value& value);

  // The error of the member that was read last; empty: none.
  [[nodiscard]] std::string_view problem() const { return problem_; }

  // The quirks of a known host, with the members of the entry in place of the known ones. A parameter in `pass` of the
  // entry is not dropped or renamed by a known quirk. If the entry sets `native`, only `stream_usage` is used of the
  // known quirks.
  [[nodiscard]] providers::Quirks over(const providers::Quirks& known) const;

 private:
  [[nodiscard]] bool gives(std::string_view name) const;

  providers::Quirks given_;
  std::vector<std::string_view> names_;  // The members that the entry has.
  std::string_view problem_;
};

}  // namespace onellm::routing
