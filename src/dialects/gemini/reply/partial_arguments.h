// Arguments of a call that come value by value, each with its place in them, `$.city` or `$.days[0].name`,
// and long texts in pieces. They are written as JSON in the order in which they come.
// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
//
// Keeps the place that was written last and nothing of what stands before it. So the model must give the
// values in the order of the text, which is how it makes them. A text stays open until something else
// comes: whether it says that it goes on is not relied upon.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/raw.h"

namespace onellm::dialects::gemini {

class PartialArguments {
 public:
  // Appends the JSON that an array of `{jsonPath, stringValue | numberValue | boolValue | nullValue,
  // willContinue}` adds. False if it cannot be such: its places are none, or do not fit together.
  [[nodiscard]] bool add(json::Raw partial_arguments, std::string& out);

  // Appends what makes it one whole object.
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
    json::Raw scalar;  // Of other types than text; empty: the value is a text.
    bool has_value = false;
  };

  [[nodiscard]] static bool read_path(std::string_view path, std::vector<Step>& steps);
  [[nodiscard]] bool add_entry(const Entry& entry, std::string& out);
  [[nodiscard]] bool move_to(std::vector<Step> place, std::string& out);
  void end_text(std::string& out);

  std::vector<Step> place_;  // Of the last value; empty before the first.
  std::string text_path_;    // Of a text that goes on.
  bool text_open_ = false;
};

}  // namespace onellm::dialects::gemini
