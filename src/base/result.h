// Result<T>: a value, or the Error that explains why there is none. The function that notices a failure returns an
// Error, and its callers pass it on by early return:
//
//   Result<ChatRequest> request = parse_request(body);
//   if (!request) return request.error();
//   use(*request);
#pragma once

#include <utility>
#include <variant>

#include "base/assert.h"
#include "base/error.h"

namespace onellm {

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }

  // Requires a value: the caller must have checked.
  T& operator*() {
    ONELLM_ASSERT(*this);
    return *std::get_if<0>(&held_);
  }
  T* operator->() { return &**this; }

  // Requires an error. Moves it out, so that `return result.error();` copies nothing.
  Error error() {
    ONELLM_ASSERT(!*this);
    return std::move(*std::get_if<1>(&held_));
  }

 private:
  std::variant<T, Error> held_;
};

// Result<Ok> is for functions that return no value, only success or an error.
struct Ok {};

}  // namespace onellm
