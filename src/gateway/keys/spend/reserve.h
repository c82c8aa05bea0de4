// What a call may use at most.
#pragma once

#include <cstdint>

#include "prices/money.h"

namespace onellm::gateway {

struct Reserve {
  prices::PicoUsd money = 0;
  int64_t tokens = 0;
};

}  // namespace onellm::gateway
