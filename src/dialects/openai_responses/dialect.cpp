#include "dialects/openai_responses/dialect.h"

#include "dialects/common/request/count_body.h"
#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/errors.h"
#include "dialects/openai_responses/reply/stream.h"
#include "dialects/openai_responses/reply/whole.h"
#include "dialects/openai_responses/request/count.h"
#include "dialects/openai_responses/request/writer.h"

namespace onellm::dialects::openai_responses {

namespace {

class Responses final : public Dialect {
 public:
  chat::DialectId id() const override { return kOpenaiResponses; }
  OutputLimits output_limits() const override {
    static constexpr std::string_view kNames[] = {"max_output_tokens"};
    return {.names = kNames};
  }
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return openai_responses::encode_request(request, options);
  }
  Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options) const override {
    return openai_responses::encode_count(request, options);
  }
  std::optional<int64_t> decode_count(std::string_view body) const override { return read_count(body, "input_tokens"); }
  bool adds_unasked(std::string_view name, const chat::Request& /*request*/,
                    const EncodeOptions& /*options*/) const override {
    return name == "store" || name == "include";
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override {
    return std::make_unique<EventStreamReader>(context);
  }
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override {
    openai_responses::decode_reply(body, context, sink);
  }
  ModelPage decode_models(std::string_view body) const override { return openai_chat::dialect().decode_models(body); }
  Error decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const override {
    return openai_responses::decode_error(status, body);
  }
};

}  // namespace

const Dialect& dialect() {
  static const Responses dialect;
  return dialect;
}

}  // namespace onellm::dialects::openai_responses
