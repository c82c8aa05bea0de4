#include "dialects/gemini/dialect.h"

#include "dialects/gemini/errors.h"
#include "dialects/gemini/model_list.h"
#include "dialects/gemini/reply/whole.h"
#include "dialects/gemini/request/writer.h"
#include "dialects/gemini/reply/stream.h"

namespace onellm::dialects {

namespace {

class Gemini final : public Dialect {
 public:
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return encode_gemini_request(request, options);
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override {
    return std::make_unique<GeminiStreamDecoder>(context);
  }
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override {
    decode_gemini_reply(body, context, sink);
  }
  ModelPage decode_models(std::string_view body) const override {
    return decode_google_models(body, [](std::string_view method) { return method == "generateContent"; });
  }
  Error decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const override {
    return decode_gemini_error(status, body);
  }
};

}  // namespace

const Dialect& gemini() {
  static const Gemini dialect;
  return dialect;
}

}  // namespace onellm::dialects
