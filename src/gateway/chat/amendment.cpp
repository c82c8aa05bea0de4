#include "gateway/chat/amendment.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/common/refusals/optional_parameters.h"
#include "dialects/common/request/raw_values.h"
#include "gateway/chat/attempt.h"
#include "json/reader.h"

namespace onellm::gateway {

namespace {

constexpr int kBadRequestStatus = 400;
// The `parameter` of a lesson about schemas that are too complex together. The lesson's value identifies those schemas.
constexpr std::string_view kStrictSchemas = "strict";

size_t bytes_of(const Rope& body) {
  size_t bytes = 0;
  for (const std::string_view piece : body.pieces()) bytes += piece.size();
  return bytes;
}

bool is_among(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Returns the value of this parameter of the client's request, as JSON. Empty if the parameter is absent.
std::string_view sent_value(const chat::Request& request, std::string_view name) {
  const json::Raw value = request.parameter(name);
  return value.empty() ? dialects::unknown_parameter(request, name).text : value.text;
}

// FNV-1a over several texts.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) take(static_cast<unsigned char>(c));
    take(0xFF);  // The end of a text; no byte of UTF-8.
  }
  void add(std::optional<bool> flag) { take(flag ? static_cast<unsigned char>(*flag) : 2); }
  [[nodiscard]] std::string digits() const { return std::to_string(hash_); }

 private:
  void take(unsigned char byte) { hash_ = (hash_ ^ byte) * 1'099'511'628'211U; }

  uint64_t hash_ = 14'695'981'039'346'656'037U;
};

// A hash of the request's schemas. Two requests with the same schemas have the same hash.
std::string mark_of_schemas(const chat::Request& request) {
  Hash hash;
  for (const std::vector<chat::Tool>* tools : {&request.tools, &request.functions}) {
    for (const chat::Tool& tool : *tools) {
      hash.add(tool.name.text);
      hash.add(tool.parameters.text);
      hash.add(tool.strict);
    }
  }
  hash.add(request.response_format.schema.text);
  hash.add(request.response_format.strict);
  return hash.digits();
}

Lesson lesson_of(const Attempt& attempt, std::string_view parameter, std::string_view value) {
  return {.place = place_of(*attempt.target.provider),
          .model = attempt.target.model,
          .parameter = std::string(parameter),
          .value = std::string(value)};
}

// Returns the client's own name for a parameter that the settings rename for this host.
std::string_view own_name(const Attempt& attempt, std::string_view theirs) {
  for (const auto& [ours, renamed] : attempt.options.host.rename) {
    if (renamed == theirs) return ours;
  }
  return theirs;
}

bool leave_out_parameter(const Attempt& attempt, const chat::Request& request, const RefusedPart& refused,
                         Amendment& amendment) {
  const dialects::OptionalParameter* row = dialects::find_optional_parameter(own_name(attempt, refused.name));
  if (row == nullptr || std::exchange(amendment.left_out_parameter, true)) return false;
  const size_t before = amendment.parameters.size();
  const auto leave_out = [&](std::string_view name, std::string_view value) {
    if (is_among(amendment.parameters, name)) return;
    amendment.parameters.emplace_back(name);
    if (refused.kind == RefusedKind::kBeside) return;
    const bool is_value = refused.kind == RefusedKind::kValue;
    amendment.lessons.push_back(lesson_of(attempt, name, is_value ? value : std::string_view()));
  };
  for (const std::string_view name : row->members()) {
    const std::string_view value = sent_value(request, name);
    if (!value.empty() && row->may_lose(value)) leave_out(name, value);
  }
  if (amendment.parameters.size() == before && row->is_own) leave_out(row->theirs, {});
  return amendment.parameters.size() > before;
}

// True if the words of the error (`refused.said`) also stand in the client's request. Then the provider may only have
// quoted the request. The client may have written the words with JSON escapes.
bool may_be_quoted(const RefusedPart& refused, const chat::Request& request) {
  constexpr size_t kReadBytesMax = 1024 * 1024;  // A longer one with escapes is not searched: true.
  if (refused.said.empty()) return false;
  if (request.source.text.find(json::escape(refused.said)) != std::string_view::npos) return true;
  const bool may_escape = request.source.text.find("\\u") != std::string_view::npos;
  if (!may_escape) return false;
  if (request.source.text.size() > kReadBytesMax) return true;
  return json::unescape({request.source.text}).find(refused.said) != std::string::npos;
}

bool leave_out(const Attempt& attempt, const chat::Request& request, const RefusedPart& refused, Amendment& amendment) {
  if (attempt.options.as_written && refused.kind != RefusedKind::kThoughts) return false;
  switch (refused.kind) {
    case RefusedKind::kNothing: return false;
    case RefusedKind::kParameter:
    case RefusedKind::kValue:
    case RefusedKind::kBeside:
      return !may_be_quoted(refused, request) && leave_out_parameter(attempt, request, refused, amendment);
    case RefusedKind::kSchemas:
      if (std::exchange(amendment.without_strict, true) || may_be_quoted(refused, request)) return false;
      amendment.lessons.push_back(lesson_of(attempt, kStrictSchemas, mark_of_schemas(request)));
      return true;
    case RefusedKind::kThoughts: return !std::exchange(amendment.without_thoughts, true);
  }
  __builtin_unreachable();
}

}  // namespace

void take_lessons(const Learned& learned, const chat::Request& request, double now_ms, Attempt& attempt) {
  if (learned.empty() || attempt.options.strict || attempt.options.as_written) return;
  const std::string place = place_of(*attempt.target.provider);
  for (const Lesson* lesson : learned.of(place, attempt.target.model, now_ms)) {
    if (lesson->parameter == kStrictSchemas) {
      attempt.amendment.without_strict |= lesson->value == mark_of_schemas(request);
      continue;
    }
    const dialects::OptionalParameter* row = dialects::find_optional_parameter(lesson->parameter);
    const std::string_view value = sent_value(request, lesson->parameter);
    const bool is_sent = !value.empty() || (row != nullptr && row->is_own);
    const bool may_go = row == nullptr || row->may_lose(value);
    if (is_sent && may_go && (lesson->value.empty() || lesson->value == value)) {
      attempt.amendment.parameters.push_back(lesson->parameter);
    }
  }
}

Result<dialects::EncodedRequest> encode_amended(const Attempt& attempt, const Amendment& amendment,
                                                const chat::Request& request) {
  dialects::EncodeOptions options = attempt.options;
  options.without_strict = amendment.without_strict;
  options.without_thoughts = amendment.without_thoughts;
  std::vector<std::string> left_out = amendment.parameters;
  if (!left_out.empty()) {
    const std::vector<std::string>* by_settings = options.contract.dropped;
    if (by_settings != nullptr) left_out.insert(left_out.end(), by_settings->begin(), by_settings->end());
    options.contract.dropped = &left_out;
    options.contract.is_overridden = true;
  }
  Result<dialects::EncodedRequest> encoded = attempt.api.dialect->encode_request(request, options);
  if (!encoded) return encoded;
  for (const std::string& name : amendment.parameters) {
    const bool was_there =
        !sent_value(request, name).empty() || attempt.api.dialect->adds_unasked(name, request, attempt.options);
    if (was_there && !is_among(encoded->dropped, name)) encoded->dropped.push_back(name);
  }
  return encoded;
}

bool amend(Attempt& attempt, const chat::Request& request, const Error& error, RoomShare& room) {
  const bool counts = error.kind == ErrorKind::kUpstreamRefused && error.upstream_status == kBadRequestStatus;
  if (!counts || attempt.options.strict || attempt.api.dialect == nullptr) return false;
  Amendment amendment = attempt.amendment;
  if (!leave_out(attempt, request, error.refused, amendment)) return false;
  Result<dialects::EncodedRequest> encoded = encode_amended(attempt, amendment, request);
  if (!encoded) return false;
  // If the new body has the same length, nothing was left out: the same request would be refused again.
  if (bytes_of(encoded->body) == bytes_of(attempt.encoded.body)) return false;
  if (!room.grow(encoded->body.memory_bytes())) return false;
  encoded->reply.seed = attempt.encoded.reply.seed;
  encoded->reply.choices = attempt.encoded.reply.choices;
  attempt.encoded = std::move(*encoded);
  attempt.amendment = std::move(amendment);
  attempt.has_idempotency_key = false;  // The key belongs to the body that was refused.
  return true;
}

}  // namespace onellm::gateway
