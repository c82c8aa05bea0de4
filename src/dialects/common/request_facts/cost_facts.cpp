#include "dialects/common/request_facts/cost_facts.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "chat/usage.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

using json::RawString;
using json::Type;
using json::Value;
using prices::Charge;
using prices::set_of;
using prices::ToolCharge;
using prices::Unit;

using Tables = std::span<const CostMembers* const>;

bool is_named(RawString key, std::string_view name) { return json::key_is(key, name); }
template <typename Row>
bool is_named(RawString key, const Row& row) {
  return json::key_is(key, row.name);
}

bool is_any_of(RawString key, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [key](std::string_view name) { return json::key_is(key, name); });
}

std::string text_of(Value& value) {
  RawString text;
  return value.read(text) ? json::unescape(text) : std::string();
}

// The tables of several dialects together.
class KnownMembers {
 public:
  explicit KnownMembers(Tables tables) : tables_(tables) {}

  // Calls `on_row` for each row of a member of that name. Returns false if there is none.
  template <typename Row, typename OnRow>
  bool each(std::span<const Row> CostMembers::*rows, RawString key, const OnRow& on_row) const {
    bool is_known = false;
    for (const CostMembers* table : tables_) {
      for (const Row& row : table->*rows) {
        if (!is_named(key, row)) continue;
        is_known = true;
        on_row(row);
      }
    }
    return is_known;
  }

  template <typename Row>
  [[nodiscard]] bool has(std::span<const Row> CostMembers::*rows, RawString key) const {
    return each(rows, key, [](const Row&) {});
  }

  [[nodiscard]] Charge charge_of(std::span<const ToolCharge> CostMembers::*rows, std::string_view name,
                                 Charge otherwise) const {
    for (const CostMembers* table : tables_) {
      for (const ToolCharge& row : table->*rows) {
        if (name.starts_with(row.begins)) return row.charge;
      }
    }
    return otherwise;
  }

 private:
  const Tables tables_;
};

class FactsReader {
 public:
  FactsReader(std::span<const std::string_view> limits, Tables tables) : limits_(limits), known_(tables) {}

  CostFacts read(const json::Buffer& body) {
    json::Reader reader;
    if (!reader.open(body)) return {};
    Value root = reader.root();
    root.each_member([this](RawString key, Value& value) { on_top_member(key, value); });
    static_cast<void>(reader.finish());
    return std::move(facts_);
  }

 private:
  void on_top_member(RawString key, Value& value) {
    if (value.is_null()) return;
    if (known_.has(&CostMembers::settings, key)) {
      value.each_member([this](RawString inner, Value& member) {
        if (!member.is_null()) on_setting(inner, member);
      });
    } else if (json::key_is(key, "tools")) {
      value.each_element([this](size_t, Value& tool) { on_tool(tool); });
    } else {
      on_setting(key, value);
    }
  }

  void on_setting(RawString key, Value& value) {
    if (known_.has(&CostMembers::output_limits, key) || is_any_of(key, limits_)) return on_limit(key, value);
    if (known_.has(&CostMembers::answers, key)) return on_answers(key, value);
    if (on_search(key, value)) return;
    facts_.asks_to_reason |= known_.has(&CostMembers::reasoning, key);
    if (known_.has(&CostMembers::choices, key)) return on_choice(key, value);
    if (known_.has(&CostMembers::modalities, key)) return on_modalities(key, value);
    known_.each(&CostMembers::present, key, [this](const UnitMember& row) { may_meet(row); });
    search(key, value);
  }

  void may_meet(const UnitMember& row) { facts_.may_meet |= set_of(row.unit); }

  // What is no plain integer, a lenient provider may read as one: "100", 1e3.
  std::optional<int64_t> count_of(RawString key, Value& value) {
    int64_t count = -1;
    if (value.read(count) && count >= 0 && count <= kKeyOutputTokensAskedMax) return count;
    facts_.wrong_limit = json::unescape(key);
    return std::nullopt;
  }

  void on_limit(RawString key, Value& value) {
    const std::optional<int64_t> tokens = count_of(key, value);
    if (!tokens) return;
    if (*tokens == 0) facts_.zero_limit = json::unescape(key);
    if (is_any_of(key, limits_)) {
      facts_.output_tokens = std::max(facts_.output_tokens.value_or(0), *tokens);
    } else {
      facts_.other_limit = json::unescape(key);
      facts_.other_tokens = std::max(facts_.other_tokens, *tokens);
    }
  }

  void on_answers(RawString key, Value& value) {
    const std::optional<int64_t> answers = count_of(key, value);
    if (answers) facts_.answers = std::max(facts_.answers, *answers);
  }

  // A member that has the provider search. Returns false, without reading the value, if it is none.
  bool on_search(RawString key, Value& value) {
    const Charge charge = known_.charge_of(&CostMembers::searches, json::unescape(key), Charge::kNothing);
    if (charge == Charge::kNothing) return false;
    bool is_on = true;
    if (value.read(is_on) && !is_on) return true;
    facts_.tools.push_back({.unit = Unit::kWebSearch, .has_price = charge == Charge::kSearch});
    return true;
  }

  void on_choice(RawString key, Value& value) {
    const std::string word = text_of(value);
    bool is_usual = chat::is_standard_tier(word);
    known_.each(&CostMembers::choices, key, [&](const ChoiceMember& row) { is_usual |= word == row.usual; });
    facts_.has_other_prices |= !is_usual;
  }

  void on_modalities(RawString key, Value& value) {
    value.each_element([&](size_t, Value& element) {
      const std::string word = ascii_lower(text_of(element));
      known_.each(&CostMembers::modalities, key, [&](const UnitMember& row) {
        if (word == row.text) may_meet(row);
      });
    });
  }

  void on_tool(Value& tool) {
    std::optional<Charge> of_type;
    Charge charge = Charge::kNothing;
    std::optional<int64_t> uses;
    tool.each_member([&](RawString key, Value& value) {
      if (value.is_null()) return;
      if (json::key_is(key, "type")) {
        const Charge found = known_.charge_of(&CostMembers::tool_types, text_of(value), Charge::kUnpriced);
        of_type = std::max(of_type.value_or(Charge::kNothing), found);
      } else if (known_.has(&CostMembers::tool_uses, key)) {
        const std::optional<int64_t> count = count_of(key, value);
        facts_.counts_uses |= !count;
        if (count) uses = std::max(uses.value_or(0), *count);
      } else {
        charge = std::max(charge, known_.charge_of(&CostMembers::tool_members, json::unescape(key), Charge::kNothing));
        search(key, value);
      }
    });
    charge = of_type.value_or(charge);
    if (charge == Charge::kNothing) return;
    facts_.tools.push_back({.unit = Unit::kWebSearch,
                            .has_price = charge == Charge::kSearch,
                            .uses_max = uses.value_or(kKeyToolUsesDefault)});
  }

  // Looks for what is charged as a unit of its own, at any depth.
  void search(RawString key, Value& value) {
    switch (value.type()) {
      case Type::kString:
        if (known_.has(&CostMembers::texts, key)) on_text(key, text_of(value));
        return;
      case Type::kArray: value.each_element([&](size_t, Value& element) { search(key, element); }); return;
      case Type::kObject:
        known_.each(&CostMembers::objects, key, [this](const UnitMember& row) { may_meet(row); });
        value.each_member([this](RawString inner, Value& member) { search(inner, member); });
        return;
      case Type::kNull:
      case Type::kBoolean:
      case Type::kNumber:
      case Type::kNone: return;
    }
  }

  void on_text(RawString key, std::string_view text) {
    known_.each(&CostMembers::texts, key, [&](const UnitMember& row) {
      if (text.starts_with(row.text)) may_meet(row);
    });
  }

  const std::span<const std::string_view> limits_;
  const KnownMembers known_;
  CostFacts facts_;
};

}  // namespace

CostFacts read_cost_facts(const json::Buffer& body, std::span<const std::string_view> limits, Tables tables) {
  return FactsReader(limits, tables).read(body);
}

}  // namespace onellm::dialects
