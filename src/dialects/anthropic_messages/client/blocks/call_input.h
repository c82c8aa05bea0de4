// Turns the arguments of a streamed tool call into fragments of a JSON object, which is the only input that the
// Messages API has.
//
// | arguments | input |
// |---|---|
// | an object | as it is, each fragment at once |
// | none, or null | {} |
// | anything else | {"rawInvalidInput":"…"} |
// | of a custom tool | {"input":"…"} |
// | an object that the output limit cut | its start, what closes it, and a member `rawInvalidInput` with all that came
// |
//
// Rule: what the client has cannot be taken back. So other arguments that begin as an object and do not end as one
// fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/object_scanner.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

// The length of the white space at the start of the inside of a JSON string.
[[nodiscard]] size_t blank_bytes(std::string_view raw);

class CallInput {
 public:
  explicit CallInput(bool custom = false) : form_(custom ? Form::kCustom : Form::kUnknown) {}

  // Appends to `out` what the client gets, as the inside of a JSON string; may append nothing. False: it is no object.
  [[nodiscard]] bool add(json::RawString fragment, std::string& out);
  // Appends what is missing. False: it is no object. Call it once.
  [[nodiscard]] bool end(std::string& out);

  // Before end(), if the output limit cut the input: closes an object that is open.
  void end_cut(std::string& out);

  [[nodiscard]] bool is_empty() const { return form_ == Form::kUnknown && lead_.empty(); }
  // False: more has to come.
  [[nodiscard]] bool may_end() const { return form_ != Form::kObject || scanner_.is_whole(); }

 private:
  enum class Form : uint8_t {
    kUnknown,  // lead_ is all that came.
    kObject,
    kText,    // The value of a string in an object.
    kCustom,  // The same, and its start is not written yet.
  };

  void begin_text(std::string_view key, std::string& out);
  void keep(json::RawString fragment);
  [[nodiscard]] bool add_to_object(json::RawString fragment, std::string& out);

  Form form_;
  std::string lead_;  // May be the start of `null`. Without the white space before it.
  json::ObjectScanner scanner_;
  std::string said_;  // kObject: all of it, up to kHeldTextBytesMax; longer ones are not kept.
  bool is_said_whole_ = true;
};

}  // namespace onellm::dialects::anthropic_messages
