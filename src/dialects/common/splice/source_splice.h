// Replaces some places of a text. The result is a rope (a list of pieces); unchanged parts are views, not copies.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/function_ref.h"
#include "base/rope.h"
#include "chat/request.h"
#include "dialects/common/splice/member_edit.h"

namespace onellm::dialects {

// Places must be views into the source and come in its order.
class SourceSplice {
 public:
  // `source` must outlive the result of finish().
  explicit SourceSplice(std::string_view source) : source_(source), kept_until_(source.data()) {}

  void replace(std::string_view place, std::string replacement) {
    ONELLM_ASSERT(kept_until_ <= place.data());
    out_.add_view({kept_until_, static_cast<size_t>(place.data() - kept_until_)});
    if (!replacement.empty()) out_.add_owned(std::move(replacement));
    kept_until_ = place.data() + place.size();
  }
  void insert(const char* at, std::string text) { replace(nothing_at(at), std::move(text)); }

  // Applies the edits of `edit_of` to all members of one object, in order. At least one member must stay. A cut also
  // removes the comma before the member, or the one after it at the object's beginning. `edit_of` may splice inside a
  // member that it does not edit.
  void edit_members(const std::vector<chat::SourceMember>& members,
                    FunctionRef<MemberEdit(const chat::SourceMember& member)> edit_of);

  [[nodiscard]] Rope finish() {
    replace(nothing_at(source_.data() + source_.size()), {});
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view nothing_at(const char* at) const {
    return source_.substr(static_cast<size_t>(at - source_.data()), 0);
  }

  std::string_view source_;
  const char* kept_until_;
  Rope out_;
};

}  // namespace onellm::dialects
