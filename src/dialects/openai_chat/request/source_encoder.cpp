#include "dialects/openai_chat/request/source_encoder.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "dialects/common/errors/complaint.h"
#include "dialects/common/splice/last_member.h"
#include "dialects/common/splice/source_members.h"
#include "dialects/common/splice/source_splice.h"
#include "dialects/openai_chat/request/parameter_rules.h"
#include "dialects/openai_chat/request/splice/messages/message_edits.h"
#include "json/raw.h"
#include "json/reader.h"

namespace onellm::dialects::openai_chat {

namespace {

using chat::SourceMember;

constexpr std::string_view kStreamOptions = "stream_options";
constexpr std::string_view kEffort = "reasoning_effort";
constexpr std::string_view kAskForUsage = R"("include_usage":true)";

bool is_key(const SourceMember& member, std::string_view key) { return json::key_is({member.key}, key); }

std::string object_of(std::string_view members) { return "{" + std::string(members) + "}"; }

// How to change stream_options.
enum class UsageEdit : uint8_t {
  kNone,    // Sent as the client wrote it.
  kCut,     // The host refuses it.
  kCreate,  // The client sent none, or null.
  kChange,  // The client's object must ask for usage too.
};

class RequestEncoder {
 public:
  RequestEncoder(const chat::Request& request, const EncodeOptions& options, Composing composing)
      : request_(request),
        options_(options),
        rules_(request, options),
        splice_(request.source.text),
        drops_(std::move(composing.drops)),
        effort_said_by_(composing.effort_said_by) {
    for (const SourceMember& member : request.source.members) {
      if (is_key(member, kStreamOptions)) stream_options_ = &member;
    }
    usage_edit_ = choose_usage_edit();
  }

  Result<EncodedRequest> encode() {
    for (const chat::Message& message : request_.messages) {
      if (message.is_error) drops_.add("messages[].content[].is_error");
    }
    if (std::optional<Error> refusal = refusal_of_choices()) return *std::move(refusal);
    splice_.edit_members(request_.source.members, [this](const SourceMember& member) {
      MemberEdit edit = edit_of(member);
      if (!edit.dropped.empty()) drops_.add(reported(edit.dropped));
      return edit;
    });
    if (options_.strict) {
      if (std::optional<Error> refusal = drops_.refusal()) return *std::move(refusal);
    }
    EncodedRequest out;
    out.body = splice_.finish();
    if (options_.output_limit > 0 && !rules_.output_limit().empty()) {
      add_last_member(out.body, rules_.output_limit(), options_.output_limit);
    }
    out.dropped = drops_.take();
    return out;
  }

 private:
  std::string_view reported(std::string_view dropped) const {
    return dropped == kEffort && !effort_said_by_.empty() ? effort_said_by_ : dropped;
  }

  // The error if `n` is above the limit. Fewer answers than requested are not acceptable.
  std::optional<Error> refusal_of_choices() const {
    int64_t most = options_.host.choices_max;
    if (most != 0) most = std::min(most, int64_t{options_.contract.choices_max});
    if (most == 0 || int64_t{request_.n} <= most) return std::nullopt;
    std::optional<Error> error;
    complain(error, "n", "must be at most " + std::to_string(most) + " for this provider",
             ErrorKind::kUnsupportedParameter);
    return error;
  }

  UsageEdit choose_usage_edit() const {
    const bool is_there = stream_options_ != nullptr;
    if (!options_.ask_for_usage || rules_.is_dropped_by_settings({kStreamOptions})) {
      return is_there ? UsageEdit::kCut : UsageEdit::kNone;
    }
    if (!request_.stream || request_.include_usage) return UsageEdit::kNone;
    return is_there && stream_options_->value != "null" ? UsageEdit::kChange : UsageEdit::kCreate;
  }

  MemberEdit edit_of(const SourceMember& member) {
    const ParameterRow& row = parameter_row({member.key});
    if (row.kind == ParameterKind::kModel) return edit_model(member);
    if (row.kind == ParameterKind::kMessages) return edit_messages_in(member.value);
    if (row.kind == ParameterKind::kStreamOptions) return edit_stream_options(member.value);
    if (row.kind == ParameterKind::kOnellm) return {.cut = true};
    if (options_.output_limit > 0 && is_limit(row.kind)) return {.cut = true};  // It is null.
    return row.kind == ParameterKind::kStream ? MemberEdit() : rules_.edit_of(member, row);
  }

  // Also adds a missing stream_options after `model`, which is always there.
  MemberEdit edit_model(const SourceMember& member) {
    if (request_.model != options_.model) {
      std::string quoted;
      json::quote_to(quoted, options_.model);
      splice_.replace(member.value, std::move(quoted));
    }
    if (usage_edit_ == UsageEdit::kCreate && stream_options_ == nullptr) {
      splice_.insert(member.member.data() + member.member.size(), R"(,"stream_options":)" + object_of(kAskForUsage));
    }
    return {};
  }

  MemberEdit edit_messages_in(std::string_view array) {
    edit_messages(request_, rules_.for_messages(), array, splice_, drops_);
    return {};
  }

  MemberEdit edit_stream_options(std::string_view value) {
    switch (usage_edit_) {
      case UsageEdit::kNone: return {};
      case UsageEdit::kCut: return {.cut = true};  // The client gets its usage chunk all the same.
      case UsageEdit::kCreate: return {.value = object_of(kAskForUsage)};
      case UsageEdit::kChange: ask_for_usage_in(value); return {};
    }
    return {};
  }

  void ask_for_usage_in(std::string_view object) {
    const std::vector<SourceMember> members = read_members(object);
    for (const SourceMember& member : members) {
      if (is_key(member, "include_usage")) return splice_.replace(member.value, "true");
    }
    splice_.insert(object.data() + 1, std::string(kAskForUsage) + (members.empty() ? "" : ","));
  }

  const chat::Request& request_;
  const EncodeOptions& options_;
  ParameterRules rules_;
  SourceSplice splice_;
  Drops drops_;
  const std::string_view effort_said_by_;
  const SourceMember* stream_options_ = nullptr;
  UsageEdit usage_edit_ = UsageEdit::kNone;
};

}  // namespace

Result<EncodedRequest> encode_source(const chat::Request& request, const EncodeOptions& options, Composing composing) {
  ONELLM_ASSERT(request.source.dialect == kOpenaiChat);
  return RequestEncoder(request, options, std::move(composing)).encode();
}

std::string_view stream_options_of(const chat::Request& request) {
  for (const SourceMember& member : request.source.members) {
    if (is_key(member, kStreamOptions)) return member.value == "null" ? std::string_view() : member.value;
  }
  return {};
}

}  // namespace onellm::dialects::openai_chat
