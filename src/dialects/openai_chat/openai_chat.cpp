#include "dialects/openai_chat/openai_chat.h"

#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/models_decoder.h"
#include "dialects/openai_chat/reply_decoder.h"
#include "dialects/openai_chat/reply_encoder.h"
#include "dialects/openai_chat/request_decoder.h"
#include "dialects/openai_chat/request_encoder.h"
#include "dialects/openai_chat/stream_decoder.h"
#include "dialects/openai_chat/stream_encoder.h"

namespace onellm::dialects {

namespace {

class OpenAiChat final : public Dialect {
 public:
  Result<EncodedRequest> encode_request(const chat::Request& request, const EncodeOptions& options) const override {
    return encode_openai_chat_request(request, options);
  }
  std::unique_ptr<StreamDecoder> make_stream_decoder(const ReplyContext& /*context*/) const override {
    return std::make_unique<OpenAiChatStreamDecoder>();
  }
  void decode_reply(std::string_view body, const ReplyContext& /*context*/, chat::EventSink& sink) const override {
    decode_openai_chat_reply(body, sink);
  }
  ModelPage decode_models(std::string_view body) const override {
    return {.models = decode_openai_models(body), .next = {}};
  }
  Error decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const override {
    return decode_openai_chat_error(status, body);
  }

  Result<chat::Request> decode_request(const json::Buffer& body) const override {
    return decode_openai_chat_request(body);
  }
  std::unique_ptr<StreamEncoder> make_stream_encoder(const ReplyMeta& meta) const override {
    return std::make_unique<OpenAiChatStreamEncoder>(meta);
  }
  void encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const override {
    encode_openai_chat_reply(answer, meta, out);
  }
  void encode_error(const Error& error, std::string& out) const override { encode_openai_chat_error(error, out); }
};

}  // namespace

const Dialect& openai_chat() {
  static const OpenAiChat dialect;
  return dialect;
}

}  // namespace onellm::dialects
