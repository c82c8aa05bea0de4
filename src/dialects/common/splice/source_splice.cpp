#include "dialects/common/splice/source_splice.h"

#include "json/raw.h"

namespace onellm::dialects {

namespace {

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<size_t>(end - begin)}; }

const char* end_of(std::string_view text) { return text.data() + text.size(); }

}  // namespace

void SourceSplice::edit_members(const std::vector<chat::SourceMember>& members,
                                FunctionRef<MemberEdit(const chat::SourceMember& member)> edit_of) {
  bool one_stays = false;
  for (size_t i = 0; i < members.size(); ++i) {
    const chat::SourceMember& member = members[i];
    MemberEdit edit = edit_of(member);
    if (!edit.cut) {
      one_stays = true;
      if (!edit.key.empty()) replace(member.key, json::escape(edit.key));
      if (!edit.value.empty()) replace(member.value, std::move(edit.value));
    } else if (one_stays) {
      replace(between(end_of(members[i - 1].member), end_of(member.member)), {});
    } else {
      ONELLM_ASSERT(i + 1 < members.size());
      replace(between(member.member.data(), members[i + 1].member.data()), {});
    }
  }
}

}  // namespace onellm::dialects
