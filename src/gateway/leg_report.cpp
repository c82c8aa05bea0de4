#include "gateway/leg_report.h"

#include "base/limits.h"
#include "base/text.h"

namespace onellm::gateway {

using chat::EventKind;

void LegReport::begin_call(const providers::Provider& asked_provider, const std::string& asked_model, double now_ms) {
  ++attempts;
  provider = asked_provider.name;
  model = served_model = asked_model;
  upstream_status = 0;
  passed_headers.clear();
  error.reset();
  usage.reset();
  call_started_ms = now_ms;
  reply_bytes = content_bytes = 0;
  text.clear();
}

void LegReport::note(const chat::Event& event) {
  switch (event.kind) {
    case EventKind::kStarted:
      if (!event.name.empty()) served_model = json::unescape(event.name);
      return;
    case EventKind::kText:
      if (keeps_text) text = utf8_prefix(text + json::unescape(event.text), kLoggedTextBytesMax);
      [[fallthrough]];
    case EventKind::kReasoning:
    case EventKind::kRefusal:
    case EventKind::kToolArguments: content_bytes += static_cast<int64_t>(event.text.text.size()); return;
    case EventKind::kToolCallOpened: content_bytes += static_cast<int64_t>(event.name.text.size()); return;
    case EventKind::kUsage: usage = *event.usage; return;
    case EventKind::kFinished: finish = event.finish; return;
    case EventKind::kExtra:
    case EventKind::kCompleted:
    case EventKind::kFailed: return;
  }
}

}  // namespace onellm::gateway
