#include "dialects/openai_chat/dialect.h"

#include "dialects/openai_chat/client/decode_request.h"
#include "dialects/openai_chat/client/encode_reply.h"
#include "dialects/openai_chat/client/encode_stream.h"
#include "dialects/openai_chat/errors.h"
#include "dialects/openai_chat/model_list.h"
#include "dialects/openai_chat/reply/stream.h"
#include "dialects/openai_chat/reply/whole.h"
#include "dialects/openai_chat/request/writer.h"

namespace onellm::dialects::openai_chat {

Result<EncodedRequest> ChatCompletions::encode_request(const chat::Request& request,
                                                       const EncodeOptions& options) const {
  return openai_chat::encode_request(request, options);
}

std::unique_ptr<StreamDecoder> ChatCompletions::make_stream_decoder(const ReplyContext& context) const {
  return std::make_unique<ChunkStreamDecoder>(context);
}

void ChatCompletions::decode_reply(std::string_view body, const ReplyContext& context, chat::EventSink& sink) const {
  openai_chat::decode_reply(body, sink, context);
}

ModelPage ChatCompletions::decode_models(std::string_view body) const {
  return {.models = openai_chat::decode_model_list(body), .next = {}};
}

Error ChatCompletions::decode_error(int status, std::string_view body, const ReplyContext& /*context*/) const {
  return openai_chat::decode_error(status, body);
}

Result<chat::Request> ChatCompletions::decode_request(const json::Buffer& body) const {
  return openai_chat::decode_request(body);
}

std::unique_ptr<StreamEncoder> ChatCompletions::make_stream_encoder(const ReplyMeta& meta) const {
  return std::make_unique<ChunkStreamEncoder>(meta);
}

void ChatCompletions::encode_reply(const chat::Answer& answer, const ReplyMeta& meta, std::string& out) const {
  openai_chat::encode_reply(answer, meta, out);
}

void ChatCompletions::encode_error(const Error& error, std::string& out) const {
  openai_chat::encode_error(error, out);
}

const ChatCompletions& dialect() {
  static const ChatCompletions dialect;
  return dialect;
}

}  // namespace onellm::dialects::openai_chat
