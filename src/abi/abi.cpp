#include "abi/abi.h"

#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/assert.h"
#include "gateway/gateway.h"
#include "gateway/http/failure_replies.h"
#include "gateway/http/reply.h"
#include "gateway/session/session.h"

namespace {

using onellm::gateway::Command;
using onellm::gateway::CommandRecord;
using onellm::gateway::EventKind;
using onellm::gateway::Session;

// Everything that one instance of the module holds. JavaScript calls it from one thread.
struct Instance {
  onellm::gateway::Gateway gateway;
  std::unordered_map<uint32_t, std::unique_ptr<Session>> sessions;
  uint32_t last_session = 0;
  std::string settings;
  std::string ledger_rows;
  CommandRecord record{};
  std::vector<uint32_t> pieces;  // The pieces of record.body: pointer, bytes, pointer, bytes …
};

Instance& instance() {
  static Instance* const the_instance = new Instance;  // Never destroyed: the module never ends.
  return *the_instance;
}

Session* find_session(uint32_t handle) {
  const auto found = instance().sessions.find(handle);
  return found == instance().sessions.end() ? nullptr : found->second.get();
}

uint32_t address_of(const void* pointer) { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pointer)); }

bool is_event_kind(uint32_t kind) {
  return kind >= static_cast<uint32_t>(EventKind::kRequest) && kind <= static_cast<uint32_t>(EventKind::kHeaders);
}

// Writes the next command of a session to `record`. Returns 0 if there is none for now.
uint32_t next_record(Session& session) {
  const Command* const command = session.next();
  if (command == nullptr) return 0;
  Instance& here = instance();
  here.pieces.clear();
  for (const std::string_view piece : command->body.pieces()) {
    here.pieces.push_back(address_of(piece.data()));
    here.pieces.push_back(static_cast<uint32_t>(piece.size()));
  }
  here.record = {.kind = static_cast<uint32_t>(command->kind),
                 .id = command->id,
                 .number = command->number,
                 .head = address_of(command->head.data()),
                 .head_bytes = static_cast<uint32_t>(command->head.size()),
                 .body = address_of(here.pieces.data()),
                 .body_pieces = static_cast<uint32_t>(command->body.pieces().size())};
  return address_of(&here.record);
}

}  // namespace

uint32_t onellm_protocol_version() { return onellm::gateway::kProtocolVersion; }

const char* onellm_request_headers() { return onellm::gateway::wanted_request_headers().c_str(); }

const char* onellm_reply_headers() { return onellm::gateway::wanted_reply_headers().c_str(); }

const char* onellm_failure_replies() {
  static const std::string replies = onellm::gateway::failure_replies(instance().gateway.clients());
  return replies.c_str();
}

char* onellm_settings_input(uint32_t bytes) {
  instance().settings.resize(bytes);
  return instance().settings.data();
}

void onellm_configure(uint32_t bytes) {
  ONELLM_ASSERT(bytes == instance().settings.size());
  instance().gateway.configure(instance().settings);
  std::string().swap(instance().settings);  // `= {}` would keep the memory.
}

uint32_t onellm_open(uint32_t random0, uint32_t random1, uint32_t random2, uint32_t random3) {
  uint32_t handle = ++instance().last_session;
  while (handle == 0 || instance().sessions.contains(handle)) handle = ++instance().last_session;
  instance().sessions[handle] =
      std::make_unique<Session>(instance().gateway, std::array<uint32_t, 4>{random0, random1, random2, random3});
  return handle;
}

char* onellm_input(uint32_t session, uint32_t event_kind, uint32_t /*id*/, uint32_t bytes) {
  Session* const found = find_session(session);
  if (found != nullptr && is_event_kind(event_kind)) return found->input(static_cast<EventKind>(event_kind), bytes);
  // The session is gone, so these bytes are not read. They are written here and freed by the next onellm_event().
  instance().settings.resize(bytes);
  return instance().settings.data();
}

uint32_t onellm_event(uint32_t session, uint32_t event_kind, uint32_t id, double now_ms, uint32_t /*bytes*/) {
  Session* const found = find_session(session);
  if (found == nullptr || !is_event_kind(event_kind)) {
    std::string().swap(instance().settings);  // `= {}` would keep the memory.
    return 0;
  }
  found->on_event(static_cast<EventKind>(event_kind), id, now_ms);
  return next_record(*found);
}

uint32_t onellm_next(uint32_t session) {
  Session* const found = find_session(session);
  return found == nullptr ? 0 : next_record(*found);
}

void onellm_close(uint32_t session) { instance().sessions.erase(session); }

const char* onellm_ledger_take(uint32_t timed) {
  instance().ledger_rows = instance().gateway.take_ledger(timed != 0);
  return instance().ledger_rows.c_str();
}

#ifdef ONELLM_DEBUG_EXPORTS
void onellm_debug_trap() { __builtin_trap(); }

uint32_t onellm_debug_memory_held() { return static_cast<uint32_t>(instance().gateway.memory().held_bytes()); }
#endif
