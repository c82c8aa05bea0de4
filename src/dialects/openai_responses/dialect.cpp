#include "dialects/openai_responses/dialect.h"

#include "dialects/openai_chat/dialect.h"
#include "dialects/openai_responses/errors.h"
#include "dialects/openai_responses/reply/whole.h"
#include "dialects/openai_responses/request/writer.h"
#include "dialects/openai_responses/reply/stream.h"

namespace onellm::dialects {

namespace {

class OpenAiResponses final : public Dialect {
 public:
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return responses::encode_request(request, options);
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override {
    return std::make_unique<responses::ResponseStreamDecoder>(context);
  }
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override {
    responses::decode_reply(body, context, sink);
  }
  ModelPage decode_models(std::string_view body) const override { return openai_chat().decode_models(body); }
  Error decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const override {
    return responses::decode_error(status, body);
  }
};

}  // namespace

const Dialect& openai_responses() {
  static const OpenAiResponses dialect;
  return dialect;
}

}  // namespace onellm::dialects
