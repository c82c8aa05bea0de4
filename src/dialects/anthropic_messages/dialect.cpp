#include "dialects/anthropic_messages/dialect.h"

#include "dialects/anthropic_messages/request/continued.h"
#include "dialects/anthropic_messages/errors.h"
#include "dialects/anthropic_messages/model_list.h"
#include "dialects/anthropic_messages/reply/whole.h"
#include "dialects/anthropic_messages/request/writer.h"
#include "dialects/anthropic_messages/reply/stream.h"

namespace onellm::dialects {

namespace {

class AnthropicMessages final : public Dialect {
 public:
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return encode_anthropic_request(request, options);
  }
  std::optional<EncodedRequest> continue_request(const EncodedRequest& request,
                                                 const chat::UnfinishedTurn& turn) const override {
    return continue_anthropic_request(request, turn);
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override {
    return std::make_unique<AnthropicStreamDecoder>(context);
  }
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override {
    decode_anthropic_reply(body, context, sink);
  }
  ModelPage decode_models(std::string_view body) const override { return decode_anthropic_models(body); }
  Error decode_error(int status, std::string_view body, const ReplyContext& context) const override {
    return decode_anthropic_error(status, body, context.model);
  }
};

}  // namespace

const Dialect& anthropic_messages() {
  static const AnthropicMessages dialect;
  return dialect;
}

}  // namespace onellm::dialects
