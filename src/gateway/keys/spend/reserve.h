// What a call may use at most.
#pragma once

#include <cstdint>

#include "prices/money.h"

namespace onellm::gateway {

struct Reserve {
  prices::PicoUsd money = 0;
  int64_t tokens = 0;
  int64_t prompt_tokens = 0;   // Of them, those of the prompt, without a margin.
  bool may_be_hidden = false;  // The model may write more than a client sees: it may reason.
};

}  // namespace onellm::gateway
