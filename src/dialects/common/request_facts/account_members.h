// The members by which requests of a dialect name what is stored in an account at a provider: files, caches,
// containers, earlier responses. Each dialect that has such members fills this table in its account_members.cpp.
//
// A request is searched for the names of all dialects (dialects/request_facts.h), so a name that two of them have may
// stand in one table only.
#pragma once

#include <span>
#include <string_view>

namespace onellm::dialects {

using MemberNames = std::span<const std::string_view>;

// The member that is the content of an item, by the item's type. An item with an id that lacks it is one that is
// stored.
struct ItemContent {
  std::string_view type;  // Empty: of all types that no row has.
  std::string_view member;
};

struct AccountMembers {
  // --- names of what is stored ---
  MemberNames stored = {};             // At any place.
  MemberNames stored_at_top = {};      // At the top of the body.
  MemberNames stored_if_no_text = {};  // At the top of the body, unless the value is a string.
  MemberNames containers = {};         // At any place, if the value is a string or an object with an `id`.
  MemberNames stored_by_id = {};       // Of a message, if the value is an object with an `id`.
  // At the top of the body: asks for the answer to be stored, unless it is false.
  MemberNames stores = {};

  // --- addresses: members whose value may be the address of a stored file ---
  MemberNames addresses = {};         // In lower case.
  MemberNames address_suffixes = {};  // In lower case: all members that end so.
  MemberNames file_hosts = {};        // The provider's own hosts. Whatever is there belongs to an account.
  MemberNames page_hosts = {};        // The same, but only what has one of `file_paths` in its path.
  MemberNames file_paths = {};        // In lower case.
  MemberNames file_schemes = {};      // Schemes of its own for such addresses, with the colon.

  // --- models ---
  MemberNames models = {};       // At the top of the body: the model.
  MemberNames more_models = {};  // At the top of the body: further ones.

  // --- the conversation ---
  MemberNames messages = {};    // At the top of the body: a list of messages.
  MemberNames items = {};       // The same, or one alone, of items that may be stored.
  MemberNames references = {};  // Types of items that only name what is stored.
  std::span<const ItemContent> item_contents = {};
  // Data of the client's own tools: their schemas, inputs and results. It is not searched.
  MemberNames own_data = {};
};

}  // namespace onellm::dialects
