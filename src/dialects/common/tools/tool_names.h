// Names of tools that an API refuses, changed on the way there and back. Clients send what begins with a digit
// (`3d_render`), has dots or spaces, or is longer than an API takes (`mcp__server__…`). The same name always becomes
// the same one, since it is part of what is cached of a prompt; no two become one.
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
  // `request` must outlive it.
  ToolNames(const chat::Request& request, ToolNameForm form);

  // True where every name stays.
  [[nodiscard]] bool empty() const { return changes_.empty(); }

  // The name that goes up. The view lives as long as this and `name`.
  [[nodiscard]] json::RawString sent(json::RawString name) const;
  // True of a name that another one became.
  [[nodiscard]] bool is_made(std::string_view name) const;

  // The names that were changed.
  [[nodiscard]] RenamedTools changed() const;

  // Where in the request's source the names stand that change, in order, and what they become. Only of a request
  // that was decoded from a source.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> places() const;

 private:
  class Changer;
  struct Change {
    json::RawString name;  // As it stands first,
    std::string plain;     // and unescaped.
    std::string sent;
  };

  [[nodiscard]] const Change* find(json::RawString name) const;

  const chat::Request& request_;
  const ToolNameForm form_;
  std::vector<Change> changes_;  // By what is plain.
};

// A tool's name in a reply as the client knows it. The view lives as long as `renamed` and `name`.
[[nodiscard]] json::RawString known_tool_name(const RenamedTools& renamed, json::RawString name);

}  // namespace onellm::dialects
