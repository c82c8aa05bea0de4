#include "gateway/keys/admin/registry_answer.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "keys/flat.h"
#include "keys/record/body_refusal.h"
#include "keys/record/view.h"

namespace onellm::gateway {

namespace {

constexpr size_t kQuotedIdBytes = 80;  // The longest part of an id that a message quotes.

struct Reply {
  std::optional<std::string> record = {};
  std::vector<std::string> records = {};
  bool has_more = false;
  bool limited = false;
  int64_t imported = 0;
  std::string problem = {};
  std::optional<keys::BodyRefusal> refusal = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.text("record", self.record);
    visit.texts("records", self.records);
    visit.flag("has_more", self.has_more);
    visit.flag("limited", self.limited);
    visit.number("imported", self.imported);
    visit.text("problem", self.problem);
    visit.object("refusal", self.refusal);
  }
};

Error malformed() {
  return {.kind = ErrorKind::kKeyStoreUnavailable, .message = "The store of keys gave an answer that cannot be read."};
}

Error taken(KeyAction action) {
  Error error{.kind = ErrorKind::kKeyTaken, .message = "Another key has this alias.", .param = "key_alias"};
  if (action == KeyAction::kImport) {
    error.message = "Another key has an alias or a hash of this page. Nothing was imported.";
    error.param = "data";
  }
  return error;
}

Error too_many() {
  return {.kind = ErrorKind::kTooManyKeys,
          .message = "There are as many keys as a gateway can have, 10000. Delete some first."};
}

// Of a page that begins behind a key: an empty page would look like the end of the list.
Error no_such_page() {
  return {.kind = ErrorKind::kKeyNotFound,
          .message = "No key has the id that after names; it may have been deleted. Begin with the first page.",
          .param = "after"};
}

Error problem_error(std::string_view problem, const KeyRequest& request) {
  const bool is_of_pages = request.action == KeyAction::kList || request.action == KeyAction::kExport;
  if (problem == error_row(ErrorKind::kKeyNotFound).code) {
    return is_of_pages ? no_such_page() : key_not_found(request.id);
  }
  if (problem == error_row(ErrorKind::kKeyTaken).code) return taken(request.action);
  if (problem == error_row(ErrorKind::kTooManyKeys).code) return too_many();
  return malformed();
}

bool wants_record(KeyAction action) {
  return action == KeyAction::kRead || action == KeyAction::kCreate || action == KeyAction::kPatch ||
         action == KeyAction::kRotate;
}

}  // namespace

Error key_not_found(std::string_view id) {
  return {.kind = ErrorKind::kKeyNotFound,
          .message = std::string("No key has the id ").append(utf8_prefix(id, kQuotedIdBytes)).append("."),
          .param = "id"};
}

Result<RegistryAnswer> read_registry_answer(std::string_view text, const KeyRequest& request) {
  Reply reply;
  if (!keys::from_json(text, reply)) return malformed();
  if (!reply.problem.empty()) return problem_error(reply.problem, request);
  if (reply.refusal) {
    return Error{.kind = ErrorKind::kBadRequest,
                 .message = std::move(reply.refusal->message),
                 .param = std::move(reply.refusal->param)};
  }
  if (reply.record) reply.records.push_back(std::move(*reply.record));
  RegistryAnswer answer{
      .records = {}, .has_more = reply.has_more, .limited = reply.limited, .imported = reply.imported};
  for (const std::string& stored : reply.records) {
    if (!keys::from_stored(stored, answer.records.emplace_back())) return malformed();
  }
  if (wants_record(request.action) && answer.records.size() != 1) return malformed();
  return answer;
}

}  // namespace onellm::gateway
