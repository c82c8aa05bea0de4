#include "dialects/common/client/field_reader.h"

#include <limits>

#include "base/assert.h"
#include "base/limits.h"
#include "dialects/common/errors/text.h"

namespace onellm::dialects {

namespace {

// Keys that the client chose (in `metadata`) may be long; paths in errors must stay readable.
constexpr size_t kKeyBytesShownMax = 64;

std::string_view name_of(json::Type type) {
  switch (type) {
    case json::Type::kNull: return "null";
    case json::Type::kBoolean: return "a boolean";
    case json::Type::kNumber: return "a number";
    case json::Type::kString: return "a string";
    case json::Type::kArray: return "an array";
    case json::Type::kObject: return "an object";
    case json::Type::kNone: return "malformed";
  }
  __builtin_unreachable();
}

std::string shown(double number) {
  const auto whole = static_cast<int64_t>(number);  // The bounds of parameters are whole numbers.
  return std::to_string(whole);
}

}  // namespace

void FieldReader::all_members(json::Value& value, OnMember on_member) {
  if (complained()) return;
  const json::Type type = value.type();
  const bool is_object = value.each_member([&](json::RawString key, json::Value& member) {
    if (complained()) return;
    path_.push_back({.key = key.text});
    on_member(key, member);
    path_.pop_back();
  });
  if (!is_object) complain_of_type(type, "an object");
}

void FieldReader::members(json::Value& value, OnMember on_member) {
  all_members(value, [&](json::RawString key, json::Value& member) {
    if (!member.is_null()) on_member(key, member);
  });
}

void FieldReader::elements(json::Value& value, OnElement on_element) {
  if (complained()) return;
  const json::Type type = value.type();
  const bool is_array = value.each_element([&](size_t index, json::Value& element) {
    if (complained()) return;
    if (++elements_seen_ > kRequestElementsMax) return complain("is one array element too many for this gateway");
    path_.push_back({.key = {}, .index = index, .is_element = true});
    on_element(element);
    path_.pop_back();
  });
  if (!is_array) complain_of_type(type, "an array");
}

void FieldReader::text(json::Value& value, json::RawString& out) {
  const json::Type type = value.type();
  if (!value.read(out)) complain_of_type(type, "a string");
}

void FieldReader::text_not_empty(json::Value& value, json::RawString& out) {
  json::RawString read;
  text(value, read);
  if (complained()) return;
  if (read.empty()) return complain("must not be empty");
  out = read;
}

void FieldReader::boolean(json::Value& value, bool& out) {
  const json::Type type = value.type();
  if (!value.read(out)) complain_of_type(type, "true or false");
}

void FieldReader::boolean(json::Value& value, std::optional<bool>& out) {
  bool read = false;
  boolean(value, read);
  if (!complained()) out = read;
}

void FieldReader::integer(json::Value& value, int64_t least, int64_t most, int64_t& out) {
  const json::Type type = value.type();
  int64_t read = 0;
  if (!value.read(read)) {
    return type == json::Type::kNumber ? complain("must be an integer of 64 bits")
                                       : complain_of_type(type, "an integer");
  }
  if (read < least) return complain("must be at least " + std::to_string(least));
  if (read > most) return complain("must be at most " + std::to_string(most));
  out = read;
}

void FieldReader::ranged_integer(json::Value& value, int64_t least, int64_t most) {
  int64_t read = least;
  integer(value, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(), read);
  if (read < least) return note_out_of_range("must be at least " + std::to_string(least));
  if (read > most) note_out_of_range("must be at most " + std::to_string(most));
}

void FieldReader::ranged_number(json::Value& value, double least, double most) {
  const json::Type type = value.type();
  double read = 0;
  if (!value.read(read)) return complain_of_type(type, "a number");
  if (!(read >= least && read <= most)) note_out_of_range("must be from " + shown(least) + " to " + shown(most));
}

void FieldReader::object(json::Value& value, json::Raw& out) {
  const json::Type type = value.type();
  if (type != json::Type::kObject) return complain_of_type(type, "an object");
  out = value.raw();
}

void FieldReader::complain(std::string_view complaint) {
  if (!complained()) error_ = error_of(complaint);
}

Error FieldReader::error_of(std::string_view complaint) const {
  Error error{.kind = ErrorKind::kBadRequest, .param = path()};
  error.message.append(error.param.empty() ? "The request body" : error.param)
      .append(error.param.empty() ? " " : words_.after_path)
      .append(complaint) += '.';
  return error;
}

void FieldReader::note_unusual(std::string_view complaint) {
  if (!complained() && !unusual_) unusual_ = error_of(complaint);
}

void FieldReader::note_out_of_range(std::string_view complaint) {
  if (!complained() && !out_of_range_) out_of_range_ = error_of(complaint);
}

void FieldReader::complain_of(std::string_view key, std::string_view complaint) {
  path_.push_back({.key = key});
  complain(complaint);
  path_.pop_back();
}

void FieldReader::require(bool present, std::string_view key) {
  if (!present) complain_of(key, words_.required);
}

void FieldReader::note_foreign_type() {
  if (!complained() && foreign_type_.empty()) foreign_type_ = path();
}

Error FieldReader::error() {
  ONELLM_ASSERT(complained());
  return std::move(*error_);
}

void FieldReader::complain_of_type(json::Type got, std::string_view wanted) {
  std::string complaint = "must be ";
  complaint.append(wanted).append(", not ").append(name_of(got));
  complain(complaint);
}

std::string FieldReader::path() const {
  std::string out;
  for (const Step& step : path_) {
    if (step.is_element && words_.has_brackets) {
      out.append("[").append(std::to_string(step.index)).append("]");
    } else if (step.is_element) {
      out.append(out.empty() ? "" : ".").append(std::to_string(step.index));
    } else {
      if (!out.empty()) out += '.';
      out += cut_utf8(json::unescape({step.key}), kKeyBytesShownMax);
    }
  }
  return out;
}

}  // namespace onellm::dialects
