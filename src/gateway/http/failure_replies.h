// The replies that the shim sends when the core has broken down (a trap in WebAssembly). The shim copies them at start,
// because nothing may come from the core afterwards (worker/failure.js).
#pragma once

#include <string>

#include "dialects/clients.h"

namespace onellm::gateway {

// JSON: an array with an object for each route, in the same order. Its members: `path`; `status`, `content_type` and
// `body` of a whole reply; `stream_content_type`, by which a stream of the dialect is known; `events`, which end such a
// stream; `event_end`, which must precede them in a stream that may stand inside an event; `id_placeholder`, which the
// shim replaces by the request's id wherever it stands in them; `id_header`, the dialect's own header for that id, or
// empty.
[[nodiscard]] std::string failure_replies(dialects::ClientRoutes routes);

}  // namespace onellm::gateway
