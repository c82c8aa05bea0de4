#include "gateway/http/reply.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

#include "base/limits.h"
#include "dialects/clients.h"
#include "gateway/accounting/call_end.h"
#include "gateway/accounting/sessions/client_session.h"
#include "providers/rate_limits.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kExposedHeaders =
    "x-request-id, x-onellm-provider, x-onellm-model, x-onellm-attempts, x-onellm-upstream-status, "
    "x-onellm-dropped, x-onellm-cost, x-onellm-estimated, x-onellm-max-tokens, "
    "x-onellm-key-remaining-usd, server-timing, retry-after, retry-after-ms, x-should-retry, "
    "x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests, "
    "x-ratelimit-limit-tokens, x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens";

std::string join_lines(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += '\n';
    out += name;
  }
  return out;
}

// The paths of clients that speak the dialect of these providers, each after a space.
std::string paths_of(const providers::Kind& kind, dialects::ClientRoutes clients) {
  std::string out;
  for (const dialects::ClientRoute& client : clients) {
    if (kind.dialect == nullptr || client.dialect->id() != kind.dialect->id()) continue;
    out.append(" ").append(client.path);
    const std::string_view other = dialects::without_version(client.path);
    if (other != client.path) out.append(" ").append(other);
  }
  return out;
}

void add_new(std::vector<std::string_view>& names, std::span<const std::string_view> more) {
  for (const std::string_view name : more) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

std::string request_headers() {
  std::vector<std::string_view> names = {
      "authorization",    "x-api-key",      "api-key",         "content-length",
      "content-encoding", "x-onellm-merge", "x-onellm-strict", "access-control-request-headers",
      "cf-ipcountry",     "cf-ray"};
  const std::span<const std::string_view> of_sessions = session_headers();
  names.insert(names.end(), of_sessions.begin(), of_sessions.end());
  for (const providers::Kind* kind : providers::kinds()) {
    add_new(names, kind->client_headers);
    add_new(names, kind->own_client_headers);
  }
  std::string lines = join_lines(names);
  for (const providers::Kind* kind : providers::kinds()) {
    for (const std::string_view name : kind->own_client_headers) {
      const std::string line = "\n" + std::string(name);
      const size_t at = name.ends_with('*') ? lines.find(line) : lines.npos;
      if (at != lines.npos) lines.insert(at + line.size(), paths_of(*kind, dialects::client_routes()));
    }
  }
  return lines;
}

std::string reply_headers() {
  std::vector<std::string_view> names = {"content-type"};
  const auto add = [&names](std::span<const providers::PassedHeader> headers) {
    for (const providers::PassedHeader& header : headers) add_new(names, {{header.theirs}});
  };
  add(providers::retry_headers());
  add(providers::compatible_kind().rate_limits);
  for (const providers::Kind* kind : providers::kinds()) {
    add(kind->rate_limits);
    add_new(names, {{kind->request_id_header}});
    add_new(names, kind->own_reply_headers);
  }
  return join_lines(names);
}

}  // namespace

HeadWriter reply_head(const Context& context, int status, std::string_view providers_id) {
  HeadWriter head(std::to_string(status));
  head.add("x-request-id", context.request_id);
  if (const std::string_view name = context.client->request_id_header(); !name.empty()) {
    head.add(name, providers_id.empty() ? context.request_id : providers_id);
  }
  head.add_plain("access-control-allow-origin", "*");
  if (const std::string_view own = context.client->exposed_headers(); own.empty()) {
    head.add_plain("access-control-expose-headers", kExposedHeaders);
  } else {
    head.add_plain("access-control-expose-headers", std::string(kExposedHeaders).append(", ").append(own));
  }
  for (const auto& [name, value] : context.key_use.headers) head.add(name, value);
  return head;
}

HeadWriter error_head(const Context& context, const Error& error, std::string_view providers_id) {
  return reply_head(context, context.client->status_for(error), providers_id);
}

// https://www.w3.org/TR/server-timing/#the-server-timing-header-field
void send_head(Context& context, HeadWriter head) {
  const WaitMeter& wait = context.account.upstream_wait;
  if (wait.asked()) {
    const auto upstream_ms = static_cast<int64_t>(wait.total_ms(context.now_ms));
    const auto gateway_ms = static_cast<int64_t>(context.now_ms - context.started_ms) - upstream_ms;
    head.add("server-timing",
             "upstream;dur=" + std::to_string(upstream_ms) + ", gateway;dur=" + std::to_string(gateway_ms));
  }
  std::string text = head.take();
  std::from_chars(text.data(), text.data() + text.size(), context.account.status);
  context.commands.add({.kind = CommandKind::kSendHead, .head = std::move(text)});
}

void send_whole(Context& context, HeadWriter head, std::string_view content_type, std::string body) {
  head.add_plain("content-type", content_type);
  send_head(context, std::move(head));
  if (context.request.method == "HEAD") body.clear();
  send_whole_body(context, std::move(body));
}

void send_json(Context& context, HeadWriter head, std::string body) {
  send_whole(context, std::move(head), "application/json", std::move(body));
}

void send_whole_body(Context& context, std::string body) {
  if (body.size() > kReplyPieceBytes) {
    context.unsent_reply.begin(std::move(body));
    return send_next_piece(context);
  }
  if (!body.empty()) {
    Command bytes{.kind = CommandKind::kSendBytes};
    bytes.body.add_owned(std::move(body));
    context.commands.add(std::move(bytes));
  }
  context.commands.add(CommandKind::kSendEnd);
}

void send_next_piece(Context& context) {
  if (!context.unsent_reply.waits()) return;
  Command bytes{.kind = CommandKind::kSendBytes};
  bytes.body.add_view(context.unsent_reply.next_piece());
  bytes.number = context.unsent_reply.waits() ? 1 : 0;
  context.commands.add(std::move(bytes));
  if (!context.unsent_reply.waits()) context.commands.add(CommandKind::kSendEnd);
}

void add_retry_after(HeadWriter& head, double wait_ms) {
  const auto whole_ms = static_cast<int64_t>(std::ceil(wait_ms));
  head.add("retry-after", std::to_string((whole_ms + 999) / 1000));
  head.add("retry-after-ms", std::to_string(whole_ms));
}

void send_error(Context& context, const Error& error) { send_error(context, error_head(context, error), error); }

void send_error(Context& context, HeadWriter head, const Error& error, std::string_view providers_id) {
  context.account.error_code = recorded_code(error);
  std::string body;
  context.client->encode_error(error, providers_id.empty() ? context.request_id : providers_id, body);
  send_whole(context, std::move(head), context.client->reply_content_type(), std::move(body));
}

void send_preflight(Context& context, const Head& request) {
  HeadWriter head = reply_head(context, 204);
  head.add("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS");
  const std::string_view asked = request.header("access-control-request-headers");
  head.add("access-control-allow-headers", asked.empty() ? "authorization, content-type" : asked);
  head.add("access-control-max-age", "86400");
  head.add("vary", "access-control-request-headers");
  send_head(context, std::move(head));
  context.commands.add(CommandKind::kSendEnd);
}

const std::string& wanted_request_headers() {
  static const std::string names = request_headers();
  return names;
}

const std::string& wanted_reply_headers() {
  static const std::string names = reply_headers();
  return names;
}

std::vector<providers::Header> passed_headers(const providers::Kind& kind, const Head& reply, bool is_own_dialect,
                                              double now_ms) {
  std::vector<providers::Header> passed;
  for (const auto& headers : {providers::retry_headers(), kind.rate_limits}) {
    for (const providers::PassedHeader& header : headers) {
      const std::string_view value = reply.header(header.theirs);
      // Programs read these values. A value that is cut would mean something else, so a long one is left out.
      if (value.size() > kPassedHeaderBytesMax) continue;
      std::string ours = header.is_time ? providers::time_until(value, now_ms) : std::string(value);
      if (!ours.empty()) passed.emplace_back(header.ours, std::move(ours));
    }
  }
  if (!is_own_dialect || kind.own_reply_headers.empty()) return passed;
  reply.each([&](std::string_view name, std::string_view value) {
    if (value.size() > kPassedHeaderBytesMax || value.empty()) return;
    if (is_named(kind.own_reply_headers, name)) passed.emplace_back(name, value);
  });
  return passed;
}

void pass_retry_after(const Error& error, std::vector<providers::Header>& passed) {
  static constexpr std::string_view kRetryAfter = "retry-after";
  const auto is_retry_after = [](const providers::Header& header) { return header.first == kRetryAfter; };
  if (error.retry_after_s == 0 || std::any_of(passed.begin(), passed.end(), is_retry_after)) return;
  passed.emplace_back(kRetryAfter, std::to_string(error.retry_after_s));
}

}  // namespace onellm::gateway
