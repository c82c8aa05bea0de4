// Writes the arguments of a call as JSON while they come value by value. Each value has a path, such as `$.city` or
// `$.days[0].name`. Long texts come in pieces.
// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
//
// Rule: Only the path of the last value is kept, so values must come in the order of the JSON text, as the model writes
// them. A text stays open until a value for another path comes; its willContinue is not used.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/raw.h"

namespace onellm::dialects::gemini {

class PartialArguments {
 public:
  // Appends the JSON for an array of `{jsonPath, stringValue | numberValue | boolValue | nullValue, willContinue}`.
  // False if a path is invalid or does not fit the values before.
  [[nodiscard]] bool add(json::Raw partial_arguments, std::string& out);

  // Appends the closing brackets, so that the arguments are a complete object.
  void close(std::string& out);

 private:
  // One step into an object or an array.
  struct Step {
    bool is_index = false;
    std::string name;  // The key or the number, as a JSON string.
    bool operator==(const Step&) const = default;
  };
  struct Entry {
    std::string path;
    json::RawString text;
    json::Raw scalar;  // A value that is no text; empty: the value is a text.
    bool has_value = false;
  };

  [[nodiscard]] static bool read_path(std::string_view path, std::vector<Step>& steps);
  [[nodiscard]] bool add_entry(const Entry& entry, std::string& out);
  [[nodiscard]] bool move_to(std::vector<Step> place, std::string& out);
  void end_text(std::string& out);

  std::vector<Step> place_;  // Path of the last value; empty before the first.
  std::string text_path_;    // Path of the text that is open.
  bool text_open_ = false;
};

}  // namespace onellm::dialects::gemini
