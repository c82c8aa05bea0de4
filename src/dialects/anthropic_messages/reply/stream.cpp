#include "dialects/anthropic_messages/reply/stream.h"

#include "dialects/anthropic_messages/errors.h"
#include "dialects/anthropic_messages/reply/whole.h"
#include "dialects/common/reply/bad_reply.h"

namespace onellm::dialects::anthropic_messages {

namespace {

// The JSON object without its last brace and the spaces before it. Anthropic pads each event with a different number
// of spaces. Empty if `data` does not end with a brace.
std::string_view without_padding(std::string_view data) {
  if (!data.ends_with('}')) return {};
  data.remove_suffix(1);
  while (data.ends_with(' ')) data.remove_suffix(1);
  return data;
}

}  // namespace

void MessageStreamDecoder::take_event(const sse::Event& event, chat::EventSink& sink) {
  if (context_.may_pause) content_.take_event(event.data);
  if (const chat::Event* same = repeated_.recognise(without_padding(event.data))) return flow_.take_same(*same, sink);
  const MessageEvent* read = reader_.read(event.data, event.type);
  if (read == nullptr) {
    if (event.data == "[DONE]") return;  // Sent by some proxies, not by Anthropic.
    const bool is_error = event.type == "error";
    return fail_on_bad_data(is_error ? decode_stream_error(event.data, context_.model) : bad_reply(reader_.problem()),
                            sink);
  }
  if (read->type == EventType::kError || read->has_error) {
    return fail(decode_stream_error(event.data, context_.model), sink);
  }
  if (!flow_.take(*read, sink)) return fail(bad_reply(flow_.problem()), sink);
  learn(*read);
  if (read->type != EventType::kMessageStop) return;
  if (!flow_.started()) return fail(bad_reply("ended without an answer"), sink);
  set_ended();
  flow_.keep_content(content_.array());
  flow_.complete(sink);
}

void MessageStreamDecoder::learn(const MessageEvent& event) {
  if (event.type == EventType::kOther) return;
  const std::optional<chat::Event> given = flow_.repeatable(event);
  if (given) {
    repeated_.learn(without_padding(reader_.source()), *given);
  } else if (event.type != EventType::kBlockDelta) {
    repeated_.forget();
  }
}

void MessageStreamDecoder::take_whole_body(std::string_view body, chat::EventSink& sink) {
  decode_reply(body, context_, sink);
}

void MessageStreamDecoder::take_end(const Error& reason, chat::EventSink& sink) {
  if (!flow_.finished()) return fail(reason, sink);
  set_ended();
  flow_.complete(sink);
}

void MessageStreamDecoder::release_memory() {
  reader_.release_memory();
  repeated_ = {};
}

}  // namespace onellm::dialects::anthropic_messages
