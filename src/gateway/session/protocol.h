// The boundary between the core and the shim (the JavaScript around it): numbers and payloads of events and commands.
//
// Rule: worker/protocol.js repeats the numbers; a test compares the two.
//
// A *head* is text: a first line, then `name: value` lines with lower-case names, LF between lines and none at the end.
// First lines: `POST /v1/chat/completions?x=1` (request from the client), `POST https://…` (request to an upstream),
// `200` (a reply, in both directions).
#pragma once

#include <cstdint>

namespace onellm::gateway {

// Raised with every change that an older shim would misunderstand.
inline constexpr uint32_t kProtocolVersion = 8;

// The longest body that kReadWhole delivers in one piece, with kFetchEnd. The shim keeps such a body for kSendFetched.
// A longer body comes in pieces, as kFetchBytes, and the shim keeps nothing of it.
inline constexpr uint32_t kKeptBodyBytesMax = 64 * 1024;

// The id of kPause and kResume for the body of the client's request. Fetches have other ids.
inline constexpr uint32_t kClientBody = 0;
// The id of kRequestEnd if the body ends because it is not in the format that kReadRequest named.
inline constexpr uint32_t kBrokenBody = 1;

// What happened. Every event carries the time in milliseconds since 1970.
enum class EventKind : uint32_t {
  kRequest = 1,        // payload: head of the client's request, with the headers named by request_headers()
  kRequestBytes = 2,   // payload: bytes of its body
  kRequestEnd = 3,     // its body is complete, or cannot be expanded (id: kBrokenBody). payload: the last bytes of it,
                       // possibly all or none
  kFetchHead = 4,      // id, payload: head of an upstream's reply, with the headers named by reply_headers()
  kFetchBytes = 5,     // id, payload: bytes of its body. If it is relayed: a copy of what the client got
  kFetchEnd = 6,       // id: the body is complete. payload: the last bytes of it, possibly all or none
  kFetchFailed = 7,    // id: no connection, or the connection broke
  kKvValue = 8,        // id, payload: the value read
  kKvMissing = 9,      // id: no such key, or KV could not be read
  kTimer = 10,         // the timer went off
  kClientGone = 11,    // the client left; end everything that is open
  kObjectReply = 12,   // id, payload: the result of a Durable Object's method
  kObjectFailed = 13,  // id: the method threw, or the object could not be reached. payload: the message of that, if any
  kClientReady = 14,   // the client has taken what kSendBytes with number 1 sent
  kRandomBytes = 15,   // id, payload: the bytes that kReadRandom wanted
  kHeaders = 16,       // id, payload: the head that kReadHeaders wanted; its first line is empty
};

// What the shim must do. It takes the commands one by one, in order.
enum class CommandKind : uint32_t {
  kReadRequest = 1,   // read the client's body: kRequestBytes…, kRequestEnd. number: the most bytes to read. Of a
                      // longer body deliver one byte more. head: the format that it is compressed in, `gzip` or
                      // `deflate`, to be expanded first. Empty: none
  kFetch = 2,         // id, head, body: call an upstream. kFetchHead or kFetchFailed follows. number 1: no other call
                      // goes on without it, so aborting it only together with the client's request is enough
  kReadStream = 3,    // id: deliver the reply's body as it comes
  kReadWhole = 4,     // id, number: deliver the reply's body, at most that many bytes and one more, in as few
                      // pieces as kKeptBodyBytesMax allows
  kRelay = 5,         // id: pipe the rest of the body to the client unchanged, and deliver copies
  kPause = 6,         // id: deliver nothing more for now. kClientBody: of the body of the client's request
  kResume = 7,        // id: deliver again
  kAbortFetch = 8,    // id: cancel it; no event of it follows. number 1, if it is relayed: first deliver the copies of
                      // what the client got, then kFetchFailed
  kReadKv = 9,        // id, head: the key. kKvValue or kKvMissing follows
  kSendHead = 10,     // head: the reply to the client
  kSendBytes = 11,    // body: bytes of its body. number 1: more bytes wait in the core, so send kClientReady;
                      // deliver timers meanwhile
  kSendFetched = 12,  // id: send the body that kReadWhole delivered in one piece
  kSendEnd = 13,      // the reply is complete
  kSendAbort = 14,    // break the connection so that the client sees it. number 1: at once: the client does not read
  kSetTimer = 15,     // number: milliseconds from now; replaces an earlier timer; 0: none
  kWriteRecord = 16,  // head: JSON of an Analytics Engine data point
  kLog = 17,          // head: a line for the console. number: 1 an error, 2 a warning, 3 information, 4 for debugging
  kWriteKv = 18,      // head: the key, body: the value, number: seconds until it expires. Do not wait for it
  kFlushLedger = 19,  // number: after how many ms to call onellm_ledger_take and give its rows to the ledger
                      // object; 0: now. It may take longer than the reply; do not wait for it
  kCallObject = 20,   // id, head: `BINDING object method`, body: the argument. kObjectReply or kObjectFailed follows
  kReadRandom = 21,   // id, number: how many bytes that nobody can predict. kRandomBytes follows
  kReadHeaders = 22,  // id, head: names, separated by LF, of headers of the client's request that are rarely needed. A
                      // name that begins with `cf.` is that of a member of `request.cf`. kHeaders follows
  kTellObject = 23,   // number, head, body: as kCallObject, but try so often until it succeeds. It may take longer than
                      // the reply; do not wait for it
};

// One command in memory. All fields have 32 bits. Pointers are valid until the next call of the module.
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
