#include "gateway/chat/merge/merge.h"

#include "dialects/common/errors/reason.h"
#include "gateway/chat/merge/merge_modes.h"

namespace onellm::gateway {

std::optional<MergeMode> merge_mode(std::string_view name) {
  for (const MergeMode mode : {MergeMode::kConcat, MergeMode::kChoices, MergeMode::kRace}) {
    if (name == to_string(mode)) return mode;
  }
  return std::nullopt;
}

std::string_view to_string(MergeMode mode) {
  switch (mode) {
    case MergeMode::kConcat: return "concat";
    case MergeMode::kChoices: return "choices";
    case MergeMode::kRace: return "race";
  }
  __builtin_unreachable();
}

std::unique_ptr<Merger> make_merger(MergeMode mode, size_t leg_count, bool streamed, MergeHost& host,
                                    chat::EventSink& out) {
  switch (mode) {
    case MergeMode::kConcat: return make_concat_merger(leg_count, streamed, host, out);
    case MergeMode::kChoices: return make_choices_merger(leg_count, streamed, host, out);
    case MergeMode::kRace: return make_race_merger(leg_count, streamed, host, out);
  }
  __builtin_unreachable();
}

std::string failure_text(const std::string& leg_name, const Error& error) {
  return "[" + leg_name + ": " + dialects::reason_of(error) + " (" + std::to_string(status_of(error)) + ")]";
}

}  // namespace onellm::gateway
