// The signature of a thought that Anthropic did not sign: an envelope that only the same model of the same provider
// gets back (dialects/common/reasoning/envelope.h).
#pragma once

#include <string>

#include "chat/event_details.h"
#include "chat/origin.h"
#include "dialects/common/reasoning/envelope.h"
#include "dialects/ids.h"

namespace onellm::dialects::anthropic_messages {

class ThoughtSeal {
 public:
  // Null: not known, so nothing is sealed.
  void set_origin(const chat::Origin* origin);

  // The thoughts have Anthropic's own form, or one that nobody knows: they pass as they are.
  [[nodiscard]] bool is_own() const { return !is_known_ || is_anthropic(); }
  [[nodiscard]] bool is_anthropic() const { return is_known_ && dialect_ == kAnthropicMessages; }

  // Each gives an envelope, or nothing if there is none.
  // Of reasoning that its host did not sign:
  [[nodiscard]] const std::string& plain();
  // Of a provider's signature of a tool call, or of a text:
  [[nodiscard]] std::string call(json::RawString signature) const;
  [[nodiscard]] std::string text(json::RawString signature) const;
  // Of a call that the client has already:
  [[nodiscard]] std::string late_call(json::RawString signature) const;
  // Of a block that its provider encrypted or signed:
  [[nodiscard]] std::string block(const chat::ThinkingBlock& block);

 private:
  [[nodiscard]] std::string seal(EnvelopeKind kind, std::string_view payload) const;

  bool is_known_ = false;
  std::string provider_;
  std::string model_;
  chat::DialectId dialect_ = chat::DialectId::kNone;
  std::string plain_;  // Empty: not made yet.
};

}  // namespace onellm::dialects::anthropic_messages
