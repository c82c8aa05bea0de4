// Reads the JSON of a reply: one event of a stream or a whole reply, which have the same shape, a
// `GenerateContentResponse`.
// https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
//
// It only sorts what stands there into typed views; what that means over a whole answer is
// ReplyFlow's business.
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
  kNothing,     // Nothing for a reader of the answer: only a signature, or what we do not know.
  kText,        // text
  kThought,     // text
  kCall,        // id, name, arguments, partial_arguments, will_continue
  kData,        // name: its media type. text: base64
  kCode,        // name: its language. text
  kCodeResult,  // name: how it ended. text: what it printed
  kServerTool,  // name: the member's. arguments: its value. A call of Google's own tool, or what came of it
};

struct Part {
  PartKind kind = PartKind::kNothing;
  bool will_continue = false;  // More of this call comes.
  json::RawString text = {};
  json::RawString id = {};
  json::RawString name = {};
  json::Raw arguments = {};
  json::Raw partial_arguments = {};
  json::RawString signature = {};
};

struct Candidate {
  uint32_t index = 0;
  size_t parts_begin = 0;  // Of Chunk::parts.
  size_t parts_end = 0;
  json::RawString finish_reason = {};  // Empty: not finished.
  json::RawString finish_message = {};
  json::Raw grounding = {};  // The three are empty where absent.
  json::Raw citations = {};
  json::Raw logprobs = {};
};

struct Chunk {
  json::RawString id = {};
  json::RawString model = {};
  json::RawString created = {};  // A time of RFC 3339.
  std::vector<Candidate> candidates;
  std::vector<Part> parts;
  json::RawString block_reason = {};  // Why the prompt was refused; empty: it was not.
  json::RawString block_message = {};
  TokenCounts counts = {};
  json::Raw error = {};  // Empty where absent or null.
};

class ReplyReader {
 public:
  // The chunk that `text` holds, valid until the next call. Null if it holds none: problem() says why.
  [[nodiscard]] const Chunk* read(std::string_view text);
  // Frees what was made for the last one, which is gone with that.
  void release_memory();

  // The text that was read last; the views of its chunk point into it.
  [[nodiscard]] std::string_view source() const { return text_.text(); }

  // For people: "is not valid JSON: …", "has a candidate that is no object".
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
