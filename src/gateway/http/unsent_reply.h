// Keeps the rest of a whole reply that is too long to send at once, and sends it in pieces as the client takes them.
//
// Rule: The rest is counted as memory of its session (session/memory.h). JavaScript never holds more than one piece of
// it, however slowly the client reads.
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

  // True until all of it was taken.
  [[nodiscard]] bool waits() const { return sent_ < body_.size(); }

  [[nodiscard]] size_t sent_bytes() const { return sent_; }

  // Drops the rest: the client does not read it.
  void give_up() { sent_ = body_.size(); }

  // Frees the body after the last piece was taken.
  void end_if_sent() {
    if (!waits()) std::string().swap(body_);  // `= {}` would keep the memory.
  }

  // Returns the next kReplyPieceBytes, or what is left. Valid until begin() or until this object is destroyed.
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
