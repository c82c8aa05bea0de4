// The rest of a whole reply that is too long to be sent in one: kept here, where it counts to what its session holds
// (memory.h), and sent piece by piece as the client takes it. JavaScript never has more of it than one piece, however
// slowly the client reads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"

namespace onellm::gateway {

class UnsentReply {
 public:
  void begin(std::string body) {
    body_ = std::move(body);
    sent_ = 0;
  }

  // True until all of it was given out.
  [[nodiscard]] bool waits() const { return sent_ < body_.size(); }

  [[nodiscard]] size_t sent_bytes() const { return sent_; }

  // Nobody reads the rest.
  void give_up() { sent_ = body_.size(); }

  // Frees it, once the last piece was taken.
  void end_if_sent() {
    if (!waits()) std::string().swap(body_);  // `= {}` would keep the memory.
  }

  // The next kReplyPieceBytes of it, or what is left. Valid until begin(), and as long as this lives.
  [[nodiscard]] std::string_view next_piece() {
    const std::string_view piece = std::string_view(body_).substr(sent_, kReplyPieceBytes);
    sent_ += piece.size();
    return piece;
  }

 private:
  std::string body_;
  size_t sent_ = 0;
};

}  // namespace onellm::gateway
