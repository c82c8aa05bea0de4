#include "dialects/palm/dialect.h"

#include "dialects/gemini/model_list.h"
#include "dialects/palm/errors.h"
#include "dialects/palm/reply/whole.h"
#include "dialects/palm/request/writer.h"

namespace onellm::dialects::palm {

namespace {

class Palm final : public Dialect {
 public:
  chat::DialectId id() const override { return kPalm; }
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return palm::encode_request(request, options);
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override {
    return std::make_unique<ReplyStreamDecoder>(context.model);
  }
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override {
    palm::decode_reply(body, context.model, sink);
  }
  ModelPage decode_models(std::string_view body) const override {
    return gemini::decode_model_list(
        body, [](std::string_view method) { return method == "generateMessage" || method == "generateText"; });
  }
  Error decode_error(int status, std::string_view body, const ReplyContext& context) const override {
    return palm::decode_error(status, body, context.model);
  }
};

}  // namespace

const Dialect& dialect() {
  static const Palm dialect;
  return dialect;
}

}  // namespace onellm::dialects::palm
