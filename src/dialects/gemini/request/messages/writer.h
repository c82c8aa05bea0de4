// Writes `contents`: turns of the user and the model, each a list of parts.
//
// Rule: Successive parts of one role become one turn, and no turn is empty. Gemini refuses anything else.
#pragma once

#include <cstddef>
#include <string_view>

#include "dialects/common/splice/spliced_text.h"
#include "json/raw.h"

namespace onellm::dialects::gemini {

class Contents {
 public:
  enum class Role : unsigned char { kNobody, kUser, kModel };

  explicit Contents(SplicedText& out) : out_(out) { out_.text() += '['; }

  // Begins a part of `role`; the caller appends one JSON object.
  [[nodiscard]] SplicedText& next(Role role);

  // Adds a text part with its thought signature, unless both are empty.
  void add_text(Role role, json::RawString text, json::RawString signature = {});

  void finish();

  // The role of the last turn.
  [[nodiscard]] Role last() const { return role_; }

  // The number of turns so far.
  [[nodiscard]] size_t turns() const { return turns_; }

 private:
  void end_turn();

  SplicedText& out_;
  Role role_ = Role::kNobody;
  size_t turns_ = 0;
};

}  // namespace onellm::dialects::gemini
