#include "dialects/common/tools/repeated_tools.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/common/errors/complaint.h"

namespace onellm::dialects {

namespace {

using chat::Tool;

struct NamedTool {
  std::string name;  // Without escapes.
  const Tool* tool;
  size_t place;  // Its place in the request, functions after tools.
};

bool is_named(const Tool& tool) { return !tool.custom && !tool.foreign && tool.hosted == chat::HostedTool::kNone; }

// Sorted by name, then by place.
std::vector<NamedTool> by_name(const chat::Request& request) {
  std::vector<NamedTool> tools;
  tools.reserve(request.tools.size() + request.functions.size());
  size_t place = 0;
  for (const std::vector<Tool>* list : {&request.tools, &request.functions}) {
    for (const Tool& tool : *list) {
      if (is_named(tool)) tools.push_back({json::unescape(tool.name), &tool, place});
      ++place;
    }
  }
  std::sort(tools.begin(), tools.end(), [](const NamedTool& left, const NamedTool& right) {
    return left.name != right.name ? left.name < right.name : left.place < right.place;
  });
  return tools;
}

bool is_same(const Tool& left, const Tool& right) {
  return left.description == right.description && left.parameters.text == right.parameters.text &&
         left.strict == right.strict && left.cache_control.text == right.cache_control.text;
}

std::string path_of(const chat::Request& request, size_t place) {
  const size_t tools = request.tools.size();
  if (place < tools) return "tools[" + std::to_string(place) + "].function.name";
  return "functions[" + std::to_string(place - tools) + "].name";
}

// Removes the tools with these places, which are sorted.
void remove(const std::vector<size_t>& places, chat::Request& request) {
  size_t place = 0;
  for (std::vector<Tool>* list : {&request.tools, &request.functions}) {
    std::vector<Tool> kept;
    for (const Tool& tool : *list) {
      if (!std::binary_search(places.begin(), places.end(), place++)) kept.push_back(tool);
    }
    *list = std::move(kept);
  }
}

}  // namespace

Result<EncodedRequest> encode_without_repeated_tools(
    const chat::Request& request, FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  if (request.tools.size() + request.functions.size() < 2) return encode(request);
  const std::vector<NamedTool> tools = by_name(request);
  std::vector<size_t> repeated;
  for (size_t i = 1; i < tools.size(); ++i) {
    if (tools[i].name != tools[i - 1].name) continue;
    if (!is_same(*tools[i].tool, *tools[i - 1].tool)) {
      std::optional<Error> error;
      complain(error, path_of(request, tools[i].place), "is the name of another tool too", ErrorKind::kBadRequest);
      return *std::move(error);
    }
    repeated.push_back(tools[i].place);
  }
  if (repeated.empty()) return encode(request);
  std::sort(repeated.begin(), repeated.end());
  chat::Request unique = request;
  remove(repeated, unique);
  return encode(unique);
}

}  // namespace onellm::dialects
