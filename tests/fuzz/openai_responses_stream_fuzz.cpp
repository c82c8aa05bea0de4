// The decoder of Responses streams under any bytes. Beyond not crashing:
// - the same events for two cuts of the same stream, taken from the input;
// - kCompleted or kFailed last, and exactly one;
// - what OpenAI's encoder makes of the events is a stream of valid JSON that ends with [DONE];
// - a body that is no stream says the same whether a stream was expected or not.
#include "decoded_stream.h"
#include "dialects/openai_responses/dialect.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const onellm::dialects::Dialect& dialect = onellm::dialects::openai_responses::dialect();
  using onellm::test::DecodedStream;
  if (size < 2) return 0;
  const auto cuts = static_cast<uint16_t>(data[0] | data[1] << 8);
  const std::string_view stream(reinterpret_cast<const char*>(data) + 2, size - 2);
  const onellm::dialects::ReplyContext context{.model = "gpt-5.5", .text_tool = ""};
  const auto decode = [&](uint16_t bits) {
    return onellm::test::decode_stream(stream, bits, *dialect.make_stream_decoder(context));
  };
  const std::unique_ptr<DecodedStream> whole = decode(0);
  const std::unique_ptr<DecodedStream> cut = decode(cuts);
  ONELLM_ASSERT(whole->events == cut->events);
  ONELLM_ASSERT(whole->encoded == cut->encoded);
  onellm::test::expect_well_formed(whole->encoded);

  DecodedStream reply;
  dialect.decode_reply(stream, context, reply);
  ONELLM_ASSERT(reply.ended);
  onellm::test::expect_well_formed(reply.encoded);
  if (stream.starts_with('{')) ONELLM_ASSERT(reply.events == whole->events);
  return 0;
}
