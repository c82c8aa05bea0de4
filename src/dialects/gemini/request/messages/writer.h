// Writes `contents`: turns of the user and the model, each a list of parts. Parts of one role in a row
// become one turn, and no turn is ever empty, since Gemini refuses both.
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

  // Begins a part of that role; the caller appends one object.
  [[nodiscard]] SplicedText& next(Role role);

  // A part of text with the signature of the thoughts behind it, unless both are empty.
  void add_text(Role role, json::RawString text, json::RawString signature = {});

  void finish();

  // Whose turn it was last.
  [[nodiscard]] Role last() const { return role_; }

  // How many turns were begun.
  [[nodiscard]] size_t turns() const { return turns_; }

 private:
  void end_turn();

  SplicedText& out_;
  Role role_ = Role::kNobody;
  size_t turns_ = 0;
};

}  // namespace onellm::dialects::gemini
