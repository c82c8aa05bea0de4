#include "dialects/anthropic_messages/client/blocks/thought_seal.h"

#include "json/raw.h"

namespace onellm::dialects::anthropic_messages {

namespace {

std::string signature_payload(json::RawString signature) {
  return R"({"thoughtSignature":")" + std::string(signature.text) + "\"}";
}

}  // namespace

void ThoughtSeal::set_origin(const chat::Origin* origin) {
  const chat::Origin known = origin == nullptr ? chat::Origin() : *origin;
  is_known_ = origin != nullptr;
  provider_ = known.provider;
  model_ = known.model;
  dialect_ = known.dialect;
  plain_.clear();
}

std::string ThoughtSeal::seal(EnvelopeKind kind, std::string_view payload) const {
  return is_known_ ? seal_envelope(kind, provider_, model_, {payload}) : std::string();
}

const std::string& ThoughtSeal::plain() {
  if (plain_.empty() && !is_own()) plain_ = seal(EnvelopeKind::kPlain, "{}");
  return plain_;
}

std::string ThoughtSeal::call(json::RawString signature) const {
  return seal(EnvelopeKind::kCall, signature_payload(signature));
}

std::string ThoughtSeal::late_call(json::RawString signature) const {
  std::string payload = signature_payload(signature);
  payload.pop_back();
  return seal(EnvelopeKind::kCall, payload + R"(,"of":"call before"})");
}

std::string ThoughtSeal::text(json::RawString signature) const {
  return seal(EnvelopeKind::kText, signature_payload(signature));
}

// The data of a redacted block of the Responses API is a whole reasoning item.
std::string ThoughtSeal::block(const chat::ThinkingBlock& block) {
  if (!block.redacted) return plain();
  if (dialect_ != kOpenaiResponses) return {};
  constexpr std::string_view kType = R"({"type":"reasoning",)";
  std::string item = json::unescape(block.text);
  if (item.starts_with(kType)) item.replace(0, kType.size(), "{");  // The kind says it.
  return seal(EnvelopeKind::kReasoning, item);
}

}  // namespace onellm::dialects::anthropic_messages
