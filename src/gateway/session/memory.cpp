#include "gateway/session/memory.h"

#include <algorithm>
#include <iterator>

#include "base/limits.h"

namespace onellm::gateway {

namespace {

// How full the memory may be. A leg or a request that holds up to `own_bytes_max` may go on while all requests together
// hold at most `all_bytes_max`. For one that holds more than the last row allows, the limit is
// kHeldBeforeLargeBytesMax.
struct Holding {
  size_t own_bytes_max;
  size_t all_bytes_max;
};
constexpr Holding kHoldings[] = {{kMinimalHoldingBytesMax, kHeldBeforeMinimalBytesMax},
                                 {kTinyHoldingBytesMax, kHeldBytesMax},
                                 {kSmallHoldingBytesMax, kHeldBeforeSmallBytesMax}};

}  // namespace

size_t Memory::held_bytes() const {
  if (current_ == nullptr) return settled_bytes_;
  return settled_bytes_ - current_->settled_bytes_ + current_->held_bytes();
}

bool Memory::has_room_for(size_t own_bytes) const {
  const auto* const row = std::find_if(std::begin(kHoldings), std::end(kHoldings), [own_bytes](const Holding& holding) {
    return own_bytes <= holding.own_bytes_max;
  });
  return held_bytes() <= (row == std::end(kHoldings) ? kHeldBeforeLargeBytesMax : row->all_bytes_max);
}

bool Memory::has_plenty_for(size_t bytes) const {
  static_assert(kHeldBeforeLargeBytesMax <= std::min({kHeldBeforeSmallBytesMax, kHeldBytesMax, kParsingBytesMax}));
  return held_bytes() + kParseFactor * bytes <= kHeldBeforeLargeBytesMax;
}

bool Memory::can_ever_hold(size_t own_bytes) { return own_bytes <= kHeldBeforeLargeBytesMax; }

bool Memory::is_full() const { return held_bytes() > kHeldBytesMax; }

bool Memory::can_parse(size_t bytes) const { return held_bytes() + kParseFactor * bytes <= kParsingBytesMax; }

}  // namespace onellm::gateway
