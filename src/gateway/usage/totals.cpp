#include "gateway/usage/totals.h"

#include "json/writer.h"
#include "keys/flat.h"

namespace onellm::gateway {

std::string totals_query(std::string_view key, int64_t now_ms) {
  std::string out;
  {
    json::ObjectWriter query(out);
    query.add_plain("key", key);
    query.add("from_hour", keys::first_recent_hour(now_ms));
  }
  return out;
}

std::optional<KeyTotals> read_totals(std::string_view reply) {
  KeyTotals totals;
  if (!keys::from_json(reply, totals)) return std::nullopt;
  return totals;
}

}  // namespace onellm::gateway
