// What crosses the boundary between the core and the shim: the numbers of events and commands, and
// the shape of their payloads. worker/protocol.js repeats the numbers; a test compares the two.
//
// A *head* is text: a first line, then `name: value` lines with lower-case names, LF between lines and
// none at the end. First lines: `POST /v1/chat/completions?x=1` (request to us), `POST https://…`
// (request to an upstream), `200` (a reply, either way).
#pragma once

#include <cstdint>

namespace onellm::gateway {

// Raised with every change that an old shim would misunderstand.
inline constexpr uint32_t kProtocolVersion = 4;

// A body that kReadWhole asks for and that is no longer than this comes with kFetchEnd in one, and the shim keeps it
// for kSendFetched. A longer one comes in pieces, as kFetchBytes, and the shim keeps nothing of it.
inline constexpr uint32_t kKeptBodyBytesMax = 64 * 1024;

// What happened. Every event carries the time in milliseconds since 1970.
enum class EventKind : uint32_t {
  kRequest = 1,        // payload: head of the client's request, with the headers named by request_headers()
  kRequestBytes = 2,   // payload: bytes of its body
  kRequestEnd = 3,     // its body is complete. payload: the last bytes of it, maybe all or none
  kFetchHead = 4,      // id, payload: head of an upstream's reply, with the headers named by reply_headers()
  kFetchBytes = 5,     // id, payload: bytes of its body. Of a relayed one: a copy of what the client got
  kFetchEnd = 6,       // id: the body is complete. payload: the last bytes of it, maybe all or none
  kFetchFailed = 7,    // id: no connection, or it broke
  kKvValue = 8,        // id, payload: the value read
  kKvMissing = 9,      // id: no such key, or KV could not be read
  kTimer = 10,         // the timer went off
  kClientGone = 11,    // nobody reads the reply any more; whatever is open is to be ended
  kObjectReply = 12,   // id, payload: what the method of a Durable Object gave
  kObjectFailed = 13,  // id: it threw, or the object could not be reached
  kClientReady = 14,   // the client has taken what was sent with kSendBytes and number 1
};

// What the shim is to do. Commands are taken one by one, in order.
enum class CommandKind : uint32_t {
  kReadRequest = 1,   // read the client's body: kRequestBytes…, kRequestEnd. number: most bytes to read; one
                      // more byte is delivered of a longer body
  kFetch = 2,         // id, head, body: call an upstream. kFetchHead or kFetchFailed follows. number 1: no other call
                      // goes on without it, so it may be left to end with the client's request
  kReadStream = 3,    // id: deliver the reply's body as it comes
  kReadWhole = 4,     // id, number: deliver the reply's body, at most that many bytes of it (and one), in as few
                      // pieces as kKeptBodyBytesMax allows
  kRelay = 5,         // id: pipe the rest of the body to the client as it is, and deliver copies
  kPause = 6,         // id: deliver nothing more for now
  kResume = 7,        // id: go on
  kAbortFetch = 8,    // id: cancel it; no event of it follows. number 1, of one that is relayed: deliver the copies of
                      // what the client got, then kFetchFailed
  kReadKv = 9,        // id, head: the key. kKvValue or kKvMissing follows
  kSendHead = 10,     // head: the reply to the client
  kSendBytes = 11,    // body: bytes of its body. number 1: more of it waits here, so kClientReady is wanted;
                      // time goes on for it meanwhile
  kSendFetched = 12,  // id: send the body as it is that kReadWhole delivered in one
  kSendEnd = 13,      // the reply is complete
  kSendAbort = 14,    // break the connection so that the client sees it. number 1: at once, since it does not read
  kSetTimer = 15,     // number: milliseconds from now; replaces an earlier timer; 0: none
  kWriteRecord = 16,  // head: JSON of an Analytics Engine data point
  kLog = 17,          // head: a line for the console. number: 1 an error, 2 a warning, 3 information, 4 for debugging
  kWriteKv = 18,      // head: the key, body: the value, number: seconds until it expires. Nothing waits for it
  kFlushLedger = 19,  // number: in how many ms onellm_ledger_take is to be called and its rows given to the
                      // ledger object; 0: now. Outlives the reply, and nothing waits for it
  kCallObject = 20,   // id, head: `BINDING object method`, body: the argument. kObjectReply or kObjectFailed follows
};

// One command as it lies in memory, all fields 32 bit. Pointers are valid until the next call.
struct CommandRecord {
  uint32_t kind;
  uint32_t id;
  uint32_t number;
  uint32_t head;  // Pointer
  uint32_t head_bytes;
  uint32_t body;  // Pointer to `body_pieces` pairs of (pointer, bytes)
  uint32_t body_pieces;
};

}  // namespace onellm::gateway
