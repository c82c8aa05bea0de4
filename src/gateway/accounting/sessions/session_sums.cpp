#include "gateway/accounting/sessions/session_sums.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

void add_to(int64_t& sum, int64_t amount) {
  if (__builtin_add_overflow(sum, std::max<int64_t>(amount, 0), &sum)) sum = INT64_MAX;
}

}  // namespace

// Null: there is no room for another session. The last ones are searched first: a client that is at work sends often.
SessionSums::Session* SessionSums::session_of(const SessionRequest& request) {
  const auto is_it = [&](const Session& session) { return session.id == request.id && session.key == request.key; };
  const auto known = std::find_if(sessions_.rbegin(), sessions_.rend(), is_it);
  if (known != sessions_.rend()) return &*known;
  if (sessions_.size() >= kLedgerSessionsMax) return nullptr;
  Session& made = sessions_.emplace_back();
  made.key = request.key;
  made.id = request.id;
  made.first_ms = request.started_ms;
  return &made;
}

void SessionSums::add(const SessionRequest& request) {
  Session* const session = session_of(request);
  if (session == nullptr) return;
  add_to(session->requests, 1);
  add_to(session->prompt_tokens, request.prompt_tokens);
  add_to(session->completion_tokens, request.completion_tokens);
  add_to(session->cached_tokens, request.cached_tokens);
  add_to(session->cost_pico_usd, request.cost_pico_usd);
  session->first_ms = std::min(session->first_ms, request.started_ms);
  session->last_ms = std::max(session->last_ms, request.ended_ms);
  std::vector<std::string>& agents = session->agents;
  const bool is_new = !request.agent.empty() && std::find(agents.begin(), agents.end(), request.agent) == agents.end();
  if (is_new && agents.size() < kSessionAgentsMax) agents.emplace_back(request.agent);
}

void SessionSums::take(json::ObjectWriter& batch) {
  const std::vector<Session> sessions = std::exchange(sessions_, {});
  if (sessions.empty()) return;
  json::ArrayWriter array(batch.begin("sessions"));
  for (const Session& session : sessions) {
    json::ObjectWriter object(array.next());
    object.add_plain("key", session.key);
    object.add_plain("id", session.id);
    object.add("requests", session.requests);
    object.add("prompt_tokens", session.prompt_tokens);
    object.add("completion_tokens", session.completion_tokens);
    object.add("cached_tokens", session.cached_tokens);
    object.add("cost_pico_usd", session.cost_pico_usd);
    object.add("first_ms", session.first_ms);
    object.add("last_ms", session.last_ms);
    json::ArrayWriter agents(object.begin("agents"));
    for (const std::string& agent : session.agents) json::quote_to(agents.next(), agent);
  }
}

}  // namespace onellm::gateway
