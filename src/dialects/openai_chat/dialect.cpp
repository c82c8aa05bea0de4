#include "dialects/openai_chat/dialect.h"

#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/model_list.h"
#include "dialects/openai_chat/reply/whole.h"
#include "dialects/openai_chat/client/encode_reply.h"
#include "dialects/openai_chat/client/decode_request.h"
#include "dialects/openai_chat/request/writer.h"
#include "dialects/openai_chat/reply/stream.h"
#include "dialects/openai_chat/client/encode_stream.h"

namespace onellm::dialects {

Result<EncodedRequest> OpenAiChat::encode_request(const chat::Request& request, const EncodeOptions& options) const {
  return encode_openai_chat_request(request, options);
}

std::unique_ptr<StreamDecoder> OpenAiChat::make_stream_decoder(const ReplyContext& context) const {
  return std::make_unique<OpenAiChatStreamDecoder>(context);
}

void OpenAiChat::decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const {
  decode_openai_chat_reply(body, sink, context);
}

ModelPage OpenAiChat::decode_models(std::string_view body) const {
  return {.models = decode_openai_models(body), .next = {}};
}

Error OpenAiChat::decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const {
  return decode_openai_chat_error(status, body);
}

Result<chat::Request> OpenAiChat::decode_request(const json::Buffer& body) const {
  return decode_openai_chat_request(body);
}

std::unique_ptr<StreamEncoder> OpenAiChat::make_stream_encoder(const ReplyMeta& meta) const {
  return std::make_unique<OpenAiChatStreamEncoder>(meta);
}

void OpenAiChat::encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const {
  encode_openai_chat_reply(answer, meta, out);
}

void OpenAiChat::encode_error(const Error& error, std::string& out) const { encode_openai_chat_error(error, out); }

const OpenAiChat& openai_chat() {
  static const OpenAiChat dialect;
  return dialect;
}

}  // namespace onellm::dialects
