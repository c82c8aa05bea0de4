#include "keys/record/call.h"

#include <utility>
#include <vector>

#include "base/limits.h"
#include "keys/flat.h"
#include "keys/record/body_refusal.h"
#include "keys/record/change.h"
#include "keys/record/import.h"
#include "keys/record/limits.h"
#include "keys/record/view.h"

namespace onellm::keys {

namespace {

enum class Op : uint8_t { kNone, kCreate, kPatch, kRotate, kImport, kReport };
constexpr std::string_view kOpNames[] = {"", "create", "patch", "rotate", "import", "report"};

struct Call {
  Op op = Op::kNone;
  int64_t now_ms = 0;
  int64_t version = 0;
  std::string body = {};
  std::string id = {};
  std::string hash = {};
  std::string record = {};
  Spend spend = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.word("op", self.op, kOpNames);
    visit.number("now_ms", self.now_ms);
    visit.number("version", self.version);
    visit.text("body", self.body);
    visit.text("id", self.id);
    visit.text("hash", self.hash);
    visit.text("record", self.record);
    visit.object("spend", self.spend);
  }
};

// A record, and the parts of it by which the object finds it.
struct StoredRow {
  std::string id = {};
  std::optional<std::string> alias = {};
  std::string hash = {};
  std::string old_hash = {};
  bool blocked = false;
  bool has_limits = false;
  std::string record = {};
  std::string limits = {};  // For the limiter.

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("id", self.id);
    visit.text("alias", self.alias);
    visit.text("hash", self.hash);
    visit.text("old_hash", self.old_hash);
    visit.flag("blocked", self.blocked);
    visit.flag("has_limits", self.has_limits);
    visit.text("record", self.record);
    visit.text("limits", self.limits);
  }
};

struct Outcome {
  std::vector<StoredRow> rows = {};
  std::optional<BodyRefusal> refusal = {};
  int64_t keys_max = static_cast<int64_t>(kKeysMax);

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.objects("rows", self.rows);
    visit.object("refusal", self.refusal);
    visit.number("keys_max", self.keys_max);
  }
};

StoredRow row_of(const Record& record) {
  return {.id = record.id,
          .alias = record.alias,
          .hash = record.hash,
          .old_hash = record.old_hash,
          .blocked = record.blocked,
          .has_limits = has_limits(record),
          .record = to_stored(record),
          .limits = to_json(limits_of(record))};
}

void put(Outcome& outcome, Result<Record> record) {
  if (record) {
    outcome.rows.push_back(row_of(*record));
    return;
  }
  Error error = record.error();
  outcome.refusal = {.message = std::move(error.message), .param = std::move(error.param)};
}

void import(const Call& call, Outcome& outcome) {
  Result<std::vector<Record>> records = read_import(call.body, call.version, call.now_ms);
  if (!records) return put(outcome, records.error());
  for (const Record& record : *records) outcome.rows.push_back(row_of(record));
}

void report(const Call& call, Record record, Outcome& outcome) {
  if (call.spend.version != record.spend.version) return;
  record.spend = call.spend;
  outcome.rows.push_back(row_of(record));
}

}  // namespace

std::string call_registry(std::string_view text) {
  Call call;
  if (!from_json(text, call)) return {};
  const bool has_record = call.op == Op::kPatch || call.op == Op::kRotate || call.op == Op::kReport;
  Record record;
  if (has_record && !from_stored(call.record, record)) return {};
  Outcome outcome;
  switch (call.op) {
    case Op::kNone: return {};
    case Op::kCreate:
      put(outcome, create_record(call.body, {.id = std::move(call.id),
                                             .hash = std::move(call.hash),
                                             .version = call.version,
                                             .now_ms = call.now_ms}));
      break;
    case Op::kPatch: put(outcome, patch_record(record, call.body, call.version, call.now_ms)); break;
    case Op::kRotate: put(outcome, rotate_record(record, call.body, call.hash, call.version, call.now_ms)); break;
    case Op::kImport: import(call, outcome); break;
    case Op::kReport: report(call, std::move(record), outcome); break;
  }
  return to_json(outcome);
}

}  // namespace onellm::keys
