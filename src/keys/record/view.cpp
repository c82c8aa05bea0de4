#include "keys/record/view.h"

#include <algorithm>

#include "base/time/rfc3339.h"
#include "json/writer.h"
#include "keys/flat.h"
#include "keys/record/fields.h"
#include "keys/window.h"

namespace onellm::keys {

namespace {

void add_money(json::ObjectWriter& out, std::string_view name, const std::optional<PicoUsd>& amount) {
  if (!amount) return out.add_null(name);
  out.add_plain(name, prices::format_usd(*amount));
}

void add_time(json::ObjectWriter& out, std::string_view name, const std::optional<int64_t>& ms) {
  if (!ms) return out.add_null(name);
  out.add_plain(name, format_rfc3339_ms(*ms));
}

void add_text_or_null(json::ObjectWriter& out, std::string_view name, const std::string& text) {
  if (text.empty()) return out.add_null(name);
  out.add_plain(name, text);
}

void write_common(json::ObjectWriter& out, const Record& record, const Seen& seen, int64_t now_ms) {
  out.add_plain("id", record.id);
  out.add_plain("object", "key");
  write_fields(out, record);
  add_time(out, "created_at", record.created_ms);
  add_money(out, "spend", seen.spend.value_or(spend_at(record, now_ms)));
  add_money(out, "spend_total", seen.spend_total);
  add_time(out, "last_used_at", seen.last_used_ms);
}

// The start of the window with `now_ms`.
int64_t current_window_start(const Record& record, int64_t now_ms) {
  const Duration duration = read_duration(record.budget_duration).value_or(Duration{});
  const int64_t start_ms = record.spend.window_start_ms;
  if (now_ms < window_end(duration, record.created_ms, start_ms)) return start_ms;
  return window_start(duration, record.created_ms, now_ms);
}

}  // namespace

void write_record(std::string& out, const Record& record, const Seen& seen, int64_t now_ms) {
  json::ObjectWriter object(out);
  write_common(object, record, seen, now_ms);
  if (!seen.secret.empty()) object.add_plain("key", seen.secret);
}

void write_exported(std::string& out, const Record& record, int64_t now_ms) {
  const bool has_old = !record.old_hash.empty() && now_ms < record.old_until_ms;
  json::ObjectWriter object(out);
  write_common(object, record, {}, now_ms);
  object.add_plain("hash", record.hash);
  add_text_or_null(object, "old_hash", has_old ? record.old_hash : "");
  add_time(object, "old_until", has_old ? std::optional(record.old_until_ms) : std::nullopt);
  add_time(object, "window_start", current_window_start(record, now_ms));
}

std::string to_stored(const Record& record) { return to_json(record); }

bool from_stored(std::string_view text, Record& record) {
  record = {};
  return from_json(text, record) && !record.id.empty();
}

}  // namespace onellm::keys
