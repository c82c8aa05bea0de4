// A call of the limiter as JSON, for the object that stores its rows.
//
//   {"op":"admit","now_ms":…,"state":{…},"rows":[…],"ask":{…}}
//   → {"state":{…},"changes":{…},"admission":{…}}
//
// | op           | needs                              | gives                                   |
// |--------------|------------------------------------|-----------------------------------------|
// | `admit`      | `ask`                              | `admission`                             |
// | `settle`     | `id`, `money`, `tokens`            |                                         |
// | `renew`      | `id`                               | `renewed`                               |
// | `limits`     | `limits`                           |                                         |
// | `wake`       |                                    | `report`, if the registry lacks it      |
// | `reported`   | `spend`, a report that arrived     |                                         |
// | `read`       | `hours` from first_recent_hour on  | `usage`                                 |
// | `end_leases` |                                    |                                         |
//
// `end_leases` comes before another op where more open requests are due than one call gets: it gets those that are due
// first, and no row of that op's request.
//
// `state` is absent at first. Where the answer has none, nothing is to be stored: so refusals and
// `read` cost no write. `rows`: the row of the request, and those whose due_ms is not after now_ms. Every op takes
// `limits`, which then counts before the op itself. Money is text.
#pragma once

#include <string>
#include <string_view>

namespace onellm::keys {

// The JSON that the call gives; empty if it is malformed, which is a bug of the caller.
[[nodiscard]] std::string call_limiter(std::string_view call);

}  // namespace onellm::keys
