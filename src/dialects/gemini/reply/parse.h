// Reads the JSON of one stream event or a whole reply. Both have the same shape, a `GenerateContentResponse`.
// https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
//
// Rule: It only makes typed views and keeps no state between chunks; ReplyFlow does that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/gemini/usage.h"
#include "json/buffer.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::gemini {

enum class PartKind : uint8_t {
  kNothing,     // No content for the client: only a signature, or an unknown kind
  kText,        // text
  kThought,     // text
  kCall,        // id, name, arguments, partial_arguments, will_continue
  kData,        // name: the media type. text: base64
  kCode,        // name: the language. text: the code
  kCodeResult,  // name: the outcome. text: the output
  kServerTool,  // A call of Google's own tool, or its result. name: the member's name. arguments: its value
};

struct Part {
  PartKind kind = PartKind::kNothing;
  bool will_continue = false;  // More parts of this call follow.
  json::RawString text = {};
  json::RawString id = {};
  json::RawString name = {};
  json::Raw arguments = {};
  json::Raw partial_arguments = {};
  json::RawString signature = {};
};

struct Candidate {
  uint32_t index = 0;
  size_t parts_begin = 0;  // Index into Chunk::parts.
  size_t parts_end = 0;
  json::RawString finish_reason = {};  // Empty: not finished.
  json::RawString finish_message = {};
  json::Raw grounding = {};  // Empty if absent, like the two below.
  json::Raw citations = {};
  json::Raw logprobs = {};
};

struct Chunk {
  json::RawString id = {};
  json::RawString model = {};
  json::RawString created = {};  // A time in RFC 3339 format.
  std::vector<Candidate> candidates;
  std::vector<Part> parts;
  json::RawString block_reason = {};  // Why the prompt was refused; empty: not refused.
  json::RawString block_message = {};
  TokenCounts counts = {};
  json::Raw error = {};  // Empty if absent or null.
};

class ReplyReader {
 public:
  // Reads `text` as one chunk. The result is valid until the next call. Null if `text` is no chunk: problem() has the
  // reason.
  [[nodiscard]] const Chunk* read(std::string_view text);
  // Frees the buffers. The last chunk becomes invalid.
  void release_memory();

  // The text that was read last; the views of its chunk point into it.
  [[nodiscard]] std::string_view source() const { return text_.text(); }

  // Text for the error message: "is not valid JSON: …", "has a candidate that is no object".
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void clear();
  void read_member(json::RawString key, json::Value& value);
  void read_candidate(json::Value& value);
  void read_candidate_member(json::RawString key, json::Value& value, Candidate& candidate);
  void read_parts(json::Value& content);
  void read_part(json::Value& value);
  void read_call(json::Value& value, Part& part);
  void read_object_part(json::RawString key, json::Value& value, Part& part);
  // Keeps the first problem.
  void complain(std::string_view problem);

  json::Buffer text_;
  json::Reader json_;
  Chunk chunk_;
  std::string problem_;
};

}  // namespace onellm::dialects::gemini
