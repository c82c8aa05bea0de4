// The part of ContentFlow that holds what comes between the fragments of a tool call.
#include <utility>

#include "base/limits.h"
#include "dialects/anthropic_messages/client/blocks/content_flow.h"
#include "dialects/common/reply/citation_limit.h"

namespace onellm::dialects::anthropic_messages {

using chat::Event;
using chat::EventKind;

void ContentFlow::take(const Event& event, std::string& out) {
  if (problem_ || event.choice != 0) return;
  if (event.kind == EventKind::kStarted) {  // The text of another leg follows.
    release_all(out);
    write_late_citations(out);
    return write(event, out);
  }
  if (!is_of_open_call(event) && (!held_.empty() || must_wait(event))) return hold(event);
  write(event, out);
  if (!held_.empty()) release(out);
}

void ContentFlow::end(chat::FinishReason finish, std::string& out) {
  finish_ = finish;
  release_all(out);
  close(out);
  write_late_citations(out);
}

// A source of no text is none.
void ContentFlow::hold_citation(const Event& event) {
  if (!has_text_ || !take_room(event.details->citation, late_citation_bytes_)) return;
  late_citations_.push_back(std::make_unique<chat::OwnedEvent>(event));
}

// A block needs a text. Most clients show no citations, so the title of the source is a good one.
void ContentFlow::write_late_citations(std::string& out) {
  if (late_citations_.empty()) return;
  for (const auto& late : std::exchange(late_citations_, {})) {
    close(out);
    if (problem_) return;
    const chat::Citation& citation = late->event().details->citation;
    write_text(citation.title.empty() ? citation.url : citation.title, out);
    blocks_.cite(citation, out);
  }
  close(out);
}

bool ContentFlow::is_of_open_call(const Event& event) const {
  return block_ == Block::kCall && event.kind == EventKind::kToolArguments && event.tool_call == call_;
}

// Text ends a call without arguments. Another call does not: the arguments of both may follow.
bool ContentFlow::must_wait(const Event& event) const {
  if (block_ != Block::kCall || is_of_open_call(event)) return false;
  const bool is_call = event.kind == EventKind::kToolCallOpened || event.kind == EventKind::kToolArguments;
  return !blocks_.input_may_end() || (is_call && blocks_.input_is_empty());
}

void ContentFlow::hold(const Event& event) {
  if (!chat::is_part_of_answer(event.kind) || event.kind == EventKind::kFinished) return;
  held_.push_back(std::make_unique<chat::OwnedEvent>(event));
  held_bytes_ += held_.back()->memory_bytes();
  if (held_bytes_ > kHeldCallsBytesMax) fail_open_call("is mixed with too much other content");
}

// Writes what needs to wait no longer. The order stays, except that fragments of the open call overtake.
void ContentFlow::release(std::string& out) {
  bool goes_on = true;
  while (goes_on && !held_.empty()) {
    goes_on = false;
    std::vector<std::unique_ptr<chat::OwnedEvent>> rest;
    for (auto& held : held_) {
      if (problem_) break;
      const Event& event = held->event();
      const bool waits = !is_of_open_call(event) && (!rest.empty() || must_wait(event));
      if (waits) {
        rest.push_back(std::move(held));
        continue;
      }
      goes_on = true;
      held_bytes_ -= held->memory_bytes();
      write(event, out);
    }
    held_ = std::move(rest);
  }
}

void ContentFlow::release_all(std::string& out) {
  release(out);
  while (!held_.empty() && !problem_) {
    close(out);
    release(out);
  }
}

void ContentFlow::fail_open_call(std::string_view problem) { fail_call(json::unescape({call_name_}), problem); }

void ContentFlow::fail_call(std::string_view call, std::string_view problem) {
  if (problem_) return;
  problem_ = {.kind = ErrorKind::kUpstreamBadReply, .message = "The tool call "};
  problem_->message.append(call).append(" ").append(problem) += '.';
}

}  // namespace onellm::dialects::anthropic_messages
