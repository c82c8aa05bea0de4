#include "dialects/common/request_facts/account_search.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "dialects/common/request_facts/stored_address.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

using json::RawString;
using json::Type;
using json::Value;

using Names = MemberNames AccountMembers::*;
using Tables = std::span<const AccountMembers* const>;

// The names of several dialects together.
class KnownNames {
 public:
  explicit KnownNames(Tables tables) : tables_(tables) {}

  // True if `fits` says so of one of the names.
  template <typename Fits>
  [[nodiscard]] bool any(Names names, const Fits& fits) const {
    return std::any_of(tables_.begin(), tables_.end(), [&](const AccountMembers* table) {
      const MemberNames own = table->*names;
      return std::any_of(own.begin(), own.end(), fits);
    });
  }

  [[nodiscard]] bool has(Names names, RawString key) const {
    return any(names, [key](std::string_view name) { return json::key_is(key, name); });
  }

  // `url`, `image_url`, `fileUri` …
  [[nodiscard]] bool is_address(RawString key) const {
    const std::string lower = ascii_lower(json::unescape(key));
    return any(&AccountMembers::addresses, [&lower](std::string_view name) { return lower == name; }) ||
           any(&AccountMembers::address_suffixes, [&lower](std::string_view end) { return lower.ends_with(end); });
  }

  [[nodiscard]] bool is_stored_address(RawString raw) const {
    const std::string address = normalized_address(json::unescape(raw));
    const WebAddress web = read_web_address(address);
    const auto is_host = [&web](std::string_view known) { return web.host == known; };
    const auto is_in_path = [&web](std::string_view word) { return web.path.find(word) != web.path.npos; };
    if (any(&AccountMembers::file_schemes, [&](std::string_view scheme) { return address.starts_with(scheme); })) {
      return true;
    }
    if (web.is_odd || any(&AccountMembers::file_hosts, is_host)) return true;
    return any(&AccountMembers::page_hosts, is_host) &&
           (is_in_path("%") || any(&AccountMembers::file_paths, is_in_path));
  }

  // `type` of the item is plain.
  [[nodiscard]] bool is_content_of(std::string_view type, RawString key) const {
    const auto has_row = [&](std::string_view of, const auto& fits) {
      return std::any_of(tables_.begin(), tables_.end(), [&](const AccountMembers* table) {
        return std::any_of(table->item_contents.begin(), table->item_contents.end(),
                           [&](const ItemContent& row) { return row.type == of && fits(row); });
      });
    };
    const bool is_known = has_row(type, [](const ItemContent&) { return true; });
    return has_row(is_known ? type : std::string_view(),
                   [key](const ItemContent& row) { return json::key_is(key, row.member); });
  }

 private:
  const Tables tables_;
};

class Search {
 public:
  Search(Tables tables, bool one_model, BodyOf body_of) : names_(tables), one_model_(one_model), body_of_(body_of) {}

  [[nodiscard]] std::optional<AccountState> find(const json::Buffer& body) {
    json::Reader reader;
    if (!reader.open(body)) return std::nullopt;
    Value root = reader.root();
    root.each_member([this](RawString key, Value& value) { on_top_member(key, value); });
    static_cast<void>(reader.finish());
    return std::move(found_);
  }

 private:
  void on_top_member(RawString key, Value& value) {
    if (found_ || value.is_null()) return;
    if (body_of_ == BodyOf::kGateway) return on_conversation(key, value);
    const Type type = value.type();
    if (one_model_ && names_more_models(key)) return note(key, AccountUse::kMoreModels);
    if (names_.has(&AccountMembers::stored_at_top, key)) return note(key);
    if (type != Type::kString && names_.has(&AccountMembers::stored_if_no_text, key)) return note(key);
    if (names_.has(&AccountMembers::stores, key)) {
      bool stores = true;
      if (!value.read(stores) || stores) note(key, AccountUse::kStores);
      return;
    }
    on_conversation(key, value);
  }

  void on_conversation(RawString key, Value& value) {
    const bool is_of_items = names_.has(&AccountMembers::items, key);
    const bool is_conversation = is_of_items || names_.has(&AccountMembers::messages, key);
    const auto on = [&](size_t index, Value& entry) {
      const bool is_bare = on_entry(entry);
      if (is_bare && is_of_items) note(json::unescape(key) + "[" + std::to_string(index) + "].id");
    };
    if (is_of_items && value.type() == Type::kObject) return on(0, value);
    if (!is_conversation || value.type() != Type::kArray) return static_cast<void>(on_member(key, value));
    value.each_element(on);
  }

  bool names_more_models(RawString key) {
    return names_.has(&AccountMembers::more_models, key) ||
           (names_.has(&AccountMembers::models, key) && std::exchange(has_model_, true));
  }

  // A message, or an item. True if it stands for one that is stored: its type says so, or it has an id, and not what
  // its type has as content.
  bool on_entry(Value& entry) {
    const std::string type = json::unescape(entry.peek("type"));
    bool has_id = false;
    bool has_content = false;
    bool is_reference = false;
    entry.each_member([&](RawString key, Value& value) {
      if (json::key_is(key, "type")) {
        RawString word;
        is_reference |= value.read(word) && names_.has(&AccountMembers::references, word);
        return;
      }
      has_id |= json::key_is(key, "id") && !value.is_null();
      if (names_.has(&AccountMembers::stored_by_id, key)) return on_stored_by_id(key, value);
      const bool has_something = on_member(key, value);
      has_content |= has_something && names_.is_content_of(type, key);
    });
    return is_reference || (has_id && !has_content);
  }

  // Of an earlier answer: it is named, and not sent.
  void on_stored_by_id(RawString key, Value& value) {
    value.each_member([this, key](RawString inner, Value& member) {
      if (json::key_is(inner, "id") && !member.is_null()) note(json::unescape(key) + ".id");
    });
  }

  // Returns false if the value is null or empty.
  bool on_member(RawString key, Value& value) {
    if (found_ || value.is_null()) return false;
    const bool is_stored = names_.has(&AccountMembers::stored, key);
    bool has_something = true;
    RawString text;
    switch (value.type()) {
      case Type::kString:
        if (!value.read(text)) return false;
        has_something = !text.empty();
        if (names_.has(&AccountMembers::containers, key)) note(key);
        if (names_.is_address(key) && names_.is_stored_address(text)) note(key);
        break;
      case Type::kArray:
      case Type::kObject:
        if (!is_stored && names_.has(&AccountMembers::own_data, key)) return true;
        has_something = search(key, value);
        break;
      case Type::kNull:
      case Type::kBoolean:
      case Type::kNumber:
      case Type::kNone: break;
    }
    if (is_stored && has_something) note(key);
    return has_something;
  }

  // Searches an array or an object, which is the value of `key`. Returns false if it is empty.
  bool search(RawString key, Value& value) {
    const bool is_container = names_.has(&AccountMembers::containers, key);
    bool has_something = false;
    const bool is_array = value.each_element([&](size_t, Value& element) {
      has_something = true;
      const Type type = element.type();
      if (type == Type::kString) return static_cast<void>(on_member(key, element));
      if (type == Type::kArray || type == Type::kObject) search(key, element);
    });
    if (is_array) return has_something;
    value.each_member([&](RawString inner, Value& member) {
      has_something = true;
      if (is_container && json::key_is(inner, "id") && !member.is_null()) return note(key);
      on_member(inner, member);
    });
    return has_something;
  }

  void note(RawString key, AccountUse use = AccountUse::kNames) { note(json::unescape(key), use); }
  void note(std::string member, AccountUse use = AccountUse::kNames) {
    if (!found_) found_ = AccountState{.use = use, .member = std::move(member)};
  }

  const KnownNames names_;
  const bool one_model_;
  const BodyOf body_of_;
  std::optional<AccountState> found_;
  bool has_model_ = false;
};

}  // namespace

std::optional<AccountState> find_account_state(const json::Buffer& body, Tables tables, bool one_model,
                                               BodyOf body_of) {
  return Search(tables, one_model, body_of).find(body);
}

}  // namespace onellm::dialects
