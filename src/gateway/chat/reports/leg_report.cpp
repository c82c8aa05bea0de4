#include "gateway/chat/reports/leg_report.h"

#include <algorithm>

#include "base/limits.h"
#include "base/secrets/redact.h"
#include "base/text.h"
#include "gateway/chat/attempt.h"
#include "gateway/upstream/errors.h"

namespace onellm::gateway {

using chat::EventKind;

namespace {

bool is_of_model_name(char c) {
  return is_letter_or_digit(c) || std::string_view("._-:/@+").find(c) != std::string_view::npos;
}

// True if the text may be recorded as a model's name. A provider can send any text there.
bool is_model_name(std::string_view text, const providers::Provider* provider) {
  if (text.empty() || text.size() > kModelNotedBytesMax) return false;
  if (!std::all_of(text.begin(), text.end(), is_of_model_name)) return false;
  if (provider == nullptr) return true;
  const std::vector<std::string_view> secrets = secrets_of(*provider);
  return std::all_of(secrets.begin(), secrets.end(),
                     [text](std::string_view secret) { return without_secret(text, secret) == text; });
}

}  // namespace

void LegReport::begin_call(const providers::Provider& asked_provider, const std::string& asked_model, double now_ms) {
  ++attempts;
  asked = &asked_provider;
  provider = asked_provider.name;
  model_named = has_other_tier = false;
  model = served_model = asked_model;
  upstream_status = 0;
  passed_headers.clear();
  request_id.clear();
  error_body.clear();
  error.reset();
  usage.reset();
  call_started_ms = now_ms;
  reply_bytes = content_bytes = 0;
  text.clear();
}

void LegReport::show_failure(const Attempt& attempt, const Failure& failure) {
  provider = attempt.target.provider->name;
  model = served_model = attempt.target.model;
  upstream_status = failure.upstream_status;
  error = failure.error;
  passed_headers = failure.passed_headers;
  request_id = failure.request_id;
  error_body = failure.body;
}

void LegReport::note(const chat::Event& event) {
  if (event.details != nullptr) has_other_tier |= !chat::is_standard_tier(event.details->service_tier.text);
  switch (event.kind) {
    case EventKind::kStarted:
      if (event.name.empty() || event.name.text.size() > kModelNotedBytesMax) return;
      if (event.name.text == model) {
        model_named = true;
      } else if (std::string said = json::unescape(event.name); is_model_name(said, asked)) {
        model_named = true;
        served_model = std::move(said);
      }
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
    case EventKind::kThinkingSigned:
    case EventKind::kPartSigned:
    case EventKind::kCitation:
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kContentEnded:
    case EventKind::kCompleted:
    case EventKind::kFailed: return;
  }
}

}  // namespace onellm::gateway
