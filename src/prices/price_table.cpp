#include "prices/price_table.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "base/text.h"
#include "prices/byte_reader.h"
#include "prices/model_rules.h"

namespace onellm::prices {

namespace {

constexpr int64_t kMsOfSecond = 1000;
constexpr int64_t kMsOfDay = 86'400'000;
constexpr size_t kDateBytes = 9;  // "-20240806"
constexpr size_t kKnownMax = 64;

enum class Condition : uint8_t { kAlways, kFromDay, kTimeOfDay };

// "api.groq.com" of "https://api.groq.com:443/openai/v1".
std::string_view host_of(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme != url.npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  url.remove_prefix(url.rfind('@') + 1);  // Removes user and password.
  return url.substr(0, url.find(':'));
}

const PriceList* list_of(std::span<const ListName> names, std::string_view name) {
  for (const ListName& known : names) {
    const bool is_known = known.name.starts_with('.') ? name.ends_with(known.name) : name == known.name;
    if (is_known) return &kPriceData.lists[known.list];
  }
  return nullptr;
}

std::optional<int64_t> find_own_schedule(const PriceList& list, std::string_view model) {
  ByteReader rows(list.rows);
  while (!rows.is_at_end()) {
    const bool is_model = read_rules(rows, model);
    const int64_t schedule = rows.number();
    if (is_model) return schedule;
  }
  return std::nullopt;
}

std::optional<int64_t> find_any_schedule(const PriceList& list, std::string_view model) {
  std::optional<int64_t> schedule = find_own_schedule(list, model);
  for (const char fallback : list.fallbacks) {
    if (schedule) break;
    schedule = find_own_schedule(kPriceData.lists[static_cast<uint8_t>(fallback)], model);
  }
  return schedule;
}

// True if the text begins with a date like "-20240806" and the date ends there.
bool is_compact_date(std::string_view text) {
  if (text.size() < kDateBytes || !text.starts_with("-20")) return false;
  if (!std::all_of(text.begin() + 1, text.begin() + kDateBytes, is_digit)) return false;
  const std::string_view month = text.substr(5, 2);
  const std::string_view day = text.substr(7, 2);
  if (month < "01" || month > "12" || day < "01" || day > "31") return false;
  return text.size() == kDateBytes || text[kDateBytes] == '-' || text[kDateBytes] == ':';
}

// Writes dates without hyphens as OpenAI does: "-20240806" becomes "-2024-08-06".
std::string with_hyphens_in_dates(std::string_view model) {
  std::string out;
  for (size_t at = 0; at < model.size();) {
    const std::string_view rest = model.substr(at);
    if (!is_compact_date(rest)) {
      out += model[at++];
      continue;
    }
    out.append(rest.substr(0, 5)).append("-").append(rest.substr(5, 2)).append("-").append(rest.substr(7, 2));
    at += kDateBytes;
  }
  return out;
}

std::optional<int64_t> find_new_schedule(const PriceList& list, const std::string& model) {
  const std::optional<int64_t> schedule = find_any_schedule(list, model);
  if (schedule || model.find("-20") == model.npos) return schedule;
  const std::string hyphened = with_hyphens_in_dates(model);
  return hyphened == model ? std::nullopt : find_any_schedule(list, hyphened);
}

// Reads the condition of a period; true if it holds. A time of day whose end is before its begin goes past midnight.
bool read_condition(ByteReader& bytes, int64_t now_ms) {
  switch (static_cast<Condition>(bytes.byte())) {
    case Condition::kAlways: return true;
    case Condition::kFromDay: return now_ms >= bytes.number() * kMsOfDay;
    case Condition::kTimeOfDay: {
      const int64_t time_ms = now_ms % kMsOfDay;
      const int64_t begin_ms = bytes.number() * kMsOfSecond;
      const int64_t end_ms = bytes.number() * kMsOfSecond;
      const bool has_begun = time_ms >= begin_ms;
      const bool has_ended = time_ms >= end_ms;
      return end_ms < begin_ms ? has_begun || !has_ended : has_begun && !has_ended;
    }
  }
  return false;
}

int64_t read_price(ByteReader& bytes) {
  const int64_t coded = bytes.number();
  int64_t price = coded / 10;
  for (int64_t zeros = coded % 10; zeros > 0; --zeros) price *= 10;
  return price;
}

// Reads the steps of a period. Returns the prices of the last step whose limit the prompt exceeds.
Prices read_steps(ByteReader& bytes, int64_t prompt_tokens) {
  Prices reached;
  const int64_t count = bytes.number();
  for (int64_t step = 0; step < count; ++step) {
    const bool is_reached = step == 0 || prompt_tokens > bytes.number();
    const auto known = static_cast<UnitSet>(bytes.number());
    Prices prices;
    for (size_t unit = 0; unit < kUnitCount; ++unit) {
      if ((known >> unit & 1U) != 0) prices.set(unit, read_price(bytes));
    }
    if (is_reached) reached = prices;
  }
  return reached;
}

}  // namespace

const PriceList* find_list(std::string_view provider, std::string_view base) {
  const PriceList* list = list_of(kPriceData.hosts, ascii_lower(host_of(base)));
  return list != nullptr ? list : list_of(kPriceData.names, provider);
}

std::optional<int64_t> find_schedule(const PriceList& list, std::string_view model) {
  static constexpr std::string_view kGoogleFolder = "models/";
  std::string name = ascii_lower(trim(model));
  if (name.starts_with(kGoogleFolder)) name.erase(0, kGoogleFolder.size());
  if (name.empty()) return std::nullopt;
  // A cache, since most requests are for the same few models. Searching a list takes a twentieth of the core's time for
  // a small request.
  thread_local std::map<std::pair<const PriceList*, std::string>, std::optional<int64_t>> known;
  const std::pair asked(&list, std::move(name));
  if (const auto found = known.find(asked); found != known.end()) return found->second;
  if (known.size() == kKnownMax) known.clear();
  return known[asked] = find_new_schedule(list, asked.second);
}

Prices prices_at(int64_t schedule, int64_t now_ms, int64_t prompt_tokens) {
  ByteReader bytes(kPriceData.schedules.substr(static_cast<size_t>(schedule)));
  for (;;) {
    const bool holds = read_condition(bytes, now_ms);
    const Prices prices = read_steps(bytes, prompt_tokens);
    if (holds) return prices;
  }
}

}  // namespace onellm::prices
