// Renames tools whose names an API refuses, and maps the names in the reply back. Clients send names that begin with
// a digit (`3d_render`), have dots or spaces, or are too long (`mcp__server__…`).
// Rule: The same name always becomes the same new name, since prompt caches depend on it. Two names never become one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "dialects/dialect.h"
#include "json/raw.h"

namespace onellm::dialects {

class ToolNames {
 public:
  // `request` must outlive this object.
  ToolNames(const chat::Request& request, ToolNameForm form);

  // True if no name changes.
  [[nodiscard]] bool empty() const { return changes_.empty(); }

  // The name to send to the provider. The view lives as long as this object and `name`.
  [[nodiscard]] json::RawString sent(json::RawString name) const;
  // True if `name` is a new name made here.
  [[nodiscard]] bool is_made(std::string_view name) const;

  // The changed names.
  [[nodiscard]] RenamedTools changed() const;

  // Each changed name in the request's source text, in order, and its new name. Only for a request that was decoded
  // from a source text.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> places() const;

 private:
  class Changer;
  struct Change {
    json::RawString name;  // As the request first writes it, with escapes.
    std::string plain;     // Without escapes.
    std::string sent;
  };

  [[nodiscard]] const Change* find(json::RawString name) const;

  const chat::Request& request_;
  const ToolNameForm form_;
  std::vector<Change> changes_;  // Sorted by `plain`.
};

// A name in the form that every API takes (kPlain).
[[nodiscard]] std::string plain_tool_name(std::string_view name);

// The client's name for a tool name in a reply. The view lives as long as `renamed` and `name`.
[[nodiscard]] json::RawString known_tool_name(const RenamedTools& renamed, json::RawString name);

}  // namespace onellm::dialects
