#include "gateway/merge/merge.h"

#include "gateway/merge/merge_modes.h"

namespace onellm::gateway {

std::optional<MergeMode> merge_mode(std::string_view name) {
  if (name == "concat") return MergeMode::kConcat;
  if (name == "choices") return MergeMode::kChoices;
  if (name == "race") return MergeMode::kRace;
  return std::nullopt;
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
  const std::string code = code_of(error);
  return "[" + leg_name + ": " + (code.empty() ? type_of(error) : code) + " (" + std::to_string(status_of(error)) +
         ")]";
}

}  // namespace onellm::gateway
