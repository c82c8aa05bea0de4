#include "dialects/openai_chat/client/own_form/own_form.h"

#include <algorithm>

#include "base/error.h"
#include "base/limits.h"
#include "dialects/openai_chat/client/encode_error.h"
#include "dialects/openai_chat/client/own_form/annotations.h"
#include "json/writer.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::Event;
using chat::EventDetails;
using chat::EventKind;

constexpr EventDetails kNoDetails;

void append_picture(const chat::Media& media, std::string& out) {
  out += R"("images":[{"type":"image_url","image_url":{"url":"data:)";
  out.append(media.type.text).append(";base64,").append(media.data.text) += R"("}}])";
}

void append_code(const chat::CodeStep& code, std::string& out) {
  out += R"("code_execution":[{")";
  out.append(code.is_output ? R"(outcome":")" : R"(language":")").append(code.label.text);
  out.append(code.is_output ? R"(","output":")" : R"(","code":")").append(code.text.text) += R"("}])";
}

void append_part(const chat::ProviderPart& part, std::string& out) {
  out += R"("extra_content":{"google":{"parts":[{")";
  out.append(part.name.text).append("\":").append(part.value.text);
  if (!part.signature.empty()) out.append(R"(,"thoughtSignature":")").append(part.signature.text) += '"';
  out += "}]}}";
}

void add(std::string& members, std::string_view more) {
  if (more.empty()) return;
  if (!members.empty()) members += ',';
  members += more;
}

}  // namespace

std::string signature_member(json::RawString signature) {
  if (signature.empty()) return {};
  return R"("extra_content":{"google":{"thought_signature":")" + std::string(signature.text) + R"("}})";
}

OwnForm::Held& OwnForm::held_at(uint32_t choice) {
  if (held_.size() <= choice) held_.resize(choice + 1);
  return held_[choice];
}

const Event* OwnForm::of(const Event& event) {
  // Nothing of an earlier leg that ended before its content did is passed on.
  if (event.kind == EventKind::kStarted && event.choice < held_.size()) held_[event.choice] = {};
  const bool is_own = event.extra_of == kOpenaiChat;
  if (is_own && chat::is_typed(event.kind)) return nullptr;
  event_ = event;
  event_.details = nullptr;
  if (!is_own) event_.delta_extra = event_.choice_extra = event_.reply_extra = {};
  delta_.clear();
  choice_ = event_.choice_extra.text;
  reply_ = event_.reply_extra.text;
  if (event.details != nullptr) {
    if (!is_own) add_details(event);
    if (event.details->characters_before > 0 && !event_.delta_extra.empty()) {
      delta_ = shift_annotations(event_.delta_extra, event.details->characters_before);
      event_.delta_extra = {delta_};
    }
    add(reply_, event.details->gateway_members.text);
  }
  if (event.kind == EventKind::kFinished) add_failed_leg(event);
  event_.choice_extra = {choice_};
  event_.reply_extra = {reply_};
  return of_typed(event);
}

// Writes the details that may stand beside any event.
void OwnForm::add_details(const Event& event) {
  const EventDetails& details = *event.details;
  if (!details.logprobs.empty()) json::append_member(choice_, {"logprobs"}, details.logprobs);
  if (!details.answer_filters.empty()) json::append_member(choice_, {"content_filter_results"}, details.answer_filters);
  if (!details.prompt_filters.empty()) json::append_member(reply_, {"prompt_filter_results"}, details.prompt_filters);
  if (!details.service_tier.empty()) {
    json::append_member(reply_, {"service_tier"}, {'"' + std::string(details.service_tier.text) + '"'});
  }
  if (!details.container.empty()) json::append_member(reply_, {"container"}, details.container);
  if (event.kind != EventKind::kToolCallOpened && event.kind != EventKind::kToolArguments) return;
  delta_ = signature_member(details.signature);
  event_.delta_extra = {delta_};
}

// The choice of a leg that failed has the error beside its finish_reason.
void OwnForm::add_failed_leg(const Event& event) {
  if (event.error != nullptr) add(choice_, choice_error_member(*event.error));
  if (!event.name.empty()) json::append_member(choice_, {"model"}, {'"' + std::string(event.name.text) + '"'});
}

const Event* OwnForm::of_typed(const Event& event) {
  const EventDetails& details = event.details == nullptr ? kNoDetails : *event.details;
  switch (event.kind) {
    case EventKind::kThinkingSigned:
      if (details.confirmed == chat::Confirmed::kLater) return nullptr;
      if (details.thinking_cut) {
        held_at(event.choice).thinking.give_up();
      } else {
        held_at(event.choice).thinking.add(details.thinking);
      }
      return nullptr;
    case EventKind::kPartSigned: return nullptr;  // kContentEnded has it.
    case EventKind::kCitation: append_annotation(details.citation, held_at(event.choice).annotations); return nullptr;
    case EventKind::kMedia: append_picture(details.media, delta_); break;
    case EventKind::kCode: append_code(details.code, delta_); break;
    case EventKind::kProviderPart: append_part(details.part, delta_); break;
    case EventKind::kContentEnded: end_content(event); break;
    case EventKind::kStarted:
    case EventKind::kText:
    case EventKind::kReasoning:
    case EventKind::kRefusal:
    case EventKind::kToolCallOpened:
    case EventKind::kToolArguments:
    case EventKind::kExtra:
    case EventKind::kFinished:
    case EventKind::kUsage:
    case EventKind::kCompleted:
    case EventKind::kFailed: return &event_;
  }
  event_.kind = EventKind::kExtra;
  event_.delta_extra = {delta_};
  return event_.has_extras() ? &event_ : nullptr;
}

void OwnForm::end_content(const Event& event) {
  Held held;
  if (event.choice < held_.size()) std::swap(held, held_[event.choice]);
  const std::string thinking = held.thinking.array();
  if (!thinking.empty()) json::append_member(delta_, {"thinking_blocks"}, {thinking});
  if (!held.annotations.empty()) json::append_member(delta_, {"annotations"}, {"[" + held.annotations + "]"});
  if (event.details == nullptr) return;
  if (!event.details->phase.empty()) {
    json::append_member(delta_, {"phase"}, {'"' + std::string(event.details->phase.text) + '"'});
  }
  add(delta_, signature_member(event.details->signature));
}

void OwnForm::release_memory() {
  for (std::string* text : {&delta_, &choice_, &reply_}) {
    if (text->capacity() > kLargeEventBytes) std::string().swap(*text);
  }
}

}  // namespace onellm::dialects::openai_chat
