// Where the messages of a shortened request stood in the whole one. Encoders name fields by their place in the request
// that they get; clients know only the whole one.
#pragma once

#include <cstddef>
#include <vector>

#include "base/error.h"
#include "base/function_ref.h"

namespace onellm::dialects {

class Places {
 public:
  void reserve(size_t messages) { messages_.reserve(messages); }
  // The message at `index` of the whole request is the next one of the shortened.
  void keep(size_t index) { messages_.push_back(index); }

  // The error with the places of the whole request, in its parameter and where the message begins with it. `part_of`
  // gives the index of a part in the whole message `message` from that in the shortened one.
  [[nodiscard]] Error in_whole(Error error, FunctionRef<size_t(size_t message, size_t part)> part_of) const;

 private:
  std::vector<size_t> messages_;  // Indexes in the whole request.
};

}  // namespace onellm::dialects
