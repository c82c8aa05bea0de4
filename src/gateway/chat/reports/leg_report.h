// What accounting and the client are told of a leg.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "chat/event.h"
#include "prices/prices.h"
#include "providers/provider.h"

namespace onellm::gateway {

struct Attempt;
struct Failure;

struct LegReport {
  std::string name;          // As asked.
  std::string provider;      // Of the target that answered or is being asked, or whose failure is told.
  std::string model;         // The provider's own name for what was asked of it.
  std::string served_model;  // What the reply says it came from, often a dated snapshot.
  bool model_named = false;  // It does say so.
  // Of a service tier whose prices are not those of the table.
  bool has_other_tier = false;
  int attempts = 0;         // Calls made, retries and all.
  int upstream_status = 0;  // Of that target; 0: no reply.
  double started_ms = 0;
  double first_token_ms = 0;  // When the first content came; 0: none did.
  double ended_ms = 0;        // 0: still going.
  double paused_ms = 0;       // How long it was held back meanwhile, until its turn came.
  bool cancelled = false;     // A race was won by another leg, or the client left.
  std::optional<chat::FinishReason> finish;
  std::optional<chat::Usage> usage;  // As the provider reported it up to now.
  std::optional<Error> error;
  std::vector<std::string> dropped;               // Parameters that the target did not get.
  std::vector<providers::Header> passed_headers;  // Of the upstream's reply, for the client.

  // What the calls that are over cost together. Nothing: of one of them it is not known.
  std::optional<prices::PicoUsd> cost = 0;
  double calls_ms = 0;  // That they took together.

  // Of the call under way, or the last one.
  const providers::Provider* asked = nullptr;
  double call_started_ms = 0;
  int64_t reply_bytes = 0;
  int64_t content_bytes = 0;  // Of those: text, reasoning, refusals, and the arguments of calls.
  std::string reply_extra;    // The members beside the answer, of the last event that had any.
  bool keeps_text = false;    // Bodies are logged,
  std::string text;           // and this is what it said, up to kLoggedTextBytesMax.

  // A call begins: what the one before said of itself is forgotten.
  void begin_call(const providers::Provider& asked_provider, const std::string& asked_model, double now_ms);
  // The leg is over without an answer, and of all calls the one that failed so is told.
  void show_failure(const Attempt& attempt, const Failure& failure);
  // What an event of the reply tells.
  void note(const chat::Event& event);
};

}  // namespace onellm::gateway
