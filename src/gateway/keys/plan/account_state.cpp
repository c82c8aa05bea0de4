#include "gateway/keys/plan/account_state.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "base/text.h"
#include "json/reader.h"

namespace onellm::gateway {

namespace {

using json::RawString;
using json::Type;
using json::Value;

// Members that name what is stored, at any place.
constexpr std::string_view kStored[] = {"previous_response_id",
                                        "file_id",
                                        "fileId",
                                        "file_ids",
                                        "vector_store_id",
                                        "vector_store_ids",
                                        "connector_id",
                                        "container_id",
                                        "cached_content",
                                        "cachedContent",
                                        "fileSearchStoreNames",
                                        "file_search_store_names"};
// The same, at the top of the body.
constexpr std::string_view kStoredAtTop[] = {"conversation", "conversation_id", "container", "thread", "thread_id"};

// Members by which some hosts take further models.
constexpr std::string_view kOtherModels[] = {"models", "fallbacks"};

// Data of the client's own tools. At the top of the body `input` is the conversation.
constexpr std::string_view kOwnData[] = {
    "parameters",     "input_schema",       "schema", "json_schema", "properties", "parametersJsonSchema",
    "responseSchema", "responseJsonSchema", "args",   "arguments",   "metadata",   "response",
    "input"};

// Members that an item of a conversation has beside its content.
constexpr std::string_view kNoContent[] = {"id", "type", "status", "role", "object", "phase"};

constexpr std::string_view kAccountHeaders[] = {"openai-organization", "openai-project", "anthropic-workspace-id",
                                                "anthropic-user-profile-id"};

// Where providers keep files. An address there is one of an account.
constexpr std::string_view kFileHosts[] = {"generativelanguage.googleapis.com", "api.openai.com", "api.anthropic.com"};

bool is_any_of(RawString key, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [key](std::string_view name) { return json::key_is(key, name); });
}

// `url`, `image_url`, `fileUri` …
bool names_address(RawString key) {
  const std::string name = ascii_lower(json::unescape(key));
  return name.ends_with("url") || name.ends_with("uri") || name == "file_data";
}

bool is_stored_address(RawString raw) {
  const std::string text = ascii_lower(trim(json::unescape(raw)));
  if (text.starts_with("gs:")) return true;
  const size_t slashes = text.find("//");
  if (!text.starts_with("http") || slashes == text.npos) return false;
  std::string_view host = std::string_view(text).substr(slashes + 2);
  host = host.substr(0, host.find_first_of("/?#\\"));
  host.remove_prefix(host.rfind('@') + 1);
  host = host.substr(0, host.find(':'));
  while (host.ends_with('.')) host.remove_suffix(1);
  return std::find(std::begin(kFileHosts), std::end(kFileHosts), host) != std::end(kFileHosts);
}

// Searches a body for the first such member.
class Search {
 public:
  // `one_model`: the request may name models in one place only.
  explicit Search(bool one_model) : one_model_(one_model) {}

  [[nodiscard]] bool names_models() const { return names_models_; }

  [[nodiscard]] std::string find(const json::Buffer& body) {
    json::Reader reader;
    if (!reader.open(body)) return {};
    Value root = reader.root();
    root.each_member([this](RawString key, Value& value) { on_top_member(key, value); });
    static_cast<void>(reader.finish());
    return std::move(found_);
  }

 private:
  void on_top_member(RawString key, Value& value) {
    if (!found_.empty() || value.is_null()) return;
    const Type type = value.type();
    if (one_model_ && names_more_models(key)) {
      names_models_ = true;
      return note(key);
    }
    if (is_any_of(key, kStoredAtTop)) return note(key);
    if (json::key_is(key, "prompt") && type != Type::kString) return note(key);
    if (json::key_is(key, "store")) {
      bool stores = true;
      if (!value.read(stores) || stores) note(key);
      return;
    }
    const bool is_of_items = json::key_is(key, "input");
    const bool is_conversation = is_of_items || json::key_is(key, "messages");
    if (!is_conversation || type != Type::kArray) return static_cast<void>(on_member(key, value));
    value.each_element([&](size_t index, Value& entry) { on_entry(is_of_items, index, entry); });
  }

  bool names_more_models(RawString key) {
    return is_any_of(key, kOtherModels) || (json::key_is(key, "model") && std::exchange(has_model_, true));
  }

  // A message, or an item of the Responses API. An item that has nothing but an id stands for one that is stored.
  void on_entry(bool is_item, size_t index, Value& entry) {
    bool has_id = false;
    bool has_content = false;
    entry.each_member([&](RawString key, Value& value) {
      has_id |= json::key_is(key, "id") && !value.is_null();
      if (json::key_is(key, "audio")) return on_audio(value);
      const bool has_something = on_member(key, value);
      has_content |= has_something && !is_any_of(key, kNoContent);
    });
    if (is_item && has_id && !has_content && found_.empty()) {
      found_ = "input[" + std::to_string(index) + "].id";
    }
  }

  // Of an earlier answer: it is named, and not sent.
  void on_audio(Value& audio) {
    audio.each_member([this](RawString key, Value& value) {
      if (json::key_is(key, "id") && !value.is_null() && found_.empty()) found_ = "audio.id";
    });
  }

  // Returns false if the value is null or empty.
  bool on_member(RawString key, Value& value) {
    if (!found_.empty() || value.is_null()) return false;
    const bool is_stored = is_any_of(key, kStored);
    bool has_something = true;
    RawString text;
    switch (value.type()) {
      case Type::kString:
        if (!value.read(text)) return false;
        has_something = !text.empty();
        if (json::key_is(key, "container") || (names_address(key) && is_stored_address(text))) note(key);
        break;
      case Type::kArray:
      case Type::kObject:
        if (!is_stored && is_any_of(key, kOwnData)) return true;
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
    const bool is_container = json::key_is(key, "container");
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

  void note(RawString key) {
    if (found_.empty()) found_ = json::unescape(key);
  }

  const bool one_model_;
  std::string found_;
  bool has_model_ = false;
  bool names_models_ = false;  // What was found names models a second time.
};

}  // namespace

std::optional<Error> refuse_account_state(const Caller& caller, const json::Buffer& body) {
  if (caller.is_master) return std::nullopt;
  const bool has_budget = caller.record != nullptr && caller.record->max_budget;
  Search search(caller.is_limited_to_models() || has_budget);
  const std::string name = search.find(body);
  if (name.empty()) return std::nullopt;
  if (search.names_models()) {
    return Error{.kind = ErrorKind::kBadRequest,
                 .message = name + " is not possible beside model: fallbacks are written as `a|b` there.",
                 .param = name};
  }
  if (name == "store") {
    return Error{.kind = ErrorKind::kBadRequest,
                 .message = "store must be false: what is stored at the provider is the master key's alone.",
                 .param = name};
  }
  return Error{.kind = ErrorKind::kBadRequest,
               .message = name +
                          " names what is stored at the provider, and that is the master key's alone. Send the content "
                          "itself.",
               .param = name};
}

bool is_account_header(std::string_view name) {
  return std::find(std::begin(kAccountHeaders), std::end(kAccountHeaders), name) != std::end(kAccountHeaders);
}

}  // namespace onellm::gateway
