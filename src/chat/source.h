// The text that a request was decoded from, and what its decoder noted about that text.
//
// Rule: only encoders of its own dialect read it; others write from chat::Request. The gateway only searches the text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "chat/dialect_id.h"
#include "json/buffer.h"
#include "json/raw.h"

namespace onellm::chat {

// A member of the top-level object, `"key": value`, unchanged from the text. For edits of the text in place.
struct SourceMember {
  std::string_view key;     // With its escapes, if any; such keys are compared unescaped.
  std::string_view member;  // From the opening quote of the key to the last byte of the value.
  std::string_view value;
};

struct Source {
  DialectId dialect = DialectId::kNone;
  std::string_view text;
  std::vector<SourceMember> members;  // In order.

  // The text, if the decoder rewrote the client's body into one form of its dialect; else null: `text` is the body.
  std::shared_ptr<const json::Buffer> rewritten;

  // The place of the first type that the dialect does not document (`tools[0].type`); empty: there is none. Only a host
  // of that dialect may know such a type, and gets it unchanged.
  std::string foreign_type;

  // The error for the first value that differs from the dialect's documentation. It is returned only for a target that
  // refuses such values. `unusual`: a limit of that dialect alone. `out_of_range`: only a host of that dialect may
  // accept such a value.
  std::optional<Error> unusual;
  std::optional<Error> out_of_range;

  // Names of what the client sent and chat::Request cannot hold. Encoders of other dialects report them as dropped.
  std::vector<std::string> left_out;

  // Names of hints of that dialect, in the words of encoders: they change no answer, so a target without them leaves
  // them out in silence.
  std::span<const std::string_view> hints;
};

// Notes of the decoder on the text of one message: differences from the documentation, for edits in place.
struct MessageNotes {
  json::RawString role_text;     // The role as the client wrote it.
  bool has_loose_calls = false;  // A call is loose, or there is an empty list of calls.
  uint32_t echoes = 0;           // Members of earlier answers that the client sent back: a set of the dialect's own.

  // Which of the client's messages it was made of, for errors and for an encoder of the source's dialect.
  uint32_t place = 0;           // Index of that message, or
  bool is_system = false;       // the client has it outside its messages.
  uint32_t block = 0;           // A tool's result: index of its block there.
  bool is_only_copied = false;  // Another message has it as a part, too, which only that dialect reads.
};

// The same for one tool call.
struct CallNotes {
  bool is_loose = false;              // It has no type, or its arguments are missing, empty or of another JSON type.
  bool has_provider_members = false;  // It has members of its provider, of any JSON type.
  uint32_t place = 0;                 // Index of the client's part that it was made of, if that may be another.
};

}  // namespace onellm::chat
