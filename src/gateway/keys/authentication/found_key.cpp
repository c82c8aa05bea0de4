#include "gateway/keys/authentication/found_key.h"

#include <utility>

#include "base/error.h"
#include "json/writer.h"
#include "keys/flat.h"
#include "keys/record/view.h"

namespace onellm::gateway {

namespace {

struct Reply {
  std::optional<std::string> record = {};
  std::string problem = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("record", self.record);
    visit.text("problem", self.problem);
  }
};

std::string object_with(std::string_view name, std::string_view value) {
  std::string out;
  json::ObjectWriter(out).add_plain(name, value);
  return out;
}

}  // namespace

std::string find_argument(std::string_view hash) { return object_with("hash", hash); }
std::string read_argument(std::string_view id) { return object_with("id", id); }

std::optional<FoundKey> read_found_key(std::string_view text) {
  Reply reply;
  if (!keys::from_json(text, reply)) return std::nullopt;
  if (!reply.problem.empty() && reply.problem != error_row(ErrorKind::kKeyNotFound).code) return std::nullopt;
  FoundKey found;
  if (!reply.record) return found;
  if (!keys::from_stored(*reply.record, found.record.emplace())) return std::nullopt;
  return found;
}

}  // namespace onellm::gateway
