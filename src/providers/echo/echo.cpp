#include "providers/echo/echo.h"

#include <algorithm>

#include "base/limits.h"
#include "providers/echo/words.h"

namespace onellm::providers {

namespace {

using chat::Event;
using chat::EventKind;
using chat::FinishReason;

// The whole answer is produced in one call, so its size must be limited: a longer answer is cut at kEchoAnswerBytesMax
// with the finish reason "length", and several words share one event if there are too many.
constexpr size_t kTextEventsMax = 4096;  // All choices together.

constexpr std::string_view kNoText = "(no text)";

struct Reply {
  std::string text;  // The inside of a JSON string.
  FinishReason finish = FinishReason::kStop;
};

Event event_of(EventKind kind, uint32_t choice = 0) {
  Event event;
  event.kind = kind;
  event.choice = choice;
  return event;
}

const chat::Message* message_to_repeat(const chat::Request& request) {
  for (auto message = request.messages.rbegin(); message != request.messages.rend(); ++message) {
    if (message->role == chat::Role::kUser) return &*message;
  }
  return request.messages.empty() ? nullptr : &request.messages.back();
}

std::string text_of(const chat::Message& message) {
  std::string text;
  for (const chat::Part& part : message.parts) {
    if (part.kind != chat::PartKind::kText) continue;
    if (!text.empty()) text += "\\n";
    text += part.text.text;
  }
  return text;
}

Reply reply_to(const chat::Request& request, size_t bytes_max) {
  const chat::Message* message = message_to_repeat(request);
  std::string text = message == nullptr ? std::string() : text_of(*message);
  if (text.empty()) return {.text = std::string(kNoText)};
  if (text.size() <= bytes_max) return {.text = std::move(text)};

  size_t kept = 0;
  while (kept < bytes_max) {
    const size_t word = first_word_bytes(std::string_view(text).substr(kept), bytes_max - kept);
    if (kept + word > bytes_max) break;
    kept += word;
  }
  text.resize(kept);
  return {.text = std::move(text), .finish = FinishReason::kLength};
}

// Sends one event for each word, or for several words if there would be more than `events_max` events.
void send_words(uint32_t choice, std::string_view text, size_t events_max, chat::EventSink& sink) {
  Event event = event_of(EventKind::kText, choice);
  const size_t words = static_cast<size_t>(count_words({text}));
  const size_t words_each = std::max<size_t>(1, (words + events_max - 1) / events_max);
  while (!text.empty()) {
    size_t bytes = 0;
    for (size_t word = 0; word < words_each; ++word) bytes += first_word_bytes(text.substr(bytes), text.size());
    event.text = {text.substr(0, bytes)};
    sink.take(event);
    text.remove_prefix(bytes);
  }
}

chat::Usage usage_of(const chat::Request& request, const Reply& reply, size_t choices) {
  chat::Usage usage;
  for (const chat::Message& message : request.messages) {
    for (const chat::Part& part : message.parts) {
      if (part.kind == chat::PartKind::kText) usage.prompt_tokens += count_words(part.text);
    }
  }
  usage.completion_tokens = count_words({reply.text}) * static_cast<int64_t>(choices);
  usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
  return usage;
}

}  // namespace

void answer_by_echo(const chat::Request& request, std::string_view id, int64_t created_s, chat::EventSink& sink) {
  const size_t choices = std::max<size_t>(1, request.n);
  const Reply reply = reply_to(request, kEchoAnswerBytesMax / choices);
  for (uint32_t choice = 0; choice < choices; ++choice) {
    Event started = event_of(EventKind::kStarted, choice);
    started.id = {id};
    started.name = {"echo"};
    started.created_s = created_s;
    sink.take(started);

    send_words(choice, reply.text, request.stream ? std::max<size_t>(1, kTextEventsMax / choices) : 1, sink);

    Event finished = event_of(EventKind::kFinished, choice);
    finished.finish = reply.finish;
    sink.take(finished);
  }
  const chat::Usage usage = usage_of(request, reply, choices);
  Event counted = event_of(EventKind::kUsage);
  counted.usage = &usage;
  sink.take(counted);
  sink.take(event_of(EventKind::kCompleted));
}

std::vector<std::string> parameters_echo_drops(const chat::Request& request) {
  std::vector<std::string> names = request.source.left_out;
  for (const chat::Parameter& parameter : request.parameters) names.emplace_back(parameter.name);
  for (const chat::Parameter& parameter : request.unknown) names.emplace_back(parameter.name);
  if (!request.tools.empty()) names.emplace_back("tools");
  if (!request.functions.empty()) names.emplace_back("functions");
  if (request.tool_choice.kind != chat::ToolChoiceKind::kUnset) names.emplace_back("tool_choice");
  if (request.response_format.kind != chat::ResponseFormatKind::kUnset) names.emplace_back("response_format");
  const std::span<const std::string_view> hints = request.source.hints;
  std::erase_if(
      names, [hints](const std::string& name) { return std::find(hints.begin(), hints.end(), name) != hints.end(); });
  return names;
}

}  // namespace onellm::providers
