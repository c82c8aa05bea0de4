// The functions that WebAssembly exports: the whole boundary between the core and the shim. No other
// folder knows of it. wasm never calls JavaScript; JavaScript calls these, and nothing here throws.
//
// A session is one client request. Its life: open, then events in and commands out until the shim has
// carried out kSendEnd or kSendAbort (or the client is gone and has no command left), then close.
//
//   handle = onellm_open(r0, r1, r2, r3)
//   each event:  p = onellm_input(handle, kind, id, bytes); write the payload at p;
//                record = onellm_event(handle, kind, id, now_ms, bytes);
//                while (record != 0) { carry it out (copy what it points to first); record = onellm_next(handle) }
//   onellm_close(handle)
//
// Pointers are valid until the next call of any of these functions, since memory may grow and move:
// the shim makes its views anew after every call. An event for a session that was closed does nothing.
#pragma once

#include <cstdint>

extern "C" {

// kProtocolVersion of gateway/session/protocol.h; the shim refuses to work with another one.
uint32_t onellm_protocol_version();

// Names of the headers that the core wants of client requests and of upstream replies: lower case, LF
// between them, ended by NUL.
const char* onellm_request_headers();
const char* onellm_reply_headers();

// Where `bytes` bytes of settings are to be written, then the call that reads them (read_settings of
// routing/settings/settings.h says what they look like). Once for every instance, before the first session.
char* onellm_settings_input(uint32_t bytes);
void onellm_configure(uint32_t bytes);

// Opens a session. The four numbers are random: ids and jitter come from them. Never 0.
uint32_t onellm_open(uint32_t random0, uint32_t random1, uint32_t random2, uint32_t random3);

// Where the payload of the next event of this session is to be written, `bytes` of it. Of request
// bytes that is their final place. 0 bytes need no call.
char* onellm_input(uint32_t session, uint32_t event_kind, uint32_t id, uint32_t bytes);

// Something happened (gateway/session/protocol.h); `bytes` bytes were written where onellm_input said. Gives the first
// command, as onellm_next does.
uint32_t onellm_event(uint32_t session, uint32_t event_kind, uint32_t id, double now_ms, uint32_t bytes);

// The next command, a CommandRecord of gateway/session/protocol.h, or 0 when there is none for now.
uint32_t onellm_next(uint32_t session);

// Frees all that the session owns.
void onellm_close(uint32_t session);

// The rows of the ledger since the last call (gateway/accounting/ledger.h), JSON ended by NUL; empty: none.
// `timed`: not 0 where kFlushLedger gave a time other than now.
const char* onellm_ledger_take(uint32_t timed);

// How many sessions are open: an instance without any may be dropped.
uint32_t onellm_open_sessions();

#ifdef ONELLM_DEBUG_EXPORTS
// Only in the module that the tests use. The first traps, as a bug would; the other gives the bytes that the
// open sessions hold.
void onellm_debug_trap();
uint32_t onellm_debug_memory_held();
#endif

}  // extern "C"
