#include "dialects/common/tools/hosted_tools.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "base/limits.h"
#include "dialects/common/errors/complaint.h"
#include "dialects/common/request/drops.h"
#include "dialects/common/request/left_out.h"
#include "dialects/common/request/raw_values.h"
#include "json/reader.h"
#include "json/writer.h"

namespace onellm::dialects {

namespace {

using chat::HostedTool;
using chat::Tool;

constexpr size_t kDateBytes = 8;  // 20250305

bool is_date(std::string_view text) {
  return text.size() == kDateBytes && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// {"type":"approximate","country":…} becomes {"type":"approximate","approximate":{"country":…}}.
std::string nested_location(const std::string& location) {
  std::string out;
  {
    json::ObjectWriter object(out);
    object.add("type", json::RawString{"approximate"});
    json::ObjectWriter approximate(object.begin("approximate"));
    read_raw({location}, [&approximate](json::Value& value) {
      value.each_member([&approximate](json::RawString key, json::Value& member) {
        if (!json::key_is(key, "type") && !member.is_null()) approximate.add(key.text, member.raw());
      });
    });
  }
  return out;
}

// The value for `web_search_options`. `limits`: include the search limits.
std::string search_options(const HostedMembers& members, bool limits) {
  std::string out;
  {
    json::ObjectWriter options(out);
    const bool has_size = !members.search_context_size.empty();
    if (has_size) options.add("search_context_size", json::Raw{members.search_context_size});
    if (!members.user_location.empty()) options.begin("user_location") += nested_location(members.user_location);
    for (const auto& [name, value] : members.limits) {
      if (limits) options.add(name, json::Raw{value});
    }
  }
  return out;
}

// At most kHostedMembersMax members are kept, so that a tool with very many costs little memory.
void add_limit(json::RawString key, json::Value& value, HostedMembers& read) {
  if (read.limits.size() < kHostedMembersMax) read.limits.emplace_back(key.text, value.raw().text);
}
void add_other(std::string_view place, json::RawString key, HostedMembers& read) {
  if (read.others.size() < kHostedMembersMax) read.others.push_back(std::string(place) + json::unescape(key));
}

// OpenAI has the domains one level deeper, in `filters`.
void read_filters(json::Value& filters, HostedMembers& read) {
  filters.each_member([&read](json::RawString key, json::Value& member) {
    if (is_search_limit(key)) {
      add_limit(key, member, read);
    } else {
      add_other("filters.", key, read);
    }
  });
}

bool is_hosted(const Tool& tool) { return tool.hosted != HostedTool::kNone; }

class Splitter {
 public:
  Splitter(const chat::Request& request, OwnTools own) : rest_(request), own_(own), drops_(request.source) {}

  // The error for the first tool that the provider does not have; nullopt if it has all.
  std::optional<Error> split() {
    std::optional<Error> refusal;
    for (size_t i = 0; i < rest_.tools.size(); ++i) {
      const Tool& tool = rest_.tools[i];
      if (!is_hosted(tool)) continue;
      const std::string path = "tools[" + std::to_string(i) + "]";
      if (!has(tool.hosted) && !tool.left_out_as.empty()) {
        drops_.add(tool.left_out_as);
        if (is_chosen(tool)) {
          complain(refusal, "tool_choice", "asks for a tool that this model does not have",
                   ErrorKind::kUnsupportedParameter);
        }
      } else if (!has(tool.hosted)) {
        complain(refusal, path + ".type", "is a tool of OpenAI, which this model does not have",
                 ErrorKind::kUnsupportedParameter);
      } else if (!can_read_members(tool)) {
        complain(refusal, std::string(path), "is too long for a tool of its type", ErrorKind::kBadRequest);
      } else {
        take(tool);
        if (is_chosen(tool)) unforce();
        takes_any_ = takes_any_ || !tool.left_out_as.empty();
      }
    }
    if (rest_.tool_choice.kind == chat::ToolChoiceKind::kHosted) {
      complain(refusal, "tool_choice.type", "is a tool that this model cannot be made to call",
               ErrorKind::kUnsupportedParameter);
    }
    rest_.tools.erase(std::remove_if(rest_.tools.begin(), rest_.tools.end(), is_hosted), rest_.tools.end());
    const bool has_tools = !rest_.tools.empty() || !rest_.functions.empty();
    if (!has_tools && takes_any_ && rest_.tool_choice.kind == chat::ToolChoiceKind::kRequired) unforce();
    if (!has_tools && !chat::is_forced(rest_.tool_choice)) rest_.tool_choice = {};
    return refusal;
  }

  [[nodiscard]] const chat::Request& rest() const { return rest_; }
  [[nodiscard]] Drops& drops() { return drops_; }

 private:
  bool has(HostedTool tool) const {
    return (tool == HostedTool::kWebSearch && own_.web_search) ||
           (tool == HostedTool::kCodeInterpreter && own_.code_interpreter) ||
           (tool == HostedTool::kWebFetch && own_.web_fetch);
  }

  [[nodiscard]] bool is_chosen(const Tool& tool) const {
    const chat::ToolChoice& choice = rest_.tool_choice;
    return choice.kind == chat::ToolChoiceKind::kNamed && !tool.name.empty() && choice.name == tool.name;
  }

  // The model has the tool, but cannot be made to call it.
  void unforce() {
    drops_.add("tool_choice");
    rest_.tool_choice = {};
    rest_.tool_choice.kind = chat::ToolChoiceKind::kAuto;
  }

  void take(const Tool& tool) {
    const bool searches = tool.hosted == HostedTool::kWebSearch;
    const HostedMembers members = read_hosted_members(tool.hosted_members);
    for (const std::string& name : members.others) drops_.add("tools[]." + name);
    for (const auto& [name, value] : members.limits) {
      if (!searches || !own_.search_limits) drops_.add("tools[]." + name);
    }
    if (tool.hosted == HostedTool::kWebFetch) {
      rest_.fetches_pages = true;
    } else if (!searches) {
      rest_.runs_code = true;
    } else if (rest_.parameter("web_search_options").empty()) {
      rest_.parameters.push_back({"web_search_options", {rest_.keep(search_options(members, own_.search_limits))}});
    }
  }

  chat::Request rest_;
  OwnTools own_;
  bool takes_any_ = false;  // The provider has one of the tools that others may leave out.
  Drops drops_;
};

}  // namespace

bool is_search_limit(json::RawString name) {
  return json::key_is(name, "max_uses") || json::key_is(name, "allowed_domains") ||
         json::key_is(name, "blocked_domains");
}

bool can_read_members(const Tool& tool) { return tool.hosted_members.text.size() <= kHostedToolBytesMax; }

HostedMembers read_hosted_members(json::RawMembers members) {
  ONELLM_ASSERT(members.text.size() <= kHostedToolBytesMax);
  HostedMembers read;
  const std::string object = "{" + std::string(members.text) + "}";
  read_raw({object}, [&read](json::Value& value) {
    value.each_member([&read](json::RawString key, json::Value& member) {
      json::RawString type;
      if (json::key_is(key, "type")) {
        if (member.read(type)) read.is_of_anthropic = is_date(type.text.substr(type.text.rfind('_') + 1));
      } else if (json::key_is(key, "name") || json::key_is(key, "container") || member.is_null()) {
        return;  // `name` is always the same; `container` only says where the tool runs.
      } else if (json::key_is(key, "user_location") && member.type() == json::Type::kObject) {
        read.user_location = member.raw().text;
      } else if (json::key_is(key, "search_context_size")) {
        read.search_context_size = member.raw().text;
      } else if (is_search_limit(key)) {
        add_limit(key, member, read);
      } else if (json::key_is(key, "filters") && member.type() == json::Type::kObject) {
        read_filters(member, read);
      } else {
        add_other({}, key, read);
      }
    });
  });
  return read;
}

Result<EncodedRequest> encode_with_own_tools(const chat::Request& request, OwnTools own, const EncodeOptions& options,
                                             FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  const bool has_none = std::none_of(request.tools.begin(), request.tools.end(), is_hosted);
  if (has_none && request.tool_choice.kind != chat::ToolChoiceKind::kHosted) {
    return encode_what_is_taken(request, options, encode);
  }
  Splitter splitter(request, own);
  std::optional<Error> refusal = splitter.split();
  if (!refusal && options.strict) refusal = splitter.drops().refusal();
  if (refusal) return *std::move(refusal);
  Result<EncodedRequest> encoded = encode_what_is_taken(splitter.rest(), options, encode);
  if (!encoded) return encoded;
  for (const std::string& name : encoded->dropped) splitter.drops().add(name);
  encoded->dropped = splitter.drops().take();
  return encoded;
}

}  // namespace onellm::dialects
