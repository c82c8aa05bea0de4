// A dialect: one wire format of chat, with the jobs a gateway needs of it. Towards providers (Dialect):
// encode a request, decode a reply, a stream or an error. Towards clients (ClientDialect): decode a
// request, encode a reply, a stream or an error. Between the two stand only chat::Request and
// chat::Event, so that N dialects cost N and any can face the client.
//
// A dialect knows nothing of URLs, credentials or hosts: those are providers/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/rope.h"
#include "chat/answer.h"
#include "chat/event.h"
#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "json/buffer.h"
#include "models/contract.h"

namespace onellm::dialects {

// What the provider wants changed of a request besides its dialect.
struct EncodeOptions {
  std::string model;               // The provider's own name for the model.
  bool ask_for_usage = true;       // Ask for the usage of a stream although the client did not.
  bool strict = false;             // A parameter that would be dropped is an error instead.
  json::Raw safety_settings = {};  // What settings say of the provider's own filters; may be empty.
  HostRules host = {};             // Of hosts that speak OpenAI's format.
  models::Contract contract = {};  // What the model takes.
  // What the provider refused of this very request. What is left out for it is named.
  bool without_strict = false;    // Schemas are kept to the letter nowhere.
  bool without_thoughts = false;  // No signed reasoning of earlier turns goes back.
};

// A property of a tool's parameters whose name the provider refuses. The names are as between the quotes of JSON.
struct RenamedProperty {
  std::string tool;
  std::string sent;  // Of letters, digits, `_`, `.` and `-` alone.
  std::string name;  // As the client knows it.
};

// Tools whose names the provider refuses: as they were sent, and as the client knows them; as between quotes.
using RenamedTools = std::vector<std::pair<std::string, std::string>>;

// What the decoder of a reply must know of the request that it answers.
struct ReplyContext {
  std::string model;       // The provider's own name for what was asked.
  std::string text_tool;   // Calls of this tool are the answer's text: it stands in for a format of the reply.
  bool may_pause = false;  // The request has tools that the provider runs itself: it may pause between their calls.
  int64_t characters_before = 0;  // Of the text that calls before this one gave, where it goes on with a paused turn.
  RenamedTools renamed_tools = {};
  std::vector<RenamedProperty> renamed_properties = {};
  std::string seed = {};  // No other reply has it: makes the ids of calls where the reply has none of its own.
  uint32_t choices = 1;   // The request's `n`.
};

struct EncodedRequest {
  Rope body;                                                 // Views into the source of the request.
  std::vector<std::string> dropped;                          // Parameters the target cannot honour, left out.
  std::vector<std::pair<std::string, std::string>> headers;  // That the body needs; names in lower case.
  ReplyContext reply;
};

// A model in a provider's list.
struct ModelEntry {
  std::string id;
  int64_t created_s = 0;  // Seconds since 1970; 0: not said.
};

// One page of a provider's list of models.
struct ModelPage {
  std::vector<ModelEntry> models;
  std::string next;  // Where the list goes on, for models_endpoint(); empty: that was all.
};

// Decodes one streamed reply. Gives the same events for any cutting of its input.
class StreamDecoder {
 public:
  StreamDecoder() = default;
  StreamDecoder(const StreamDecoder&) = delete;
  StreamDecoder& operator=(const StreamDecoder&) = delete;
  virtual ~StreamDecoder() = default;

  // Takes the next bytes and hands on the events that they complete. After kCompleted or kFailed it
  // takes nothing more.
  virtual void push(std::string_view bytes, chat::EventSink& sink) = 0;

  // The upstream closed the stream: hands on kCompleted or kFailed, unless one was.
  virtual void end(chat::EventSink& sink) = 0;

  // The same where the stream broke off, or is not waited for any longer. An answer that is not whole fails
  // with `reason`.
  virtual void cut(const Error& reason, chat::EventSink& sink) = 0;

  // True once every choice that was asked for has its finish_reason: usage may follow and an end mark, for
  // which nobody should wait long. Never true of a host that puts a finish_reason into every chunk. False in
  // a dialect whose finish_reason is its end mark.
  [[nodiscard]] virtual bool awaits_end() const { return false; }

  // Nothing of the stream will be read any more: hands on as kUsage what was reported and not handed on yet.
  virtual void report_usage(chat::EventSink& /*sink*/) const {}

  // True where the last byte pushed ended an event, so that lines of our own may follow.
  [[nodiscard]] virtual bool at_event_boundary() const = 0;

  // True once the stream's own end mark (`[DONE]`) was read: kCompleted without it had to be inferred.
  [[nodiscard]] virtual bool end_mark_seen() const = 0;
};

// What stays the same in all chunks of an answer to the client.
struct ReplyMeta {
  std::string id;              // For the answers of several legs; empty: the provider's.
  std::string fallback_id;     // Where the provider gives none.
  int64_t created_s = 0;       // Likewise; used where the provider gives none.
  bool one_envelope = false;   // true: `id` and `created_s` replace the provider's own.
  bool include_usage = false;  // The client asked for a usage chunk.
  bool function_call = false;  // The client sent `functions`: its one call is a `function_call`.
};

// Encodes events as a stream to the client.
class StreamEncoder {
 public:
  StreamEncoder() = default;
  StreamEncoder(const StreamEncoder&) = delete;
  StreamEncoder& operator=(const StreamEncoder&) = delete;
  virtual ~StreamEncoder() = default;

  // Appends what the client gets for `event` to `out`; may be nothing. kCompleted writes the usage
  // chunk, if asked for, and the end mark; kFailed an error line and the end mark.
  virtual void take(const chat::Event& event, std::string& out) = 0;
};

// What every dialect does: it speaks with providers.
class Dialect {
 public:
  Dialect() = default;
  Dialect(const Dialect&) = delete;
  Dialect& operator=(const Dialect&) = delete;

  // Requires that `request` outlives what comes out; fills `reply` too.
  [[nodiscard]] virtual Result<EncodedRequest> encode_request(const chat::Request& request,
                                                              const EncodeOptions& options) const = 0;
  // The request that goes on with a turn which the provider paused. Requires that `request` outlives it. Nothing
  // where the dialect has no such thing.
  [[nodiscard]] virtual std::optional<EncodedRequest> continue_request(const EncodedRequest& /*request*/,
                                                                       const chat::UnfinishedTurn& /*turn*/) const {
    return std::nullopt;
  }
  [[nodiscard]] virtual std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const = 0;
  // A whole reply with a 2xx status. Ends with kCompleted or kFailed. `body` need not be padded.
  virtual void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const = 0;
  // A page of the provider's list of models; what is no such list has none in it.
  [[nodiscard]] virtual ModelPage decode_models(std::string_view body) const = 0;
  // A reply with an error status and any body, HTML and nothing at all included.
  [[nodiscard]] virtual Error decode_error(int status, std::string_view body, const ReplyContext& context) const = 0;

 protected:
  ~Dialect() = default;
};

// What a dialect does besides in which clients may speak with us.
class ClientDialect {
 public:
  ClientDialect() = default;
  ClientDialect(const ClientDialect&) = delete;
  ClientDialect& operator=(const ClientDialect&) = delete;

  // The request keeps views into `body`. Errors: kBadRequest naming the field in `param`.
  [[nodiscard]] virtual Result<chat::Request> decode_request(const json::Buffer& body) const = 0;
  [[nodiscard]] virtual std::unique_ptr<StreamEncoder> make_stream_encoder(const ReplyMeta& meta) const = 0;
  virtual void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const = 0;
  // The body of an error reply.
  virtual void encode_error(const Error& error, std::string& out) const = 0;

 protected:
  ~ClientDialect() = default;
};

}  // namespace onellm::dialects
