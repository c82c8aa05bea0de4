// What a dialect's decoder makes of a stream, and OpenAI's encoder of that: for targets that hold decoders
// to what is true of every stream.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "dialects/dialect.h"
#include "dialects/openai_chat/client/encode_stream.h"
#include "json/reader.h"
#include "sse/reader.h"
#include "sse/writer.h"

#ifndef ONELLM_FIXTURES
#define ONELLM_FIXTURES ""
#endif
#include "support/transcript.h"

namespace onellm::test {

// Asserts that nothing follows a kCompleted or kFailed.
class DecodedStream final : public chat::EventSink {
 public:
  void take(const chat::Event& event) override {
    ONELLM_ASSERT(!ended);
    ended = event.kind == chat::EventKind::kCompleted || event.kind == chat::EventKind::kFailed;
    events += describe(event) + '\n';
    encoder.take(event, encoded);
  }

  std::string events;
  std::string encoded;
  bool ended = false;

 private:
  dialects::openai_chat::ChunkStreamEncoder encoder{
      {.id = "", .fallback_id = "x", .created_s = 1, .one_envelope = false, .include_usage = true}};
};

// Cuts where the bits of `cuts` say so, over and over. Asserts that there is an end.
inline std::unique_ptr<DecodedStream> decode_stream(std::string_view stream, uint16_t cuts,
                                                    dialects::StreamDecoder& decoder) {
  auto decoded = std::make_unique<DecodedStream>();
  size_t begin = 0;
  for (size_t at = 1; at < stream.size(); ++at) {
    if ((cuts >> (at % 16) & 1) == 0) continue;
    decoder.push(stream.substr(begin, at - begin), *decoded);
    begin = at;
  }
  decoder.push(stream.substr(begin), *decoded);
  decoder.end(*decoded);
  ONELLM_ASSERT(decoded->ended);
  return decoded;
}

// Asserts that it is a stream of valid JSON that ends with [DONE].
inline void expect_well_formed(const std::string& encoded) {
  bool done = false;
  sse::Reader reader;
  const bool fits = reader.push(encoded, [&](const sse::Event& event) {
    ONELLM_ASSERT(!done);
    done = event.data == "[DONE]";
    ONELLM_ASSERT(done || json::is_valid(event.data));
  });
  ONELLM_ASSERT(!fits || done);
}

}  // namespace onellm::test
