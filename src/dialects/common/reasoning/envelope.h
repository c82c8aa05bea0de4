// The envelope: what a provider wants back with later requests (signed or encrypted reasoning), wrapped for a client
// whose dialect has only one opaque text for it. The text is `onellm1.` and base64url of
//
//   {"p":"google","m":"gemini-3-pro","k":"call","v":{"thoughtSignature":"…"}}
//
// with the provider's name, the model that was asked, the kind and the payload. The client sends it back unchanged, and
// only that model of that provider gets the payload.
//
// Rule: it comes back from the client unsigned, so it is checked like any request. Encoders write the payload anew from
// the members that open_envelope() allows, and never paste it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chat/wrapped_thought.h"
#include "json/raw.h"

namespace onellm::dialects {

// The payloads. All values are strings unless noted; members in brackets may be missing.
//   kThinking   Claude's block: {["type":"thinking",]"thinking","signature"}
//   kRedacted   Claude's block: {["type":"redacted_thinking",]"data"}
//   kCall       Google's signature of the next tool call: {"thoughtSignature"}, or that string alone
//   kText       Google's signature of the next text: as kCall
//   kReasoning  OpenAI's item:
//   {["type":"reasoning",]"id",["summary":[{"type":"summary_text","text"}],]"encrypted_content"} kPlain      {} or
//   null. The reasoning is the text beside the envelope.
using EnvelopeKind = chat::ThoughtKind;

struct Envelope {
  std::string provider;  // As in the client's `model` field.
  std::string model;     // The model id that was sent to the provider.
  EnvelopeKind kind = EnvelopeKind::kPlain;
  std::string payload;  // Always a JSON object with the members of its kind.
};

// The text for the client; empty if it would be longer than kEnvelopeBytesMax. `provider` and `model` are plain text.
// `payload` must be as its kind demands: else open_envelope() will refuse the text.
[[nodiscard]] std::string seal_envelope(EnvelopeKind kind, std::string_view provider, std::string_view model,
                                        json::Raw payload);

// True if the text claims to be an envelope. Cheap. No provider's own signature begins like that.
[[nodiscard]] bool is_envelope(std::string_view text);

// nullopt for any text that is no correct envelope: too long, nested too deep, a key given twice, a member that its
// kind does not have.
[[nodiscard]] std::optional<Envelope> open_envelope(std::string_view text);

}  // namespace onellm::dialects
