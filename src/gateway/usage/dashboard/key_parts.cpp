#include "gateway/usage/dashboard/key_parts.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "gateway/keys/admin/query.h"
#include "gateway/keys/admin/registry_answer.h"
#include "gateway/keys/admin/replies.h"
#include "gateway/keys/store.h"
#include "json/writer.h"
#include "keys/flat.h"
#include "keys/secret.h"
#include "keys/usage.h"

namespace onellm::gateway {

namespace {

// The reply of the registry's method `aliases`.
struct AliasesReply {
  struct Key {
    std::string id = {};
    std::string alias = {};

    template <typename Visit, typename Self>
    static void visit_members(Visit& visit, Self& self) {
      visit.text("id", self.id);
      visit.text("alias", self.alias);
    }
  };
  std::vector<Key> aliases = {};

  template <typename Visit, typename Self>
  static void visit_members(Visit& visit, Self& self) {
    visit.objects("aliases", self.aliases);
  }
};

}  // namespace

void DashboardKeys::start(bool is_admin) {
  deadline_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
  if (!is_admin) {
    own_ = shown_record(context_.caller);
    if (keys::has_limits(*own_)) return figures_.ask_limiter(context_, own_->id);
    return figures_.ask_ledger(context_, own_->id);
  }
  if (missing_key_store(*context_.settings)) return;
  list_call_ = call_registry(context_, registry_method(KeyAction::kList), list_argument({}));
}

void DashboardKeys::on_object(uint32_t id, bool replied, std::string_view reply) {
  if (id == 0) return;
  const bool is_readable = replied && context_.memory->can_parse(reply.size());
  figures_.on_object(id, is_readable, reply);
  if (id == list_call_) {
    list_call_ = 0;
    if (is_readable) take_list(reply);
  } else if (id == aliases_call_) {
    aliases_call_ = 0;
    if (is_readable) take_aliases(reply);
  }
}

void DashboardKeys::take_list(std::string_view reply) {
  Result<RegistryAnswer> answer = read_registry_answer(reply, {.action = KeyAction::kList});
  if (!answer) return;
  has_more_ = answer->has_more;
  for (const keys::Record& record : answer->records) {
    listed_.push_back(record.id);
    if (record.alias) parts_.aliases[record.id] = *record.alias;
  }
  parts_.keys = key_page(answer->records, answer->has_more, false, static_cast<int64_t>(context_.now_ms));
}

void DashboardKeys::take_aliases(std::string_view reply) {
  AliasesReply read;
  if (!keys::from_json(reply, read)) return;
  for (AliasesReply::Key& key : read.aliases) parts_.aliases[std::move(key.id)] = std::move(key.alias);
}

void DashboardKeys::ask_aliases(const DashboardFigures& figures) {
  if (!has_more_) return;
  std::vector<std::string_view> ids;
  const auto note = [&](const std::string& id) {
    const bool is_known = std::find(listed_.begin(), listed_.end(), id) != listed_.end();
    if (is_known || !keys::has_id_form(id) || std::find(ids.begin(), ids.end(), id) != ids.end()) return;
    ids.push_back(id);
  };
  for (const std::string& id : figures.keys_named) note(id);
  for (const SessionFigures& session : figures.sessions) note(session.key);
  if (ids.empty()) return;
  std::string argument;
  {
    json::ObjectWriter object(argument);
    json::ArrayWriter array(object.begin("ids"));
    for (const std::string_view id : ids) json::quote_to(array.next(), id);
  }
  aliases_call_ = call_registry(context_, "aliases", std::move(argument));
  deadline_ms_ = context_.now_ms + kKeyStoreTimeoutMs;
}

void DashboardKeys::give_up() {
  list_call_ = aliases_call_ = 0;
  figures_ = {};
}

// Empty: what the key may do is not known here. Its limiter has heard of a record that is newer than the one that this
// isolate remembers, or has not answered.
std::string DashboardKeys::own_data() const {
  if (own_ == nullptr) return {};
  const std::optional<keys::OwnUsage>& limiter = figures_.limiter();
  if (keys::has_limits(*own_) && (!limiter || limiter->version > own_->version)) return {};
  const auto now_ms = static_cast<int64_t>(context_.now_ms);
  std::string out;
  keys::write_own_data(out, *own_, figures_.own_usage(*own_, now_ms), now_ms);
  return out;
}

KeyParts DashboardKeys::take_parts() {
  parts_.own_key = own_data();
  return std::move(parts_);
}

}  // namespace onellm::gateway
