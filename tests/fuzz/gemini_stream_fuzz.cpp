// The decoder of Gemini's streams under any bytes. Beyond not crashing:
// - the same events for two cuts of the same stream, taken from the input;
// - kCompleted or kFailed last, and exactly one;
// - what OpenAI's encoder makes of the events is a stream of valid JSON that ends with [DONE];
// - what the template of a chunk reads, the parser reads likewise.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/assert.h"
#include "decoded_stream.h"
#include "dialects/gemini/reply/chunk_template.h"
#include "dialects/gemini/reply/stream.h"

namespace {

using onellm::dialects::gemini::Chunk;
using onellm::dialects::gemini::ChunkTemplate;
using onellm::dialects::gemini::ReplyReader;
using onellm::test::DecodedStream;

std::unique_ptr<DecodedStream> decode(std::string_view stream, uint16_t cuts) {
  onellm::dialects::gemini::ChunkStreamDecoder decoder({.model = "gemini-x", .text_tool = ""});
  return onellm::test::decode_stream(stream, cuts, decoder);
}

void expect_same(const Chunk& chunk, const Chunk* parsed) {
  ONELLM_ASSERT(parsed != nullptr && parsed->parts.size() == 1 && parsed->candidates.size() == 1);
  ONELLM_ASSERT(chunk.candidates[0].index == parsed->candidates[0].index);
  ONELLM_ASSERT(chunk.parts[0].kind == parsed->parts[0].kind && chunk.parts[0].text == parsed->parts[0].text);
  ONELLM_ASSERT(chunk.counts.candidates == parsed->counts.candidates && chunk.counts.total == parsed->counts.total);
  ONELLM_ASSERT(parsed->candidates[0].finish_reason.empty() && parsed->error.empty());
}

// Each line as a chunk, which may be like one before.
void check_template(std::string_view lines) {
  ChunkTemplate chunk_template;
  ReplyReader reader;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::string_view text = line.starts_with("data: ") ? line.substr(6) : line;
    const Chunk* same = chunk_template.recognise(text);
    const Chunk* parsed = reader.read(text);
    if (same != nullptr) {
      expect_same(*same, parsed);
    } else if (parsed != nullptr) {
      chunk_template.learn(reader.source(), *parsed);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const auto cuts = static_cast<uint16_t>(data[0] | data[1] << 8);
  const std::string_view stream(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::unique_ptr<DecodedStream> whole = decode(stream, 0);
  const std::unique_ptr<DecodedStream> cut = decode(stream, cuts);
  ONELLM_ASSERT(whole->events == cut->events);
  ONELLM_ASSERT(whole->encoded == cut->encoded);
  onellm::test::expect_well_formed(whole->encoded);
  check_template(stream);
  return 0;
}
