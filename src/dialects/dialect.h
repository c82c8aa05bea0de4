// The interface of a dialect towards providers: encode a request; decode a reply, a stream or an error. A dialect is
// one wire format of chat. Its other half, towards clients, is client_dialect.h. Both halves exchange only
// chat::Request and chat::Event. So N dialects need N translations, not N × N.
//
// Rule: A dialect knows no URLs, credentials or hosts; providers/ knows them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/rope.h"
#include "chat/event.h"
#include "chat/request.h"
#include "dialects/common/request/host_rules.h"
#include "dialects/ids.h"
#include "dialects/output_limits.h"
#include "json/masked.h"
#include "models/contract.h"

namespace onellm::dialects {

// How to encode a request for one target (a model at a provider), besides its dialect.
struct EncodeOptions {
  std::string model;               // The provider's own name for the model.
  std::string_view provider = {};  // The provider's name, as in the client's `model`. Outlives the call.
  bool ask_for_usage = true;       // Ask for the usage of a stream even if the client did not.
  bool strict = false;             // Refuse the request if a parameter would be dropped.
  // Send the client's own text, which only ClientDialect::decode_outline() has read: no key is added, and nothing is
  // validated.
  bool as_written = false;
  json::Raw safety_settings = {};  // The provider's own filter settings, from our settings; may be empty.
  HostRules host = {};             // For hosts that speak OpenAI's format.
  models::Contract contract = {};  // What the model accepts.
  // The gateway limits each answer to so many tokens, because the client named no limit: the limit is the last member
  // of a body that has it at the top. 0: it does not.
  int64_t output_limit = 0;
  // What to leave out because the provider refused it, in this request or one like it. It is reported as dropped.
  bool without_strict = false;    // No `strict` for any schema.
  bool without_thoughts = false;  // No signed reasoning of earlier turns.
};

// A property of a tool's parameters that was renamed because the provider refuses its name.
struct RenamedProperty {
  std::string tool;  // Without escapes.
  std::string sent;  // Name sent to the provider: only letters, digits, `_`, `.` and `-`.
  std::string name;  // Name that the client uses: a JSON string's content, with escapes.
};

// Renamed tools: first the name sent to the provider, second the client's name. Both are JSON string contents.
using RenamedTools = std::vector<std::pair<std::string, std::string>>;

// What the decoder of a reply must know about the request.
struct ReplyContext {
  std::string model;              // The provider's own name for the requested model.
  std::string text_tool;          // Calls of this tool become the answer's text. The tool replaces response_format.
  bool may_pause = false;         // The provider runs tools of this request itself and may pause the turn.
  int64_t characters_before = 0;  // When a paused turn continues: characters of text in the earlier replies of it.
  RenamedTools renamed_tools = {};
  std::vector<RenamedProperty> renamed_properties = {};  // Sorted by `tool`, then by `sent`.
  std::string seed = {};  // Unique for each reply. Used to make ids of tool calls that came without one.
  uint32_t choices = 1;   // The request's `n`.
};

struct EncodedRequest {
  Rope body;                         // Views into the source of the request.
  std::vector<std::string> dropped;  // Names of parameters left out: the target does not support them.
  std::vector<std::pair<std::string, std::string>> headers;  // HTTP headers that the body needs; names in lower case.
  ReplyContext reply;
};

// A model in a provider's list.
struct ModelEntry {
  std::string id;
  int64_t created_s = 0;  // Seconds since 1970; 0: unknown.
};

// One page of a provider's list of models.
struct ModelPage {
  std::vector<ModelEntry> models;
  std::string next;  // Token of the next page, for models_endpoint(); empty: this is the last page.
};

// Decodes one streamed reply. The events do not depend on how the input is cut into pieces.
class StreamDecoder {
 public:
  StreamDecoder() = default;
  StreamDecoder(const StreamDecoder&) = delete;
  StreamDecoder& operator=(const StreamDecoder&) = delete;
  virtual ~StreamDecoder() = default;

  // Takes the next bytes and passes on the events that they complete. Ignores all input after kCompleted or
  // kFailed.
  virtual void push(std::string_view bytes, chat::EventSink& sink) = 0;

  // The upstream closed the stream. Passes on kCompleted or kFailed, unless one was passed on before.
  virtual void end(chat::EventSink& sink) = 0;

  // As end(), for a stream that broke off or that the gateway stopped reading. An incomplete answer fails with
  // `reason`.
  virtual void cut(const Error& reason, chat::EventSink& sink) = 0;

  // True once every requested choice has its finish_reason. Only usage and the end mark may follow, so the caller
  // should wait only a short time. Always false for a host that puts a finish_reason into every chunk, and for a
  // dialect whose finish_reason is the end mark.
  [[nodiscard]] virtual bool awaits_end() const { return false; }

  // Called when no more of the stream will be read. Passes on, as kUsage, usage that was read but not passed on yet.
  virtual void report_usage(chat::EventSink& /*sink*/) const {}
};

// The interface towards providers. Every dialect implements it.
class Dialect {
 public:
  Dialect() = default;
  Dialect(const Dialect&) = delete;
  Dialect& operator=(const Dialect&) = delete;

  [[nodiscard]] virtual chat::DialectId id() const = 0;
  // The result holds views into `request`, which must outlive it. Fills EncodedRequest::reply, too.
  [[nodiscard]] virtual Result<EncodedRequest> encode_request(const chat::Request& request,
                                                              const EncodeOptions& options) const = 0;
  // How a request limits the output of an answer. `names` are members at the top or of its settings; empty: unknown.
  [[nodiscard]] virtual OutputLimits output_limits() const { return {}; }
  // True if encode_request() sends the top-level member of that name although it is none of the chat::Parameters.
  [[nodiscard]] virtual bool adds_unasked(std::string_view /*name*/, const chat::Request& /*request*/,
                                          const EncodeOptions& /*options*/) const {
    return false;
  }
  // A request that counts the tokens of the prompt, for the endpoint that does it. Only for a dialect that has one.
  [[nodiscard]] virtual Result<EncodedRequest> encode_count(const chat::Request& /*request*/,
                                                            const EncodeOptions& /*options*/) const {
    return Error{.kind = ErrorKind::kInternal, .message = "This API counts no tokens."};
  }
  // The count in a reply of that endpoint; nullopt: there is none.
  [[nodiscard]] virtual std::optional<int64_t> decode_count(std::string_view /*body*/) const { return std::nullopt; }
  // The request that continues a turn which the provider paused. `request` must outlive it. nullopt if the dialect
  // has no paused turns.
  [[nodiscard]] virtual std::optional<EncodedRequest> continue_request(const EncodedRequest& /*request*/,
                                                                       const chat::UnfinishedTurn& /*turn*/) const {
    return std::nullopt;
  }
  // The media type of its streams.
  [[nodiscard]] virtual std::string_view stream_type() const { return "text/event-stream"; }
  [[nodiscard]] virtual std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const = 0;
  // Decodes a whole reply with a 2xx status. Ends with kCompleted or kFailed. `body` need not be padded.
  virtual void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const = 0;
  // Decodes a page of the provider's list of models. Any other body gives a page without models.
  [[nodiscard]] virtual ModelPage decode_models(std::string_view body) const = 0;
  // Decodes a reply with an error status. The body may be anything, such as HTML, and may be empty.
  [[nodiscard]] virtual Error decode_error(int status, std::string_view body, const ReplyContext& context) const = 0;

  // --- errors inside good replies ---
  // One of several answers may have failed, and its error may quote a credential. Each returns its text with `mask`
  // applied to such errors and all other bytes unchanged; nullopt: there is none, or the dialect has no such errors.
  [[nodiscard]] virtual std::optional<std::string> mask_errors_in_reply(std::string_view /*reply*/,
                                                                        json::MaskText /*mask*/) const {
    return std::nullopt;
  }
  // Of whole events of a stream.
  [[nodiscard]] virtual std::optional<std::string> mask_errors_in_events(std::string_view /*events*/,
                                                                         json::MaskText /*mask*/) const {
    return std::nullopt;
  }
  // Of chat::Event::choice_extra.
  [[nodiscard]] virtual std::optional<std::string> mask_error_in_choice(json::RawMembers /*of_choice*/,
                                                                        json::MaskText /*mask*/) const {
    return std::nullopt;
  }

 protected:
  ~Dialect() = default;
};

}  // namespace onellm::dialects
