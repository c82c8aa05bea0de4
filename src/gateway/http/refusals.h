// What the gateway itself answers to requests that it cannot take: sent as a whole, at once.
#pragma once

#include <cstddef>
#include <string_view>

#include "gateway/session/context.h"

namespace onellm::gateway {

void refuse_path(Context& context);
// `allowed` is the value of the header `allow`.
void refuse_method(Context& context, std::string_view allowed);
// A body of more than `limit` bytes.
void refuse_size(Context& context, size_t limit);
// A body for which there was no room in time.
void refuse_busy(Context& context);
// A body that stopped coming.
void refuse_slow_body(Context& context);

}  // namespace onellm::gateway
