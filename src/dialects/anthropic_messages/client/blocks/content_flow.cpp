#include "dialects/anthropic_messages/client/blocks/content_flow.h"

#include <utility>

#include "base/limits.h"
#include "dialects/anthropic_messages/client/blocks/call_input.h"

namespace onellm::dialects::anthropic_messages {

using chat::Event;
using chat::EventKind;

namespace {

constexpr std::string_view kNoName = "unnamed_tool";
constexpr std::string_view kIdPrefix = "toolu_";
constexpr std::string_view kMadeIdPrefix = "call_";  // dialects/common/tools/tool_call_id.h

// True for arguments that are the same as none.
bool is_no_input(json::RawString text) {
  return blank_bytes(text.text) == text.text.size() || text.text == "{}" || text.text == "null";
}

}  // namespace

void ContentFlow::write(const Event& event, std::string& out) {
  switch (event.kind) {
    case EventKind::kStarted:
      close(out);
      knows_signatures_ = is_text_signed_ = has_text_ = false;
      return seal_.set_origin(event.origin);
    case EventKind::kText:
      if (event.is_break && block_ != Block::kText) return;
      return write_text(event.text, out);
    case EventKind::kRefusal: return write_refusal(event, out);
    case EventKind::kReasoning: return write_reasoning(event, out);
    case EventKind::kThinkingSigned: return write_signed(*event.details, out);
    case EventKind::kPartSigned: return write_part_signature(event.details->signature, out);
    case EventKind::kToolCallOpened: return write_call(event, out);
    case EventKind::kToolArguments: return write_input(event, out);
    case EventKind::kCitation:
      if (block_ == Block::kText) return blocks_.cite(event.details->citation, out);
      return hold_citation(event);
    case EventKind::kContentEnded:
      if (event.details == nullptr || event.details->signature.empty() || knows_signatures_) return;
      return put_signature(seal_.text(event.details->signature), out);
    case EventKind::kMedia:
    case EventKind::kCode:
    case EventKind::kProviderPart:
    case EventKind::kExtra:
    case EventKind::kFinished:
    case EventKind::kUsage:
    case EventKind::kCompleted:
    case EventKind::kFailed: return;
  }
}

void ContentFlow::write_text(json::RawString text, std::string& out) {
  if (text.empty()) return;
  if (block_ != Block::kText) {
    close(out);
    if (problem_) return;
    block_ = Block::kText;
    has_text_ = true;
    blocks_.open_text(out);
  }
  blocks_.add_text(text, out);
}

// Anthropic's own refusal is an explanation beside the content; others are what the model said.
void ContentFlow::write_refusal(const Event& event, std::string& out) {
  if (refusal_.size() + event.text.text.size() <= kHeldTextBytesMax) refusal_ += event.text.text;
  if (!seal_.is_anthropic()) write_text(event.text, out);
}

void ContentFlow::write_reasoning(const Event& event, std::string& out) {
  if (hides_thoughts_ || event.text.empty() || (event.is_break && block_ != Block::kThinking)) return;
  if (block_ != Block::kThinking) {
    close(out);
    if (problem_) return;
    block_ = Block::kThinking;
    blocks_.open_thinking(out);
  }
  blocks_.add_thinking(event.text, out);
}

void ContentFlow::write_signed(const chat::EventDetails& details, std::string& out) {
  // Hidden reasoning has no text that must be told apart, so only what may go back is written.
  if (hides_thoughts_ ? details.confirmed == chat::Confirmed::kLater : details.confirmed == chat::Confirmed::kAgain) {
    return;
  }
  const chat::ThinkingBlock& block = details.thinking;
  if (details.thinking_cut) return put_signature({}, out);
  if (!seal_.is_own()) return put_signature(seal_.block(block), out);
  if (block.redacted) {
    close(out);
    if (!problem_ && !block.text.empty()) blocks_.add_redacted(block.text.text, out);
    return;
  }
  if (block_ != Block::kThinking) {  // Its text is hidden or empty.
    close(out);
    if (problem_) return;
    block_ = Block::kThinking;
    blocks_.open_thinking(out);
  }
  put_signature(block.signature.text, out);
}

// A text that is open keeps its block: most clients read the first one only. But the next part of a text that has its
// signature already is another text.
void ContentFlow::write_part_signature(json::RawString signature, std::string& out) {
  knows_signatures_ = true;
  std::string sealed = seal_.text(signature);
  if (sealed.empty()) return;
  if (block_ == Block::kText && !is_text_signed_ && signature_of_text_.empty()) {
    signature_of_text_ = std::move(sealed);
    return;
  }
  put_signature(sealed, out);
  is_text_signed_ = true;
}

void ContentFlow::put_signature(std::string_view signature, std::string& out) {
  if (signature.empty()) {
    if (block_ == Block::kThinking) close(out);
    return;
  }
  if (block_ == Block::kThinking) {
    blocks_.sign(signature, out);
    block_ = Block::kNone;
    static_cast<void>(blocks_.close(out));
    return;
  }
  close(out);
  add_redacted(signature, out);
}

void ContentFlow::add_redacted(std::string_view data, std::string& out) {
  if (!problem_) blocks_.add_redacted(data, out);
}

void ContentFlow::write_call(const Event& event, std::string& out) {
  if (event.details != nullptr && !event.details->signature.empty()) {
    put_signature(seal_.call(event.details->signature), out);
  }
  close(out);
  if (problem_) return;
  has_calls_ = true;
  is_text_signed_ = false;
  block_ = Block::kCall;
  call_ = event.tool_call;
  call_name_ = event.name.empty() ? kNoName : event.name.text;
  blocks_.open_call(id_of(event), call_name_, event.custom, out);
}

// Ids that the provider did not make look like Anthropic's.
std::string ContentFlow::id_of(const Event& call) const {
  if (call.id.empty()) return std::string(kIdPrefix) + seed_ + std::to_string(call_);
  std::string_view id = call.id.text;
  if (!call.has_made_id || !id.starts_with(kMadeIdPrefix)) return std::string(id);
  return std::string(kIdPrefix).append(id.substr(kMadeIdPrefix.size()));
}

// Of the latest call. Its block is written, or was begun, so the signature stands behind that.
void ContentFlow::write_late_signature(const Event& event, std::string& out) {
  if (!has_calls_ || event.tool_call != call_) return;
  signature_of_call_ = seal_.late_call(event.details->signature);
  if (block_ == Block::kNone) close(out);
}

void ContentFlow::write_input(const Event& event, std::string& out) {
  if (event.details != nullptr && !event.details->signature.empty()) write_late_signature(event, out);
  if (event.text.empty()) return;
  if (block_ != Block::kCall || event.tool_call != call_) {
    if (is_no_input(event.text)) return;
    return fail_call("number " + std::to_string(event.tool_call + 1), "got more arguments after its end");
  }
  if (!blocks_.add_input(event.text, out)) fail_open_call("has arguments that are no JSON object");
}

void ContentFlow::close(std::string& out) {
  if (block_ == Block::kThinking && !seal_.plain().empty()) blocks_.sign(seal_.plain(), out);
  if (block_ == Block::kCall && finish_ == chat::FinishReason::kLength) blocks_.end_cut_input(out);
  const Block was = std::exchange(block_, Block::kNone);
  if (was != Block::kNone && !problem_ && !blocks_.close(out)) fail_open_call("has arguments that are not complete");
  if (!signature_of_call_.empty()) add_redacted(std::exchange(signature_of_call_, {}), out);
  if (was != Block::kText) return;
  is_text_signed_ = false;
  if (!signature_of_text_.empty()) add_redacted(std::exchange(signature_of_text_, {}), out);
}

}  // namespace onellm::dialects::anthropic_messages
