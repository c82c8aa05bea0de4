#include "dialects/anthropic_messages/client/encode_stream.h"

#include "dialects/anthropic_messages/client/encode_error.h"
#include "dialects/anthropic_messages/client/frames.h"
#include "dialects/anthropic_messages/client/usage.h"
#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

using chat::Event;
using chat::EventKind;

void MessageStreamEncoder::take(const Event& event, std::string& out) {
  switch (event.kind) {
    case EventKind::kStarted:
      if (id_.empty()) id_ = event.id.text;
      if (model_.empty()) model_ = event.name.text;
      return;
    case EventKind::kText: return take_text(event, out);
    case EventKind::kUsage: usage_ = *event.usage; return;
    case EventKind::kCompleted: return complete(out);
    case EventKind::kFailed: return encode_error_event(*event.error, meta_.request_id, out);
    case EventKind::kReasoning:
    case EventKind::kRefusal:
    case EventKind::kToolCallOpened:
    case EventKind::kToolArguments:
    case EventKind::kExtra:
    case EventKind::kThinkingSigned:
    case EventKind::kCitation:
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kContentEnded:
    case EventKind::kFinished: return;
  }
}

void MessageStreamEncoder::keep_alive(std::string& out) { out += kPing; }

void MessageStreamEncoder::begin(std::string& out) {
  if (begun_) return;
  begun_ = true;
  out += R"(event: message_start
data: {"type":"message_start","message":{"id":")";
  out += id_.empty() || meta_.one_envelope ? json::escape(meta_.fallback_id) : id_;
  out += R"(","type":"message","role":"assistant","model":")";
  out += model_;
  out += R"(","content":[],"stop_reason":null,"stop_sequence":null,"usage":)";
  append_usage(out, usage_ ? &*usage_ : nullptr);
  out += "}}\n\n";
}

void MessageStreamEncoder::take_text(const Event& event, std::string& out) {
  if (event.text.empty()) return;
  begin(out);
  if (!text_open_) {
    text_open_ = true;
    out +=
        "event: content_block_start\ndata: "
        R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})"
        "\n\n";
  }
  out +=
      "event: content_block_delta\ndata: "
      R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":")";
  out += event.text.text;
  out += "\"}}\n\n";
}

void MessageStreamEncoder::complete(std::string& out) {
  begin(out);
  if (text_open_) out += "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n";
  out +=
      "event: message_delta\ndata: "
      R"({"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":)";
  append_usage(out, usage_ ? &*usage_ : nullptr);
  out += "}\n\n";
  out += kMessageStop;
}

}  // namespace onellm::dialects::anthropic_messages
