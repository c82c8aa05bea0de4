#include "dialects/common/request/left_out.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "dialects/common/request/drops.h"
#include "dialects/common/request/raw_values.h"

namespace onellm::dialects {

namespace {

class Cutter {
 public:
  // Copies the request. Both hold views into the same text, which outlives them.
  Cutter(const chat::Request& request, const std::vector<std::string>& names) : rest_(request), names_(names) {}

  void cut() {
    cut_from(rest_.parameters);
    cut_from(rest_.unknown);
    if (cuts("tools", !rest_.tools.empty())) rest_.tools.clear();
    if (cuts("functions", !rest_.functions.empty())) rest_.functions.clear();
    const bool has_tools = !rest_.tools.empty() || !rest_.functions.empty();
    const bool chooses = rest_.tool_choice.kind != chat::ToolChoiceKind::kUnset;
    if (cuts("tool_choice", chooses) || !has_tools) rest_.tool_choice = {};
    const bool has_format = rest_.response_format.kind != chat::ResponseFormatKind::kUnset;
    if (cuts("response_format", has_format)) rest_.response_format = {};
    if (cuts("n", rest_.n != 1)) rest_.n = 1;
  }

  [[nodiscard]] const chat::Request& rest() const { return rest_; }
  [[nodiscard]] Drops& drops() { return drops_; }

 private:
  [[nodiscard]] bool is_named(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

  bool cuts(std::string_view name, bool is_there) {
    if (!is_there || !is_named(name)) return false;
    drops_.add(name);
    return true;
  }

  void cut_from(std::vector<chat::Parameter>& parameters) {
    const auto is_cut = [this](const chat::Parameter& parameter) {
      if (!is_named(parameter.name)) return false;
      if (!asks_for_nothing(parameter)) drops_.add(parameter.name);
      return true;
    };
    parameters.erase(std::remove_if(parameters.begin(), parameters.end(), is_cut), parameters.end());
  }

  chat::Request rest_;
  const std::vector<std::string>& names_;
  Drops drops_;
};

}  // namespace

bool is_left_out(const EncodeOptions& options, std::string_view parameter) {
  const std::vector<std::string>* names = options.contract.dropped;
  return names != nullptr && std::find(names->begin(), names->end(), parameter) != names->end();
}

Result<EncodedRequest> encode_what_is_taken(const chat::Request& request, const EncodeOptions& options,
                                            FunctionRef<Result<EncodedRequest>(const chat::Request& request)> encode) {
  if (options.contract.dropped == nullptr) return encode(request);
  Cutter cutter(request, *options.contract.dropped);
  cutter.cut();
  std::optional<Error> refusal = options.strict ? cutter.drops().refusal() : std::nullopt;
  if (refusal) return *std::move(refusal);
  Result<EncodedRequest> encoded = encode(cutter.rest());
  if (!encoded) return encoded;
  for (const std::string& name : encoded->dropped) cutter.drops().add(name);
  encoded->dropped = cutter.drops().take();
  return encoded;
}

}  // namespace onellm::dialects
