#include "dialects/gemini/dialect.h"

#include "dialects/common/request/count_body.h"
#include "dialects/gemini/errors.h"
#include "dialects/gemini/model_list.h"
#include "dialects/gemini/reply/stream.h"
#include "dialects/gemini/reply/whole.h"
#include "dialects/gemini/request/count.h"
#include "dialects/gemini/request/writer.h"

namespace onellm::dialects::gemini {

namespace {

class Gemini final : public Dialect {
 public:
  chat::DialectId id() const override { return kGemini; }
  OutputLimits output_limits() const override {
    static constexpr std::string_view kNames[] = {"maxOutputTokens"};
    return {.names = kNames};
  }
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return gemini::encode_request(request, options);
  }
  Result<EncodedRequest> encode_count(const chat::Request& request, const EncodeOptions& options) const override {
    return gemini::encode_count(request, options);
  }
  std::optional<int64_t> decode_count(std::string_view body) const override { return read_count(body, "totalTokens"); }
  bool adds_unasked(std::string_view name, const chat::Request& /*request*/,
                    const EncodeOptions& /*options*/) const override {
    return name == "store";
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& context) const override {
    return std::make_unique<ChunkStreamDecoder>(context);
  }
  void decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const override {
    gemini::decode_reply(body, context, sink);
  }
  ModelPage decode_models(std::string_view body) const override {
    return gemini::decode_model_list(body, [](std::string_view method) { return method == "generateContent"; });
  }
  Error decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const override {
    return gemini::decode_error(status, body);
  }
};

}  // namespace

const Dialect& dialect() {
  static const Gemini dialect;
  return dialect;
}

}  // namespace onellm::dialects::gemini
