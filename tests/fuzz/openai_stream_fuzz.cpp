// The stream decoder and encoder under any bytes. Beyond not crashing:
// - the same events for two cuts of the same stream, taken from the input;
// - kCompleted or kFailed last, and exactly one;
// - what the encoder makes of the events is a stream of valid JSON that ends with [DONE].
#include "decoded_stream.h"
#include "dialects/openai_chat/reply/stream.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using onellm::test::DecodedStream;
  if (size < 2) return 0;
  const auto cuts = static_cast<uint16_t>(data[0] | data[1] << 8);
  const std::string_view stream(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto decode = [&](uint16_t bits) {
    onellm::dialects::openai_chat::ChunkStreamDecoder decoder;
    return onellm::test::decode_stream(stream, bits, decoder);
  };
  const std::unique_ptr<DecodedStream> whole = decode(0);
  const std::unique_ptr<DecodedStream> cut = decode(cuts);
  ONELLM_ASSERT(whole->events == cut->events);
  ONELLM_ASSERT(whole->encoded == cut->encoded);
  onellm::test::expect_well_formed(whole->encoded);
  return 0;
}
