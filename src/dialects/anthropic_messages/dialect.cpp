#include "dialects/anthropic_messages/dialect.h"

#include "dialects/anthropic_messages/errors.h"
#include "dialects/anthropic_messages/model_list.h"
#include "dialects/anthropic_messages/reply/stream.h"
#include "dialects/anthropic_messages/reply/whole.h"
#include "dialects/anthropic_messages/request/continued.h"
#include "dialects/anthropic_messages/request/writer.h"

namespace onellm::dialects::anthropic_messages {

namespace {

class Messages final : public Dialect {
 public:
  chat::DialectId id() const override { return kAnthropicMessages; }
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return anthropic_messages::encode_request(request, options);
  }
  std::optional<EncodedRequest> continue_request(const EncodedRequest& request,
                                                 const chat::UnfinishedTurn& turn) const override {
    return anthropic_messages::continue_request(request, turn);
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override {
    return std::make_unique<MessageStreamDecoder>(context);
  }
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override {
    anthropic_messages::decode_reply(body, context, sink);
  }
  ModelPage decode_models(std::string_view body) const override { return anthropic_messages::decode_model_list(body); }
  Error decode_error(int status, std::string_view body, const ReplyContext& context) const override {
    return anthropic_messages::decode_error(status, body, context.model);
  }
};

}  // namespace

const Dialect& dialect() {
  static const Messages dialect;
  return dialect;
}

}  // namespace onellm::dialects::anthropic_messages
