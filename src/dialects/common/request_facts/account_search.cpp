#include "dialects/common/request_facts/account_search.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "json/reader.h"

namespace onellm::dialects {

namespace {

using json::RawString;
using json::Type;
using json::Value;

using Names = MemberNames AccountMembers::*;
using Tables = std::span<const AccountMembers* const>;

// The host of an address in lower case; empty: it has none.
std::string_view host_of(std::string_view address) {
  const size_t slashes = address.find("//");
  if (!address.starts_with("http") || slashes == address.npos) return {};
  std::string_view host = address.substr(slashes + 2);
  host = host.substr(0, host.find_first_of("/?#\\"));
  host.remove_prefix(host.rfind('@') + 1);
  host = host.substr(0, host.find(':'));
  while (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

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
    const std::string address = ascii_lower(trim(json::unescape(raw)));
    const std::string_view host = host_of(address);
    return any(&AccountMembers::file_schemes, [&](std::string_view scheme) { return address.starts_with(scheme); }) ||
           any(&AccountMembers::file_hosts, [host](std::string_view known) { return host == known; });
  }

 private:
  const Tables tables_;
};

class Search {
 public:
  Search(Tables tables, bool one_model) : names_(tables), one_model_(one_model) {}

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
    const Type type = value.type();
    if (one_model_ && names_more_models(key)) return note(key, AccountUse::kMoreModels);
    if (names_.has(&AccountMembers::stored_at_top, key)) return note(key);
    if (type != Type::kString && names_.has(&AccountMembers::stored_if_no_text, key)) return note(key);
    if (names_.has(&AccountMembers::stores, key)) {
      bool stores = true;
      if (!value.read(stores) || stores) note(key, AccountUse::kStores);
      return;
    }
    const bool is_of_items = names_.has(&AccountMembers::items, key);
    const bool is_conversation = is_of_items || names_.has(&AccountMembers::messages, key);
    if (!is_conversation || type != Type::kArray) return static_cast<void>(on_member(key, value));
    value.each_element([&](size_t index, Value& entry) {
      const bool is_bare = on_entry(entry);
      if (is_bare && is_of_items) note(json::unescape(key) + "[" + std::to_string(index) + "].id");
    });
  }

  bool names_more_models(RawString key) {
    return names_.has(&AccountMembers::more_models, key) ||
           (names_.has(&AccountMembers::models, key) && std::exchange(has_model_, true));
  }

  // A message, or an item. True if it has an id and no content: an item that is so stands for one that is stored.
  bool on_entry(Value& entry) {
    bool has_id = false;
    bool has_content = false;
    entry.each_member([&](RawString key, Value& value) {
      has_id |= json::key_is(key, "id") && !value.is_null();
      if (names_.has(&AccountMembers::stored_by_id, key)) return on_stored_by_id(key, value);
      const bool has_something = on_member(key, value);
      has_content |= has_something && !names_.has(&AccountMembers::no_content, key);
    });
    return has_id && !has_content;
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
  std::optional<AccountState> found_;
  bool has_model_ = false;
};

}  // namespace

std::optional<AccountState> find_account_state(const json::Buffer& body, Tables tables, bool one_model) {
  return Search(tables, one_model).find(body);
}

}  // namespace onellm::dialects
