// Reads the JSON of a reply: a `chat.completion.chunk` of a stream or a whole `chat.completion`. The two
// differ in one word, `delta` or `message`, and some hosts send both.
// https://platform.openai.com/docs/api-reference/chat-streaming
//
// It only sorts the members of one chunk, with all host quirks, into typed views. ReplyFlow keeps the state across
// chunks.
// Rule: Every member goes into a field or into an `extra`. Exceptions carry no information: `role`, `object`,
// `obfuscation`, and known members that are null.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chat/event.h"
#include "dialects/openai_chat/reply/keys.h"
#include "json/buffer.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

// In the order in which the pieces of one delta are passed on.
enum class PieceKind : uint8_t { kReasoning, kText, kRefusal, kToolCall };

// One piece of a delta. The fields after `text` are only for tool calls.
struct Piece {
  PieceKind kind = PieceKind::kText;
  json::RawString text = {};  // kToolCall: a fragment of the arguments, or of a custom tool's input.
  json::Raw arguments = {};   // Arguments that are not a string, as some hosts send them; else empty.
  int64_t wire_index = -1;    // -1: the host sent none.
  json::RawString id = {};
  json::RawString name = {};
  bool custom = false;
  bool repeats_index = false;  // An earlier element of the array has the same index, or both have none.
  json::RawMembers extra = {};
};

// The member from which the pieces of a choice come.
enum class PieceSource : uint8_t { kNone, kDelta, kMessage };

struct ChunkChoice {
  uint32_t index = 0;
  PieceSource source = PieceSource::kNone;
  size_t pieces_begin = 0;  // Index in Chunk::pieces.
  size_t pieces_end = 0;
  json::RawString finish_reason = {};         // Empty: not finished.
  json::RawString native_finish_reason = {};  // OpenRouter sends it beside finish_reason.
  json::RawMembers delta_extra = {};
  json::RawMembers choice_extra = {};
  bool extra_says_something = false;  // At least one extra is not null.
  bool extra_is_answer = false;       // At least one delta extra is part of the answer (such as audio), not a label.
  chat::ExtraHolds extra_holds = chat::ExtraHolds::kLabels;
  // Values of extras that clients of other dialects can use; empty where absent or null.
  json::Raw annotations = {};
  json::Raw extra_content = {};
  json::Raw logprobs = {};
  bool has_filter_offsets = false;  // Azure's asynchronous filter reports how far it has checked.
};

struct Chunk {
  json::RawString id = {};
  json::RawString model = {};
  int64_t created_s = 0;
  bool has_choices = false;  // `choices` was there and was an array.
  bool has_message = false;  // A choice has `message`, even if it was not read.
  std::vector<ChunkChoice> choices;
  std::vector<Piece> pieces;
  json::Raw usage = {};               // From the top level, else from a choice; else empty.
  json::Raw nested_usage = {};        // An object that may hold `usage` (Groq's `x_groq`); it is in `extra` too.
  json::Raw error = {};               // Empty where absent or null.
  json::RawString service_tier = {};  // It is in `extra` too.
  json::RawMembers extra = {};
};

class ChunkReader {
 public:
  // `preferred` is the member to use if a choice has both. Perplexity streams a delta and, as message, the whole text
  // so far. In its whole replies it sends an empty delta beside the message.
  explicit ChunkReader(PieceSource preferred = PieceSource::kDelta) : preferred_(preferred) {}

  // The chunk in `text`, valid until the next call. Null if `text` is no chunk; problem() says why.
  [[nodiscard]] const Chunk* read(std::string_view text);
  // Frees the memory of the last chunk. The chunk is then invalid.
  void release_memory();

  // The text read last. Views of its chunk point into it, or into copies.
  [[nodiscard]] std::string_view source() const { return text_.text(); }

  // For error messages: "is not valid JSON: …", "has a choice that is no object".
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  // The extras of one object within a string that holds those of many.
  struct ExtraRange {
    size_t begin = 0;
    size_t end = 0;
  };

  void clear();
  void read_member(json::RawString key, json::Value& value);
  void read_choices(json::Value& value);
  void read_choice(json::Value& value, size_t position);
  void read_choice_member(json::RawString key, json::Value& value, ChunkChoice& choice);
  [[nodiscard]] bool begin_pieces(PieceSource source, ChunkChoice& choice);
  void read_delta(json::Value& value, ChunkChoice& choice);
  void read_content(json::Value& value, ChunkChoice& choice);
  void read_content_part(json::Value& value);
  void read_thinking(json::Value& value);
  static void note_extra(ChunkKey known, json::Raw value, ChunkChoice& choice);
  void read_tool_calls(json::Value& value);
  void read_tool_call(json::Value& value, size_t position);
  void read_tool(json::Value& value, Piece& piece);
  void sort_pieces(const ChunkChoice& choice);
  void hand_out_extras();
  // Keeps the first problem.
  void complain(std::string_view problem);

  const PieceSource preferred_;  // kMessage: a whole reply, in which empty content counts, too.
  json::Buffer text_;
  json::Reader json_;
  Chunk chunk_;
  std::string problem_;

  // The extras, one string for each level, and the range of each choice or piece in it.
  std::string reply_extras_;
  std::string choice_extras_;
  std::string delta_extras_;
  std::string tool_extras_;
  std::vector<ExtraRange> choice_ranges_;
  std::vector<ExtraRange> delta_ranges_;
  std::vector<ExtraRange> tool_ranges_;
  size_t delta_extras_begin_ = 0;  // For the choice that is being read.
  std::string content_parts_;      // Content parts that are neither text nor thinking.
};

}  // namespace onellm::dialects::openai_chat
