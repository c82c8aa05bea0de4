#include "gateway/chat/request/wishes.h"

#include <optional>
#include <string>
#include <utility>

#include "dialects/clients.h"
#include "gateway/http/head.h"

namespace onellm::gateway {

namespace {

Error bad(std::string param, std::string message) {
  return {.kind = ErrorKind::kBadRequest, .message = std::move(message), .param = std::move(param)};
}

}  // namespace

Result<MergeMode> read_merge(const chat::Request& request, const Context& context) {
  const bool in_body = !request.options.merge.empty();
  const std::string name =
      in_body ? request.options.merge : std::string(Head(context.request.head).header("x-onellm-merge"));
  if (name.empty()) return MergeMode::kConcat;
  const std::optional<MergeMode> mode = merge_mode(name);
  if (!mode) {
    return bad(in_body ? "onellm.merge" : "x-onellm-merge", "The merge mode must be concat, choices or race.");
  }
  if (*mode == MergeMode::kChoices && !context.client->has_choices()) {
    const std::string_view path = dialects::path_with_choices(dialects::client_routes());
    return bad("onellm.merge", "onellm.merge: choices needs " + std::string(path));
  }
  return *mode;
}

Result<bool> read_strict(const chat::Request& request, const Context& context) {
  if (request.options.strict) return *request.options.strict;
  const Head head(context.request.head);
  const std::string_view value = head.header("x-onellm-strict");
  if (value.empty() || value == "0" || value == "false") return false;
  if (value == "1" || value == "true") return true;
  return bad("x-onellm-strict", "The header x-onellm-strict must be 1 or 0.");
}

}  // namespace onellm::gateway
