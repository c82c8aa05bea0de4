// The three ways of merging legs. Their common interface is merge.h.
#pragma once

#include "gateway/chat/merge/merge.h"

namespace onellm::gateway {

[[nodiscard]] std::unique_ptr<Merger> make_concat_merger(size_t leg_count, bool streamed, MergeHost& host,
                                                         chat::EventSink& out);
[[nodiscard]] std::unique_ptr<Merger> make_choices_merger(size_t leg_count, bool streamed, MergeHost& host,
                                                          chat::EventSink& out);
[[nodiscard]] std::unique_ptr<Merger> make_race_merger(size_t leg_count, bool streamed, MergeHost& host,
                                                       chat::EventSink& out);

}  // namespace onellm::gateway
