// The three ways of joining legs; merge.h says what they have in common.
#pragma once

#include "gateway/chat/merge/merge.h"

namespace onellm::gateway {

[[nodiscard]] std::unique_ptr<Merger> make_concat_merger(size_t leg_count, bool streamed, MergeHost& host,
                                                         chat::EventSink& out);
[[nodiscard]] std::unique_ptr<Merger> make_choices_merger(size_t leg_count, bool streamed, MergeHost& host,
                                                          chat::EventSink& out);
[[nodiscard]] std::unique_ptr<Merger> make_race_merger(size_t leg_count, bool streamed, MergeHost& host,
                                                       chat::EventSink& out);

// The raw member `"error":{…}` that a failed leg's choice carries.
[[nodiscard]] std::string error_member(const Error& error);

}  // namespace onellm::gateway
