// What a client learns of one leg (one of several models of a request) beside the joined answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "chat/event.h"
#include "chat/usage.h"

namespace onellm::dialects {

// Views into the report of the leg.
struct LegSummary {
  std::string_view name;      // As the client asked for it.
  std::string_view provider;  // Of the target that answered, or whose failure is reported.
  std::string_view served_model;
  int status = 200;         // As the client would have got it from this leg alone.
  int upstream_status = 0;  // 0: there was no reply.
  std::optional<chat::FinishReason> finish = {};
  const chat::Usage* usage = nullptr;  // Null: not known.
  std::string cost = {};               // JSON: US dollars, or null.
  std::optional<int64_t> ms_to_first_token = {};
  std::optional<int64_t> total_ms = {};
  int attempts = 0;
  const Error* error = nullptr;  // Null: it did not fail.
};

}  // namespace onellm::dialects
