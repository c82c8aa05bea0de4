#include "gateway/upstream/head.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "gateway/http/head.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kIdempotencyKey = "idempotency-key";

bool is_in_list(std::string_view list, std::string_view item) {
  const std::vector<std::string_view> items = split(list, ',');
  return std::find(items.begin(), items.end(), item) != items.end();
}

// Sets a header; a later value replaces an earlier one. Lists of features to switch on are joined instead, because the
// client, the settings and the encoder may each add some.
void set_header(std::vector<providers::Header>& headers, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  for (auto& [known, kept] : headers) {
    if (known != name) continue;
    if (!name.ends_with("-beta")) {
      kept = value;
    } else if (!is_in_list(kept, value)) {
      kept.append(",").append(value);
    }
    return;
  }
  headers.emplace_back(name, value);
}

bool is_any_of(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The headers of a client that speaks the provider's dialect.
void set_own_headers(std::vector<providers::Header>& headers, const providers::Kind& kind, const Caller& caller,
                     const Head& client) {
  client.each([&](std::string_view name, std::string_view value) {
    if (!caller.is_master && is_any_of(kind.account_headers, name)) return;
    if (is_any_of(kind.client_headers, name) || is_any_of(kind.withheld_headers, name)) return;
    if (is_named(kind.own_client_headers, name)) set_header(headers, name, value);
  });
}

}  // namespace

std::string upstream_head(const providers::Provider& provider, const providers::Endpoint& endpoint,
                          const std::vector<providers::Header>& of_body, RequestOrigin origin, const Context& context) {
  std::vector<providers::Header> headers = {{"content-type", "application/json"}};
  const Head client(context.request.head);
  for (const std::string_view name : provider.kind->client_headers) {
    if (name == kIdempotencyKey && !origin.has_idempotency_key) continue;
    if (!context.caller.is_master && is_any_of(provider.kind->account_headers, name)) continue;
    set_header(headers, name, client.header(name));
  }
  for (const auto& [name, value] : endpoint.headers) set_header(headers, name, value);
  if (origin.is_own_dialect) set_own_headers(headers, *provider.kind, context.caller, client);
  for (const auto& [name, value] : of_body) set_header(headers, name, value);
  HeadWriter head("POST " + endpoint.url);
  for (const auto& [name, value] : headers) head.add(name, value);
  return head.take();
}

}  // namespace onellm::gateway
