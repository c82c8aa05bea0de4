#include "gateway/upstream/head.h"

#include <string_view>

#include "gateway/http/head.h"

namespace onellm::gateway {

namespace {

// Sets a header; a later value replaces an earlier one. Lists of features to switch on are joined instead, because the
// client, the settings and the encoder may each add some.
void set_header(std::vector<providers::Header>& headers, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  for (auto& [known, kept] : headers) {
    if (known != name) continue;
    if (name.ends_with("-beta")) {
      kept.append(",").append(value);
    } else {
      kept = value;
    }
    return;
  }
  headers.emplace_back(name, value);
}

}  // namespace

std::string upstream_head(const providers::Provider& provider, const providers::Endpoint& endpoint,
                          const std::vector<providers::Header>& of_body, bool with_idempotency_key,
                          const Context& context) {
  std::vector<providers::Header> headers = {{"content-type", "application/json"}};
  const Head client(context.request.head);
  for (const std::string_view name : provider.kind->client_headers) {
    if (name == "idempotency-key" && !with_idempotency_key) continue;
    set_header(headers, name, client.header(name));
  }
  for (const auto& [name, value] : endpoint.headers) set_header(headers, name, value);
  for (const auto& [name, value] : of_body) set_header(headers, name, value);
  HeadWriter head("POST " + endpoint.url);
  for (const auto& [name, value] : headers) head.add(name, value);
  return head.take();
}

}  // namespace onellm::gateway
