// The interface of a dialect towards clients: decode a request; encode a reply, a stream or an error. Its other half,
// towards providers, is dialect.h. Only dialects that clients may use implement this one; clients.h has their routes.
//
// Rule: everything that is said to a client comes from here, in its own dialect: also the end of a relayed stream, what
// keeps a silent stream open, and the reply for a breakdown of the gateway.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chat/answer/answer.h"
#include "chat/dialect_id.h"
#include "chat/event.h"
#include "chat/request.h"
#include "dialects/leg_summary.h"
#include "dialects/model_info.h"
#include "dialects/output_limits.h"
#include "dialects/relay_watcher.h"
#include "json/buffer.h"

namespace onellm::dialects {

// Values that are the same in all chunks of an answer to the client.
struct ReplyMeta {
  std::string id;                    // Set if several legs (a model with its fallbacks) answer; empty: the provider's.
  std::string fallback_id;           // Used if the provider sends no id.
  std::string_view request_id = {};  // As in the header x-request-id. Outlives the encoder.
  int64_t created_s = 0;             // Seconds since 1970. Used if the provider sends none.
  bool one_envelope = false;         // True: `id` and `created_s` replace the provider's own.
  bool include_usage = false;        // The client asked for a usage chunk.
  bool function_call = false;        // The client sent the older `functions`: the call is written as `function_call`.
  bool hides_thoughts = false;       // The client does not want to see reasoning.
  std::string joined_model = {};     // The request's `model` if one answer is made of several legs'; else empty.
  // Of the prompt. For dialects that report it before the provider does.
  int64_t estimated_input_tokens = 0;
};

// Encodes events as a stream to the client.
class StreamEncoder {
 public:
  StreamEncoder() = default;
  StreamEncoder(const StreamEncoder&) = delete;
  StreamEncoder& operator=(const StreamEncoder&) = delete;
  virtual ~StreamEncoder() = default;

  // Appends the bytes for the client to `out`; may append nothing. kCompleted writes the usage chunk, if requested,
  // and the end mark. kFailed writes an error and what ends the stream.
  virtual void take(const chat::Event& event, std::string& out) = 0;

  // Appends what keeps a silent stream open, also before the first event.
  virtual void keep_alive(std::string& out) = 0;
};

// Headers of a reply: name in lower case, value.
using HeaderList = std::vector<std::pair<std::string, std::string>>;

// The dialect's words for an error.
struct ErrorWords {
  std::string type;
  std::string code;  // Empty: none.
};

class ClientDialect {
 public:
  ClientDialect() = default;
  ClientDialect(const ClientDialect&) = delete;
  ClientDialect& operator=(const ClientDialect&) = delete;

  // Only the replies of a provider that speaks the dialect of this id may reach the client unchanged.
  [[nodiscard]] virtual chat::DialectId id() const = 0;

  // The request keeps views into `body`. Errors: kBadRequest, with the field's name in `param`.
  [[nodiscard]] virtual Result<chat::Request> decode_request(const json::Buffer& body) const = 0;
  // The client's own name for a field of its request that an encoder calls `canonical`: a parameter of chat::Request,
  // or a path such as `messages[0].content[1]`.
  [[nodiscard]] virtual std::string field_name(std::string_view canonical, const chat::Request& /*request*/) const {
    return std::string(canonical);
  }
  // What stands between the name of a field and the complaint, in a message that begins with the name.
  [[nodiscard]] virtual std::string_view after_field() const { return " "; }

  // How a request limits the output of an answer.
  [[nodiscard]] virtual OutputLimits output_limits() const { return {}; }

  // Decodes only what the gateway must know of a request that a provider of the same dialect gets as it was written:
  // model, stream, options, and the members of the source. nullopt: requests of this dialect are always decoded whole.
  // Errors: kBadRequest.
  [[nodiscard]] virtual std::optional<Result<chat::Request>> decode_outline(const json::Buffer& /*body*/) const {
    return std::nullopt;
  }

  // A request that counts the tokens of a prompt: as decode_request(), but what only an answer needs may be missing.
  [[nodiscard]] virtual Result<chat::Request> decode_count_request(const json::Buffer& body) const {
    return decode_request(body);
  }
  // Appends the answer to such a request.
  virtual void encode_count(int64_t /*tokens*/, std::string& /*out*/) const {}

  // --- answers ---
  // With which the ids of answers begin.
  [[nodiscard]] virtual std::string_view id_prefix() const = 0;
  // The header content-type of a whole reply or an error, and that of a stream.
  [[nodiscard]] virtual std::string_view reply_content_type() const = 0;
  [[nodiscard]] virtual std::string_view stream_content_type() const = 0;
  // True if a stream begins with the tokens of the prompt, so that they may have to be estimated.
  [[nodiscard]] virtual bool begins_with_input_tokens() const { return false; }
  virtual void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const = 0;
  [[nodiscard]] virtual std::unique_ptr<StreamEncoder> make_stream_encoder(const ReplyMeta& meta) const = 0;
  // True if a relayed stream is shown from the event that begins the answer, and not only from its first content.
  [[nodiscard]] virtual bool relays_from_start() const { return false; }
  // `choices`: how many the request asked for. `request_id` must outlive the watcher.
  [[nodiscard]] virtual std::unique_ptr<RelayWatcher> make_relay_watcher(size_t choices,
                                                                         std::string_view request_id) const = 0;

  // --- the list of models ---
  virtual void encode_model(const ModelInfo& model, std::string& out) const = 0;
  // `query`: of the client's request. It may ask for a page. Error: kBadRequest.
  [[nodiscard]] virtual std::optional<Error> encode_models(std::span<const ModelInfo> models, std::string_view query,
                                                           std::string& out) const = 0;

  // --- heads ---
  // The dialect's own header for the id of a request, beside x-request-id; empty: none.
  [[nodiscard]] virtual std::string_view request_id_header() const { return {}; }
  // Its own headers that scripts in a browser may read, separated by ", "; empty: none.
  [[nodiscard]] virtual std::string_view exposed_headers() const { return {}; }
  // Adds the dialect's own form of the rate limits in `headers`, which have OpenAI's names, unless it is there.
  virtual void add_rate_limits(HeaderList& /*headers*/, double /*now_ms*/) const {}

  // --- errors ---
  // The HTTP status that the client gets.
  [[nodiscard]] virtual int status_for(const Error& error) const = 0;
  [[nodiscard]] virtual ErrorWords words_for(const Error& error) const = 0;
  // Appends the body of an error reply.
  virtual void encode_error(const Error& error, std::string_view request_id, std::string& out) const = 0;
  // Appends what ends a stream of which nothing is known but that it stands between two events.
  virtual void encode_error_events(const Error& error, std::string_view request_id, std::string& out) const = 0;
  // What ends an event that may be incomplete; it does no harm between two events.
  [[nodiscard]] virtual std::string_view event_end() const = 0;

  // True if on the native lane a client gets the error of a provider with its status and its bytes: clients of this
  // dialect match its wording.
  [[nodiscard]] virtual bool passes_errors() const { return false; }

  // --- several models ---
  // True if an answer may have several choices, so that each model can have its own.
  [[nodiscard]] virtual bool has_choices() const = 0;
  // Raw members of the gateway itself. The report of all legs, for the last event of a joined answer:
  [[nodiscard]] virtual std::string legs_member(std::span<const LegSummary> legs) const = 0;
  // The same beside the error if all legs failed:
  [[nodiscard]] virtual std::string failed_legs_member(std::span<const LegSummary> legs) const = 0;

 protected:
  ~ClientDialect() = default;
};

}  // namespace onellm::dialects
