// Plays the shim for the core: brings events, carries out commands on paper, and keeps the clock. What
// the client got, what was asked of upstreams and a transcript of all commands are there to be read.
//
// The rule that keeps this honest: it does what the shim does and no more. A command that no shim could
// carry out (bytes before a head, anything but clean-up after the end) fails the test at once.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gateway/gateway.h"
#include "gateway/session/protocol.h"
#include "gateway/session/session.h"

namespace onellm::gateway::test {

using Headers = std::map<std::string, std::string>;
using Json = nlohmann::json;

inline constexpr double kStartMs = 1'700'000'000'000;
inline constexpr const char* kClientKey = "client-key-of-the-gateway";
inline constexpr const char* kUpstreamKey = "upstream-key-of-openai";

inline Headers with_key(Headers more = {}) {
  more.emplace("authorization", std::string("Bearer ") + kClientKey);
  return more;
}

inline std::string head_text(const std::string& first_line, const Headers& headers) {
  std::string text = first_line;
  for (const auto& [name, value] : headers) text.append("\n").append(name).append(": ").append(value);
  return text;
}

struct ReadHead {
  std::string first_line;
  Headers headers;
};

inline ReadHead read_head(const std::string& text) {
  const Head head(text);
  ReadHead read{.first_line = std::string(head.first_line()), .headers = {}};
  std::string rest = text.substr(read.first_line.size());
  while (!rest.empty()) {
    rest.erase(0, 1);
    const std::string line = rest.substr(0, rest.find('\n'));
    rest.erase(0, line.size());
    const size_t colon = line.find(": ");
    EXPECT_NE(colon, std::string::npos) << "not a header line: " << line;
    if (colon != std::string::npos) read.headers[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return read;
}

// A call to an upstream, as the core ordered it.
struct Fetch {
  uint32_t id = 0;
  std::string url;
  Headers headers;
  std::string body;
  std::string whole;        // What was delivered of its reply.
  bool read_whole = false;  // All of it is wanted before anything is done with it.
  bool in_pieces = false;   // Such a reply was longer than what is kept for kSendFetched.
  bool relayed = false;
  bool paused = false;
  bool closed = false;  // Its events ended, or it was aborted.
  int aborts = 0;
};

// To read a call that was not made fails the test.
struct Fetches : std::deque<Fetch> {
  Fetch& operator[](size_t call) {
    EXPECT_LT(call, size()) << "there was no such call";
    if (call >= size()) resize(call + 1);
    return std::deque<Fetch>::operator[](call);
  }
};

// A method of a Durable Object that was called.
struct ObjectCall {
  uint32_t id = 0;
  std::string head;
  std::string argument;
};

struct KvWrite {
  std::string key;
  std::string value;
  uint32_t ttl_s = 0;
};

struct Reply {
  int status = 0;  // 0: no head yet.
  Headers headers;
  std::string body;
  bool ended = false;
  bool broken = false;  // The connection was broken on purpose.

  [[nodiscard]] Json json() const { return Json::parse(body, nullptr, false); }
  // A member of the error, as text; empty for null.
  [[nodiscard]] std::string error(const std::string& member) const {
    const Json whole = json();
    if (!whole.is_object() || !whole.contains("error") || !whole["error"].contains(member)) return "(absent)";
    const Json& value = whole["error"][member];
    return value.is_null() ? "" : value.is_string() ? value.get<std::string>() : value.dump();
  }
  [[nodiscard]] std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "(absent)" : found->second;
  }
};

class Driver {
 public:
  explicit Driver(Gateway& gateway, std::array<uint32_t, 4> seed = {1, 2, 3, 4}) : session_(gateway, seed) {}

  // --- the client ---
  void request(const std::string& first_line, const Headers& headers = with_key()) {
    event(EventKind::kRequest, 0, head_text(first_line, headers));
  }
  void send_body(std::string_view bytes) { event(EventKind::kRequestBytes, 0, bytes); }
  void end_body() { event(EventKind::kRequestEnd, 0, {}); }
  // A whole chat request, body and all: a short one comes with its end.
  Driver& chat(const std::string& body, const Headers& headers = with_key()) {
    request("POST " + chat_path, headers);
    if (body_wanted && !reply.ended) event(EventKind::kRequestEnd, 0, body);
    return *this;
  }
  Driver& chat(const Json& body, const Headers& headers = with_key()) { return chat(body.dump(), headers); }
  void client_gone() {
    gone_ = true;
    event(EventKind::kClientGone, 0, {});
  }

  // --- the upstreams, by the order in which they were called ---
  void head(size_t call, int status, const Headers& headers = {{"content-type", "text/event-stream"}}) {
    deliver(call, EventKind::kFetchHead, head_text(std::to_string(status), headers));
  }
  void bytes(size_t call, const std::string& bytes) { deliver(call, EventKind::kFetchBytes, bytes); }
  void end(size_t call) { deliver(call, EventKind::kFetchEnd, {}); }
  void fail(size_t call) { deliver(call, EventKind::kFetchFailed, {}); }
  // A reply that comes in one go.
  void answer(size_t call, int status, const std::string& body,
              const Headers& headers = {{"content-type", "application/json"}}) {
    head(call, status, headers);
    if (fetches[call].read_whole) return answer_whole(call, body);
    bytes(call, body);
    end(call);
  }
  // As the shim delivers a body that was read whole: a short one with its end, a long one in pieces.
  void answer_whole(size_t call, std::string_view body) {
    if (body.size() <= kKeptBodyBytesMax) return deliver(call, EventKind::kFetchEnd, body);
    fetches[call].in_pieces = true;
    for (size_t piece_bytes = kKeptBodyBytesMax; !body.empty(); piece_bytes = kPieceBytes) {
      deliver(call, EventKind::kFetchBytes, body.substr(0, piece_bytes));
      body.remove_prefix(std::min(piece_bytes, body.size()));
    }
    end(call);
  }
  void stream(size_t call, const std::string& events) {
    head(call, 200);
    bytes(call, events);
    end(call);
  }

  // --- KV and time ---
  void kv_value(size_t read, const std::string& value) { event(EventKind::kKvValue, kv_reads[read].first, value); }
  void kv_missing(size_t read) { event(EventKind::kKvMissing, kv_reads[read].first, {}); }
  void object_reply(size_t call, const std::string& value) {
    event(EventKind::kObjectReply, object_calls[call].id, value);
  }
  void object_failed(size_t call) { event(EventKind::kObjectFailed, object_calls[call].id, {}); }
  // Gives random bytes that were wanted, all of them `byte`.
  void random(size_t read, char byte) {
    event(EventKind::kRandomBytes, random_reads[read].first, std::string(random_reads[read].second, byte));
  }
  // Lets time pass; timers go off when they are due.
  void wait(double ms) {
    const double until = now_ms + ms;
    while (timer_due_ms_ != 0 && timer_due_ms_ <= until) {
      now_ms = std::exchange(timer_due_ms_, 0);
      event(EventKind::kTimer, 0, {});
    }
    now_ms = until;
  }
  void event(EventKind kind, uint32_t id, std::string_view payload) {
    session_.on_event(kind, id, now_ms, payload);
    while (const Command* command = session_.next()) carry_out(*command);
    for (const uint32_t stopped : std::exchange(stopped_, {})) {
      if (stops_relays && !std::exchange(fetch_of(stopped).closed, true)) event(EventKind::kFetchFailed, stopped, {});
    }
    for (const auto& [read, name] : std::exchange(header_reads, {})) {
      event(EventKind::kHeaders, read, "\n" + name + ": " + address);
    }
    if (more_waits && !reads_slowly) take_more();
  }
  // The client takes what was sent of a long reply.
  void take_more() {
    if (std::exchange(more_waits, false)) event(EventKind::kClientReady, 0, {});
  }

  [[nodiscard]] size_t calls() const { return fetches.size(); }
  [[nodiscard]] std::string transcript() const {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }

  std::string address = "203.0.113.5";  // Of the client, if the core asks for it.
  std::string chat_path = "/v1/chat/completions";
  double now_ms = kStartMs;
  Reply reply;
  Fetches fetches;
  std::vector<std::pair<uint32_t, std::string>> kv_reads;
  std::vector<KvWrite> kv_writes;
  std::vector<ObjectCall> object_calls;
  std::vector<std::pair<uint32_t, uint32_t>> random_reads;     // The id, and how many bytes.
  std::vector<std::pair<uint32_t, std::string>> header_reads;  // That were not answered yet.
  std::vector<ObjectCall> told_objects;                        // Whose answer nobody waits for; id: how often to try.
  std::vector<uint32_t> ledger_flushes;                        // In how many milliseconds each was wanted.
  std::vector<Json> records;
  std::vector<std::string> logs;
  std::vector<uint32_t> log_levels;  // Of each, by the numbers of kLog.
  std::vector<std::string> lines;    // Every command, one a line.
  bool body_wanted = false;
  bool body_paused = false;
  bool reads_slowly = false;  // The client takes no more than the first piece of a long reply.
  bool stops_relays = true;   // A relayed fetch whose end is wanted ends at once: all of it was delivered.
  bool more_waits = false;    // Of such a reply.
  uint32_t body_bytes_max = 0;

 private:
  static constexpr size_t kPieceBytes = 256 * 1024;  // In which the shim delivers a long body.

  void deliver(size_t call, EventKind kind, std::string_view payload) {
    ASSERT_LT(call, fetches.size()) << "there was no such call\n" << transcript();
    Fetch& fetch = fetches[call];
    if (fetch.closed) return;  // A shim delivers nothing of an aborted call.
    if (kind == EventKind::kFetchEnd || kind == EventKind::kFetchFailed) fetch.closed = true;
    if (kind == EventKind::kFetchBytes || kind == EventKind::kFetchEnd) fetch.whole += payload;
    if (kind == EventKind::kFetchBytes && fetch.relayed) reply.body += payload;
    event(kind, fetch.id, payload);
  }

  bool& is_paused(uint32_t id) { return id == kClientBody ? body_paused : fetch_of(id).paused; }

  Fetch& fetch_of(uint32_t id) {
    for (Fetch& fetch : fetches) {
      if (fetch.id == id) return fetch;
    }
    ADD_FAILURE() << "no call has the id " << id << "\n" << transcript();
    return nowhere_;
  }

  void note(const std::string& what, const Command& command) {
    lines.push_back(what + " " + std::to_string(command.id) + " " + std::to_string(command.number) + " " +
                    command.head + " " + command.body.flat());
  }

  void carry_out(const Command& command) {
    const bool over = reply.ended || reply.broken || gone_;
    switch (command.kind) {
      case CommandKind::kReadRequest:
        note("read-request", command);
        body_wanted = true;
        body_bytes_max = command.number;
        break;
      case CommandKind::kFetch: {
        note("fetch", command);
        EXPECT_FALSE(over) << "a call after the end\n" << transcript();
        const ReadHead read = read_head(command.head);
        fetches.push_back({.id = command.id,
                           .url = read.first_line,
                           .headers = read.headers,
                           .body = command.body.flat(),
                           .whole = {}});
        break;
      }
      case CommandKind::kReadStream: note("read-stream", command), fetch_of(command.id); break;
      case CommandKind::kReadWhole: note("read-whole", command), fetch_of(command.id).read_whole = true; break;
      case CommandKind::kRelay: note("relay", command), fetch_of(command.id).relayed = true; break;
      case CommandKind::kPause: note("pause", command), is_paused(command.id) = true; break;
      case CommandKind::kResume: note("resume", command), is_paused(command.id) = false; break;
      case CommandKind::kAbortFetch:
        note("abort", command);
        if (command.number == 1) {  // What was relayed is delivered already.
          stopped_.push_back(command.id);
          ++fetch_of(command.id).aborts;
          break;
        }
        fetch_of(command.id).closed = true;
        ++fetch_of(command.id).aborts;
        break;
      case CommandKind::kReadKv:
        note("read-kv", command);
        kv_reads.emplace_back(command.id, command.head);
        break;
      case CommandKind::kSetTimer:
        note("timer", command);
        timer_due_ms_ = command.number == 0 ? 0 : now_ms + command.number;
        break;
      case CommandKind::kWriteRecord:
        note("record", command);
        records.push_back(Json::parse(command.head, nullptr, false));
        EXPECT_FALSE(records.back().is_discarded()) << command.head;
        break;
      case CommandKind::kLog:
        note("log", command), logs.push_back(command.head), log_levels.push_back(command.number);
        break;
      case CommandKind::kWriteKv:
        note("write-kv", command);
        kv_writes.push_back({.key = command.head, .value = command.body.flat(), .ttl_s = command.number});
        break;
      case CommandKind::kFlushLedger: note("flush-ledger", command), ledger_flushes.push_back(command.number); break;
      case CommandKind::kCallObject:
        note("call-object", command);
        object_calls.push_back({.id = command.id, .head = command.head, .argument = command.body.flat()});
        break;
      case CommandKind::kReadRandom:
        note("read-random", command);
        random_reads.emplace_back(command.id, command.number);
        break;
      case CommandKind::kReadHeaders:
        note("read-headers", command);
        header_reads.emplace_back(command.id, command.head);
        break;
      case CommandKind::kTellObject:
        note("tell-object", command);
        told_objects.push_back({.id = command.number, .head = command.head, .argument = command.body.flat()});
        break;
      case CommandKind::kSendHead:
      case CommandKind::kSendBytes:
      case CommandKind::kSendFetched:
      case CommandKind::kSendEnd:
      case CommandKind::kSendAbort:
        EXPECT_FALSE(over) << "sent after the end\n" << transcript();
        send(command);
        break;
    }
  }

  void send(const Command& command) {
    if (command.kind == CommandKind::kSendHead) {
      note("send-head", command);
      EXPECT_EQ(reply.status, 0) << "a second head\n" << transcript();
      const ReadHead read = read_head(command.head);
      reply.status = std::stoi(read.first_line);
      reply.headers = read.headers;
      return;
    }
    EXPECT_NE(reply.status, 0) << "a body without a head\n" << transcript();
    if (command.kind == CommandKind::kSendBytes) {
      note("send", command), reply.body += command.body.flat();
      EXPECT_FALSE(more_waits) << "a piece that the client has no room for\n" << transcript();
      more_waits = command.number == 1;
    }
    if (command.kind == CommandKind::kSendFetched) {
      note("send-fetched", command);
      EXPECT_FALSE(fetch_of(command.id).in_pieces) << "the shim keeps nothing of a long body";
      reply.body += fetch_of(command.id).whole;
    }
    if (command.kind == CommandKind::kSendEnd) note("send-end", command), reply.ended = true;
    if (command.kind == CommandKind::kSendAbort) note("send-abort", command), reply.broken = true;
  }

  Session session_;
  double timer_due_ms_ = 0;
  bool gone_ = false;
  std::vector<uint32_t> stopped_;  // Relayed fetches whose end is wanted.
  Fetch nowhere_;
};

}  // namespace onellm::gateway::test
