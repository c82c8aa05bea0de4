// The functions that WebAssembly exports: the whole boundary between the core and the shim (the JavaScript around it).
// Depends on gateway/gateway.h and gateway/session.
//
// Rule: No other folder knows WebAssembly. JavaScript calls these functions; they never call JavaScript and never
// throw.
//
// A session is one client request. Open it, pass events in and take commands out, then close it. It ends when the shim
// has carried out kSendEnd or kSendAbort, or when the client is gone and no command is left.
//
//   handle = onellm_open(r0, r1, r2, r3)
//   each event:  p = onellm_input(handle, kind, id, bytes); write the payload at p;
//                record = onellm_event(handle, kind, id, now_ms, bytes);
//                while (record != 0) { carry it out (copy what it points to first); record = onellm_next(handle) }
//   onellm_close(handle)
//
// Pointers are valid until the next call of any of these functions, because the memory may grow and move. The shim must
// make new views after every call. An event for a closed session does nothing.
#pragma once

#include <cstdint>

extern "C" {

// kProtocolVersion of gateway/session/protocol.h; the shim refuses to work with another one.
uint32_t onellm_protocol_version();

// Names of the headers that the core needs from client requests and from upstream replies: lower case, separated by LF,
// ended by NUL.
const char* onellm_request_headers();
const char* onellm_reply_headers();

// The replies that the shim sends when the core has broken down (failure_replies in gateway/http/failure_replies.h):
// JSON, ended by NUL. Copy it at start.
const char* onellm_failure_replies();

// onellm_settings_input() returns where to write `bytes` bytes of settings; then onellm_configure() reads them
// (read_settings in routing/settings/settings.h describes the format). Once per instance, before the first session.
char* onellm_settings_input(uint32_t bytes);
void onellm_configure(uint32_t bytes);

// Opens a session and returns its handle, which is never 0. The four numbers are random: ids and jitter come from them.
uint32_t onellm_open(uint32_t random0, uint32_t random1, uint32_t random2, uint32_t random3);

// Returns where to write the `bytes` bytes of payload of this session's next event. Bytes of a request body stay there.
// Not needed for 0 bytes.
char* onellm_input(uint32_t session, uint32_t event_kind, uint32_t id, uint32_t bytes);

// Reports an event (gateway/session/protocol.h) whose `bytes` bytes were written where onellm_input() said. Returns the
// first command, like onellm_next().
uint32_t onellm_event(uint32_t session, uint32_t event_kind, uint32_t id, double now_ms, uint32_t bytes);

// Returns the next command, a CommandRecord of gateway/session/protocol.h, or 0 if there is none for now.
uint32_t onellm_next(uint32_t session);

// Frees all that the session owns.
void onellm_close(uint32_t session);

// Returns the rows of the ledger since the last call (gateway/accounting/ledger.h) as JSON, ended by NUL; empty: no
// rows. `timed`: not 0 if kFlushLedger asked for this call with a delay.
const char* onellm_ledger_take(uint32_t timed);

#ifdef ONELLM_DEBUG_EXPORTS
// Only in the module for tests. The first traps, as a bug would. The second returns the bytes that the open sessions
// hold.
void onellm_debug_trap();
uint32_t onellm_debug_memory_held();
#endif

}  // extern "C"
