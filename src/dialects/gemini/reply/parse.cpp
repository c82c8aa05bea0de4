#include "dialects/gemini/reply/parse.h"

#include "base/limits.h"
#include "dialects/common/reply/named_keys.h"

namespace onellm::dialects::gemini {

namespace {

using json::key_is;

template <typename Object>
using TextKey = NamedKey<json::RawString Object::*>;
template <typename Object>
using RawKey = NamedKey<json::Raw Object::*>;

// Members that are stored unchanged, and the fields that they go to, for each object.
constexpr TextKey<Chunk> kChunkTexts[] = {
    {"modelVersion", &Chunk::model}, {"responseId", &Chunk::id}, {"createTime", &Chunk::created}};
constexpr RawKey<Chunk> kChunkValues[] = {{"error", &Chunk::error}};
constexpr TextKey<Chunk> kFeedbackTexts[] = {{"blockReason", &Chunk::block_reason},
                                             {"blockReasonMessage", &Chunk::block_message}};
constexpr TextKey<Candidate> kCandidateTexts[] = {{"finishReason", &Candidate::finish_reason},
                                                  {"finishMessage", &Candidate::finish_message}};
constexpr RawKey<Candidate> kCandidateValues[] = {{"groundingMetadata", &Candidate::grounding},
                                                  {"citationMetadata", &Candidate::citations},
                                                  {"logprobsResult", &Candidate::logprobs}};
constexpr TextKey<Part> kPartTexts[] = {{"thoughtSignature", &Part::signature}};
constexpr TextKey<Part> kCallTexts[] = {{"name", &Part::name}, {"id", &Part::id}};
constexpr RawKey<Part> kCallValues[] = {{"args", &Part::arguments}, {"partialArgs", &Part::partial_arguments}};
// Members of inlineData, executableCode and codeExecutionResult.
constexpr TextKey<Part> kObjectTexts[] = {{"mimeType", &Part::name}, {"data", &Part::text},
                                          {"language", &Part::name}, {"code", &Part::text},
                                          {"outcome", &Part::name},  {"output", &Part::text}};
constexpr NamedKey<PartKind> kObjectParts[] = {{"inlineData", PartKind::kData},
                                               {"executableCode", PartKind::kCode},
                                               {"codeExecutionResult", PartKind::kCodeResult},
                                               {"toolCall", PartKind::kServerTool},
                                               {"toolResponse", PartKind::kServerTool}};

// Stores a member that is in the table, if its value is a string. False if it is not in the table.
template <typename Object, size_t count>
bool take_text(const TextKey<Object> (&table)[count], json::RawString key, json::Value& value, Object& object) {
  const auto field = find_key<json::RawString Object::*>(table, key, nullptr);
  if (field == nullptr) return false;
  if (!value.read(object.*field)) object.*field = {};
  return true;
}

// The same for values of any type except null.
template <typename Object, size_t count>
bool take_value(const RawKey<Object> (&table)[count], json::RawString key, json::Value& value, Object& object) {
  const auto field = find_key<json::Raw Object::*>(table, key, nullptr);
  if (field == nullptr) return false;
  object.*field = value.is_null() ? json::Raw{} : value.raw();
  return true;
}

}  // namespace

const Chunk* ReplyReader::read(std::string_view text) {
  clear();
  text_.assign(text);
  if (json_.open(text_)) {
    json::Value root = json_.root();
    const bool is_object = root.each_member([&](json::RawString key, json::Value& value) { read_member(key, value); });
    if (!is_object) complain("is no JSON object");
  }
  if (!json_.finish()) problem_ = json_.error_message();
  json_.release_large_buffers();
  return problem_.empty() ? &chunk_ : nullptr;
}

void ReplyReader::release_memory() {
  clear();
  text_.reset();
}

// Empties the chunk but keeps the memory of its vectors.
void ReplyReader::clear() {
  chunk_.candidates.clear();
  chunk_.parts.clear();
  chunk_.id = chunk_.model = chunk_.created = chunk_.block_reason = chunk_.block_message = {};
  chunk_.counts = {};
  chunk_.error = {};
  problem_.clear();
}

void ReplyReader::read_member(json::RawString key, json::Value& value) {
  if (key_is(key, "candidates")) {
    if (value.is_null()) return;
    const bool is_array = value.each_element([&](size_t, json::Value& candidate) { read_candidate(candidate); });
    if (!is_array) complain("has candidates that are no array");
  } else if (key_is(key, "usageMetadata")) {
    read_counts(value, chunk_.counts);
  } else if (key_is(key, "promptFeedback")) {
    value.each_member(
        [&](json::RawString name, json::Value& member) { (void)take_text(kFeedbackTexts, name, member, chunk_); });
  } else if (!take_text(kChunkTexts, key, value, chunk_)) {
    (void)take_value(kChunkValues, key, value, chunk_);
  }
}

void ReplyReader::read_candidate(json::Value& value) {
  Candidate candidate;
  candidate.parts_begin = chunk_.parts.size();
  const bool is_object = value.each_member(
      [&](json::RawString key, json::Value& member) { read_candidate_member(key, member, candidate); });
  if (!is_object) return complain("has a candidate that is no object");
  candidate.parts_end = chunk_.parts.size();
  chunk_.candidates.push_back(candidate);
}

void ReplyReader::read_candidate_member(json::RawString key, json::Value& value, Candidate& candidate) {
  if (key_is(key, "content")) {
    read_parts(value);
  } else if (key_is(key, "index")) {
    int64_t index = 0;
    const bool is_integer = value.is_null() || value.read(index);
    const bool in_range = is_integer && index >= 0 && index < static_cast<int64_t>(kChoicesMax);
    if (!in_range) return complain("has a candidate whose index is no integer in range");
    candidate.index = static_cast<uint32_t>(index);
  } else if (!take_text(kCandidateTexts, key, value, candidate)) {
    (void)take_value(kCandidateValues, key, value, candidate);
  }
}

void ReplyReader::read_parts(json::Value& content) {
  content.each_member([&](json::RawString key, json::Value& parts) {
    if (!key_is(key, "parts") || parts.is_null()) return;
    const bool is_array = parts.each_element([&](size_t, json::Value& part) { read_part(part); });
    if (!is_array) complain("has parts that are no array");
  });
}

void ReplyReader::read_part(json::Value& value) {
  Part part;
  bool is_thought = false;
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    if (member.is_null()) return;  // Some proxies write null for absent members.
    if (key_is(key, "text")) {
      if (!member.read(part.text)) return complain("has a text that is no string");
      part.kind = PartKind::kText;
    } else if (key_is(key, "thought")) {
      if (!member.read(is_thought)) is_thought = false;
    } else if (key_is(key, "functionCall")) {
      read_call(member, part);
    } else if (!take_text(kPartTexts, key, member, part)) {
      read_object_part(key, member, part);
    }
  });
  if (!is_object) return complain("has a part that is no object");
  if (is_thought && part.kind == PartKind::kText) part.kind = PartKind::kThought;
  if (is_thought && part.kind == PartKind::kData) part.kind = PartKind::kNothing;  // A draft image of the thinking.
  chunk_.parts.push_back(part);
}

void ReplyReader::read_call(json::Value& value, Part& part) {
  part.kind = PartKind::kCall;
  const bool is_object = value.each_member([&part](json::RawString key, json::Value& member) {
    if (key_is(key, "willContinue")) {
      if (!member.read(part.will_continue)) part.will_continue = false;
    } else if (!take_text(kCallTexts, key, member, part)) {
      (void)take_value(kCallValues, key, member, part);
    }
  });
  if (!is_object) complain("has a functionCall that is no object");
}

void ReplyReader::read_object_part(json::RawString key, json::Value& value, Part& part) {
  const PartKind kind = find_key(kObjectParts, key, PartKind::kNothing);
  if (kind == PartKind::kNothing) return;
  if (kind == PartKind::kServerTool) {
    part.kind = kind;
    part.name = key;
    part.arguments = value.raw();
    return;
  }
  const bool is_object = value.each_member(
      [&part](json::RawString name, json::Value& member) { (void)take_text(kObjectTexts, name, member, part); });
  if (is_object) part.kind = kind;
}

void ReplyReader::complain(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
}

}  // namespace onellm::dialects::gemini
