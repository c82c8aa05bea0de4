// The parts of an event that few events have: signed reasoning, sources, pictures, signatures, logprobs and the like.
// Here they are typed, so that every client dialect can write them in its own form.
//
// Rule: all members are views or numbers. each_view() lists every view, so that a copy can be made of them.
#pragma once

#include <cstdint>
#include <string_view>

#include "chat/thinking_block.h"
#include "json/raw.h"

namespace onellm::chat {

// May the client send a block of reasoning back? Some providers refuse it without what followed it in the answer.
enum class Confirmed : uint8_t {
  kNow,    // Yes.
  kLater,  // Another block follows directly, so it is not known yet. For clients that have each block at its place.
  kAgain,  // Yes: a block that came with kLater.
};

// The source of a part of the answer's text.
struct Citation {
  int64_t begin = 0;               // First character (code point) of the choice's text that the source supports.
  int64_t end = 0;                 // The character after the last.
  json::RawString url = {};        // Never empty.
  json::RawString title = {};      // May be empty, like those below.
  json::RawString quote = {};      // The cited words of the source.
  json::RawString reference = {};  // Opaque: the provider wants it back with the citation.
};

// A picture or another file that the model made.
struct Media {
  json::RawString type = {};  // Media type, such as image/png.
  json::RawString data = {};  // Base64.
};

// Code that the provider ran for the model, or what it printed. They are two events.
struct CodeStep {
  bool is_output = false;
  json::RawString label = {};  // The language of the code; the provider's word for how it ended.
  json::RawString text = {};   // The code; the output.
};

// A part of the answer that only its provider understands, and that it wants back unchanged: a call of a tool that the
// provider runs itself, or the result.
struct ProviderPart {
  json::RawString name = {};       // The provider's name for this kind of part.
  json::Raw value = {};            // In the provider's own format.
  json::RawString signature = {};  // May be empty.
};

struct EventDetails {
  // Each for one kind of event (EventKind).
  ThinkingBlock thinking = {};            // kThinkingSigned
  bool thinking_cut = false;              // kThinkingSigned: the block has no data that could go back.
  Confirmed confirmed = Confirmed::kNow;  // kThinkingSigned
  Citation citation = {};                 // kCitation
  Media media = {};                       // kMedia
  CodeStep code = {};                     // kCode
  ProviderPart part = {};                 // kProviderPart

  // Beside any event of a choice.
  // The provider's signature of a tool call (with an event of the call), or of the whole text (with kContentEnded).
  json::RawString signature = {};
  // Log probabilities of tokens: {"content":[{"token","logprob","bytes","top_logprobs"}],"refusal"}. They stay JSON
  // because one form is enough: each API that has them has these members of each token or is converted to them.
  json::Raw logprobs = {};
  json::RawString phase = {};  // kContentEnded: what the text is in the turn, commentary or final_answer.
  // kFinished: results of the host's content filter, {"hate":{"filtered","severity"},…}.
  json::Raw answer_filters = {};
  json::RawString stop_sequence = {};     // kFinished: the text at which the model stopped.
  json::RawString refusal_category = {};  // kFinished: the kind of rule for which the model refused.
  // The choice's text began before this part of it, at this character. Places in extras are counted from here.
  int64_t characters_before = 0;

  // Beside any event.
  json::RawString service_tier = {};      // Set where the reply first names it or names another.
  json::Raw container = {};               // kFinished: {"id","expires_at"} of the provider's sandbox.
  json::Raw prompt_filters = {};          // kFinished: [{"prompt_index","content_filter_results"}], as answer_filters.
  json::RawMembers gateway_members = {};  // kFinished: members of the gateway itself, for a reply in any dialect.

  // True if it has something about the choice, besides what belongs to one kind of event; about the whole reply.
  [[nodiscard]] bool is_of_choice() const {
    return !logprobs.empty() || !answer_filters.empty() || !stop_sequence.empty() || !refusal_category.empty() ||
           characters_before > 0;
  }
  [[nodiscard]] bool is_of_reply() const {
    return !service_tier.empty() || !container.empty() || !prompt_filters.empty() || !gateway_members.empty();
  }

  // Calls `visit` with a reference to each view.
  template <typename Visit>
  void each_view(Visit visit) {
    for (json::RawString* view :
         {&thinking.text, &thinking.signature, &thinking.model, &citation.url, &citation.title, &citation.quote,
          &citation.reference, &media.type, &media.data, &code.label, &code.text, &part.name, &part.signature,
          &signature, &phase, &stop_sequence, &refusal_category, &service_tier}) {
      visit(view->text);
    }
    for (json::Raw* view : {&part.value, &logprobs, &answer_filters, &container, &prompt_filters}) visit(view->text);
    visit(gateway_members.text);
  }
};

}  // namespace onellm::chat
