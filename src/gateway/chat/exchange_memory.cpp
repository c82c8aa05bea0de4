// The part of a chat exchange that limits the memory of its legs: of what they receive, and of events that wait.
#include <algorithm>

#include "base/limits.h"
#include "gateway/chat/exchange.h"
#include "gateway/chat/held_replies.h"

namespace onellm::gateway {

// What a leg holds in memory besides its plan: bytes that its decoder keeps, and events that wait for their turn or for
// the end of the leg.
size_t ChatExchange::held_bytes(size_t index) const {
  const size_t waiting = merger_ == nullptr ? 0 : merger_->held_bytes(index) + gates_[index].memory_bytes();
  return legs_[index]->held_bytes() + waiting;
}

// What the session has allocated since the legs began and no leg accounts for, for example the collected answer.
// `bytes` is the size of the piece that is being handled.
size_t ChatExchange::unexplained_bytes(size_t bytes) const {
  size_t known = planned_bytes_ + bytes;
  for (size_t index = 0; index < legs_.size(); ++index) known += held_bytes(index);
  const size_t held = context_.memory_use->held_bytes();
  return held - std::min(held, known);
}

// Returns an error if there is no memory for the next bytes of a leg, or for parsing the JSON text that they may
// complete.
std::optional<Error> ChatExchange::no_memory_for(size_t index, size_t bytes) const {
  const Memory& memory = *context_.memory;
  const size_t text_bytes_max = encoder_ == nullptr ? kReplyBytesMax : kSseEventBytesMax;
  const size_t undecoded = std::min(legs_[index]->held_bytes() + bytes, text_bytes_max);
  if (encoder_ != nullptr && memory.has_plenty_for(undecoded)) return {};  // The usual case.
  const size_t held = held_bytes(index) + unexplained_bytes(bytes);
  const std::string& name = legs_[index]->report().name;
  if (encoder_ == nullptr) {
    size_t coming = bytes;
    for (const auto& leg : legs_) coming += leg->held_bytes();
    if (std::optional<Error> too_large = too_large_beside_others(context_, name, coming)) return too_large;
  }
  // While a whole reply is decoded, its text and the answer made of it are both in memory.
  const size_t parsed = encoder_ == nullptr ? undecoded + undecoded / kParseFactor : undecoded;
  if (memory.has_room_for(held) && memory.can_parse(parsed)) return {};
  return Memory::can_ever_hold(context_.memory_use->held_bytes()) ? no_memory(name) : request_too_large(name);
}

// Ends a leg for lack of memory. A single leg ends as if its upstream had broken off; a relayed stream goes on, and
// only the copy that is held here is dropped. One of several legs fails, even if its finish_reason was seen, because
// its waiting events are dropped.
void ChatExchange::give_up(size_t index, const Error& error) {
  LegEvents events(*this, index);
  if (merger_ == nullptr) return follow(index, legs_[index]->give_up(error, events));
  merger_->drop_waiting(index);
  gates_[index] = {};
  follow(index, legs_[index]->fail(error, events));
}

// Limits the waiting events of a leg, however much memory is free.
void ChatExchange::bound_waiting(size_t index) {
  if (merger_ == nullptr || encoder_ == nullptr || legs_[index]->over()) return;
  const CallGate& gate = gates_[index];
  const bool too_large_calls = gate.call_bytes() > kHeldCallsBytesMax;
  const bool too_large_extras = gate.extra_bytes() > kHeldCallExtrasBytesMax;
  const bool too_long_a_race = is_race() && merger_->held_bytes(index) > kRacingLegBytesMax;
  const std::string& name = legs_[index]->report().name;
  if (too_large_calls) return give_up(index, calls_too_large(name));
  if (too_large_extras) return give_up(index, signatures_too_large(name));
  if (too_long_a_race) give_up(index, race_too_long(name));
}

}  // namespace onellm::gateway
