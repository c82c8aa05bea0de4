// The fields of a record that an administrator sets: their names, their rules, and how they are shown.
//
// Rule: a null restores the default. Every refusal names its field.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "json/reader.h"
#include "json/writer.h"
#include "keys/record/record.h"

namespace onellm::keys {

// Reads the value of the field `name` into the record. Returns what is wrong with it, as text for people, or null:
// nothing. `now_ms`: expires_at must not be before it. Requires is_field(name).
[[nodiscard]] const char* read_field(std::string_view name, json::Value& value, int64_t now_ms, Record& record);
[[nodiscard]] bool is_field(std::string_view name);

// The names of all fields with commas between, for messages.
[[nodiscard]] std::string field_names();

// Writes all fields.
void write_fields(json::ObjectWriter& out, const Record& record);

// Reads a decimal amount of dollars, a number or text, with all its digits. Nothing if it is malformed, negative, over
// $1 000 000 or has more than 12 decimals.
[[nodiscard]] std::optional<PicoUsd> read_dollars(json::Value& value);

// Reads a time (RFC 3339). Nothing if it is no such text, or before 1970.
[[nodiscard]] std::optional<int64_t> read_time(json::Value& value);

// A refusal of a body: kBadRequest that names `param`.
[[nodiscard]] Error bad_field(std::string_view param, std::string_view problem);

}  // namespace onellm::keys
