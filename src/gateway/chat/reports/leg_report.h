// What is known about a leg: the source for accounting and for the client's report. A leg is one model of a request
// with its fallbacks (gateway/chat/leg.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "chat/event.h"
#include "gateway/keys/spend/reserve.h"
#include "prices/prices.h"
#include "providers/provider.h"

namespace onellm::gateway {

struct Attempt;
struct Failure;

struct LegReport {
  std::string name;          // As the client asked for it.
  std::string provider;      // Of the target that answers, is being called, or whose failure is reported.
  std::string model;         // The provider's own name of the model that was asked for.
  std::string served_model;  // The model that the reply names, often a dated snapshot.
  bool model_named = false;  // The reply did name its model.
  // The reply names a service tier whose prices differ from those of the table.
  bool has_other_tier = false;
  int attempts = 0;         // Calls made, including retries.
  int upstream_status = 0;  // From that target; 0: no reply.
  double started_ms = 0;
  double first_token_ms = 0;  // When the first content came; 0: no content yet.
  int first_token_call = 0;   // Which of the calls made brought it, from 1.
  double ended_ms = 0;        // 0: not over yet.
  double paused_ms = 0;       // How long reading was paused until the leg's turn came.
  bool cancelled = false;     // Another leg won the race, or the client left.
  std::optional<chat::FinishReason> finish;
  std::optional<chat::Usage> usage;  // The latest that the provider reported.
  std::optional<Error> error;
  std::vector<std::string> dropped;               // Parameters that were not sent to the target.
  std::vector<providers::Header> passed_headers;  // Headers of the upstream's reply that the client gets.
  std::string request_id;                         // The provider's own id of the request, from that reply.
  std::string error_body;                         // Failure::body

  // The total cost of the calls that are over. Nothing if the cost of any of them is unknown.
  std::optional<prices::PicoUsd> cost = 0;
  double calls_ms = 0;  // The total time of those calls.

  // About the current call, or the last one.
  const providers::Provider* asked = nullptr;
  double call_started_ms = 0;
  Reserve reserve;  // What the caller's key has reserved for it.
  int64_t reply_bytes = 0;
  int64_t content_bytes = 0;  // Bytes of text, reasoning, refusals and call arguments in the reply.
  bool keeps_text = false;    // True if bodies are logged.
  std::string text;           // Then: the text of the answer, up to kLoggedTextBytesMax.

  // A call begins: clears what was noted about the previous call.
  void begin_call(const providers::Provider& asked_provider, const std::string& asked_model, double now_ms);
  // The leg is over without an answer: reports this failure as the result of the leg.
  void show_failure(const Attempt& attempt, const Failure& failure);
  // The first content comes now, with the current call.
  void note_first_token(double now_ms) {
    first_token_ms = now_ms;
    first_token_call = attempts;
  }
  // Notes what an event of the reply contains.
  void note(const chat::Event& event);
};

}  // namespace onellm::gateway
