#include "keys/record/change.h"

#include "base/limits.h"
#include "base/time/rfc3339.h"
#include "keys/record/body.h"
#include "keys/record/fields.h"

namespace onellm::keys {

namespace {

// Reads a body with fields into the record.
Result<Ok> read_fields(std::string_view body, bool may_be_empty, int64_t now_ms, Record& record) {
  Problems problems;
  Result<Ok> outcome = read_body(body, may_be_empty, [&](json::Value& root) {
    (void)read_members(root, "", problems, [&](const std::string& name, json::Value& value) -> const char* {
      if (is_field(name)) return read_field(name, value, now_ms, record);
      static const std::string unknown = "is no field; the fields are " + field_names();
      return unknown.c_str();
    });
  });
  if (!outcome || problems.empty()) return outcome;
  return problems.error();
}

Result<int64_t> read_grace_ms(std::string_view body) {
  Problems problems;
  int64_t seconds = 0;
  Result<Ok> outcome = read_body(body, true, [&](json::Value& root) {
    (void)read_members(root, "", problems, [&](const std::string& name, json::Value& value) -> const char* {
      if (name != "grace_seconds") return "is no field; the field is grace_seconds";
      const bool is_good = value.is_null() || (value.read(seconds) && seconds >= 0 && seconds <= kKeyGraceSecondsMax);
      return is_good ? nullptr : "must be an integer from 0 to 604800";
    });
  });
  if (!outcome) return outcome.error();
  if (!problems.empty()) return problems.error();
  return seconds * 1'000;
}

Error unauthorized(std::string message) { return {.kind = ErrorKind::kUnauthorized, .message = std::move(message)}; }

}  // namespace

Result<Record> create_record(std::string_view body, NewKey made) {
  Record record{.id = std::move(made.id),
                .version = made.version,
                .created_ms = made.now_ms,
                .hash = std::move(made.hash),
                .spend = {.version = made.version, .window_start_ms = made.now_ms}};
  Result<Ok> outcome = read_fields(body, true, made.now_ms, record);
  if (!outcome) return outcome.error();
  return record;
}

Result<Record> patch_record(const Record& record, std::string_view body, int64_t version, int64_t now_ms) {
  Record changed = record;
  Result<Ok> outcome = read_fields(body, false, now_ms, changed);
  if (!outcome) return outcome.error();
  changed.version = version;
  if (changed.budget_duration != record.budget_duration) {
    changed.spend = {.version = version, .window_start_ms = now_ms};
  }
  return changed;
}

Result<Record> rotate_record(const Record& record, std::string_view body, const std::string& new_hash, int64_t version,
                             int64_t now_ms) {
  Result<int64_t> grace_ms = read_grace_ms(body);
  if (!grace_ms) return grace_ms.error();
  Record changed = record;
  changed.version = version;
  changed.old_hash = *grace_ms > 0 ? record.hash : "";
  changed.old_until_ms = *grace_ms > 0 ? now_ms + *grace_ms : 0;
  changed.hash = new_hash;
  return changed;
}

std::optional<Error> refuse_secret(const Record& record, std::string_view hash, int64_t now_ms) {
  const bool is_old = hash == record.old_hash && now_ms < record.old_until_ms;
  if (hash != record.hash && !is_old) return unauthorized("No key has this secret.");
  if (record.blocked) return unauthorized("This key is blocked.");
  if (!record.expires_ms || now_ms < *record.expires_ms) return std::nullopt;
  return unauthorized("This key expired at " + format_rfc3339_ms(*record.expires_ms) + ".");
}

}  // namespace onellm::keys
