// The decoder of Anthropic's streams under any bytes. Beyond not crashing:
// - the same events for two cuts of the same stream, taken from the input;
// - kCompleted or kFailed last, and exactly one;
// - what OpenAI's encoder makes of the events is a stream of valid JSON that ends with [DONE];
// - a body that is no stream says the same whether a stream was expected or not.
#include "decoded_stream.h"
#include "dialects/anthropic_messages/reply/stream.h"
#include "dialects/anthropic_messages/reply/whole.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using onellm::test::DecodedStream;
  if (size < 2) return 0;
  const auto cuts = static_cast<uint16_t>(data[0] | data[1] << 8);
  const std::string_view stream(reinterpret_cast<const char*>(data) + 2, size - 2);
  // Half of the inputs are read as if a tool named `reply` stood in for a format of the reply.
  const onellm::dialects::ReplyContext context{.model = "claude-2.0", .text_tool = cuts % 2 == 0 ? "" : "reply"};
  const auto decode = [&](uint16_t bits) {
    onellm::dialects::anthropic_messages::MessageStreamDecoder decoder(context);
    return onellm::test::decode_stream(stream, bits, decoder);
  };
  const std::unique_ptr<DecodedStream> whole = decode(0);
  const std::unique_ptr<DecodedStream> cut = decode(cuts);
  ONELLM_ASSERT(whole->events == cut->events);
  ONELLM_ASSERT(whole->encoded == cut->encoded);
  onellm::test::expect_well_formed(whole->encoded);
  if (stream.starts_with('{')) {
    DecodedStream reply;
    onellm::dialects::anthropic_messages::decode_reply(stream, context, reply);
    ONELLM_ASSERT(reply.events == whole->events);
  }
  return 0;
}
