// The decoder of Anthropic's streams under any bytes. Beyond not crashing:
// - the same events for two cuts of the same stream, taken from the input;
// - kCompleted or kFailed last, and exactly one;
// - what OpenAI's encoder makes of the events is a stream of valid JSON that ends with [DONE];
// - a body that is no stream says the same whether a stream was expected or not.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "dialects/anthropic_messages/reply_decoder.h"
#include "dialects/anthropic_messages/stream_decoder.h"
#include "dialects/openai_chat/stream_encoder.h"
#include "json/reader.h"
#include "sse/reader.h"
#include "sse/writer.h"

#ifndef ONELLM_FIXTURES
#define ONELLM_FIXTURES ""
#endif
#include "support/transcript.h"

namespace {

using onellm::chat::Event;
using onellm::chat::EventKind;

class Result final : public onellm::chat::EventSink {
 public:
  void take(const Event& event) override {
    ONELLM_ASSERT(!ended);
    ended = event.kind == EventKind::kCompleted || event.kind == EventKind::kFailed;
    events += onellm::test::describe(event) + '\n';
    encoder.take(event, encoded);
  }
  std::string events;
  std::string encoded;
  bool ended = false;
  onellm::dialects::OpenAiChatStreamEncoder encoder{
      {.id = "", .fallback_id = "x", .created_s = 1, .one_envelope = false, .include_usage = true}};
};

// Half of the inputs are read as if a tool named `reply` stood in for a format of the reply.
onellm::dialects::ReplyContext context(uint16_t cuts) {
  return {.model = "claude-2.0", .text_tool = cuts % 2 == 0 ? "" : "reply"};
}

// Cuts where the bits of `cuts` say so, over and over.
std::unique_ptr<Result> decode(std::string_view stream, uint16_t cuts, const onellm::dialects::ReplyContext& asked) {
  auto result = std::make_unique<Result>();
  onellm::dialects::AnthropicStreamDecoder decoder(asked);
  size_t begin = 0;
  for (size_t at = 1; at < stream.size(); ++at) {
    if ((cuts >> (at % 16) & 1) == 0) continue;
    decoder.push(stream.substr(begin, at - begin), *result);
    begin = at;
  }
  decoder.push(stream.substr(begin), *result);
  decoder.end(*result);
  ONELLM_ASSERT(result->ended);
  return result;
}

void check_encoded(const std::string& encoded) {
  bool done = false;
  onellm::sse::Reader reader;
  const bool fits = reader.push(encoded, [&](const onellm::sse::Event& event) {
    ONELLM_ASSERT(!done);
    done = event.data == "[DONE]";
    ONELLM_ASSERT(done || onellm::json::is_valid(event.data));
  });
  ONELLM_ASSERT(!fits || done);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const auto cuts = static_cast<uint16_t>(data[0] | data[1] << 8);
  const std::string_view stream(reinterpret_cast<const char*>(data) + 2, size - 2);
  const onellm::dialects::ReplyContext asked = context(cuts);
  const std::unique_ptr<Result> whole = decode(stream, 0, asked);
  const std::unique_ptr<Result> cut = decode(stream, cuts, asked);
  ONELLM_ASSERT(whole->events == cut->events);
  ONELLM_ASSERT(whole->encoded == cut->encoded);
  check_encoded(whole->encoded);
  if (stream.starts_with('{')) {
    Result reply;
    onellm::dialects::decode_anthropic_reply(stream, asked, reply);
    ONELLM_ASSERT(reply.events == whole->events);
  }
  return 0;
}
