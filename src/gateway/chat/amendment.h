// What a call leaves out because its target refuses it: by what earlier requests learned (gateway/upstream/learned.h),
// or by what it said just now, for one call more.
//
// Never where the request is strict, and never what would change the meaning of the answer. Of each kind of part the
// call is made once more, no more: a second refusal is told as it is.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chat/request.h"
#include "dialects/dialect.h"
#include "gateway/session/room.h"
#include "gateway/upstream/learned.h"

namespace onellm::gateway {

struct Attempt;

struct Amendment {
  std::vector<std::string> parameters;  // Members of the client's request, or what the gateway sends unasked.
  bool without_strict = false;          // As in dialects::EncodeOptions.
  bool without_thoughts = false;
  bool left_out_parameter = false;       // A parameter was refused just now.
  std::vector<routing::Lesson> lessons;  // To be remembered if the call succeeds.
};

// Leaves out of the attempt what is known to be refused; to be called before it is encoded.
void take_lessons(const routing::Learned& learned, const chat::Request& request, double now_ms, Attempt& attempt);

// The request for this attempt, without what it leaves out. That is named.
[[nodiscard]] Result<dialects::EncodedRequest> encode_amended(const Attempt& attempt, const Amendment& amendment,
                                                              const chat::Request& request);

// Makes the attempt one without what `error` refused. False, and nothing changed, where that may not be left out, or
// was not sent. `room` is for what the new request takes of memory.
[[nodiscard]] bool amend(Attempt& attempt, const chat::Request& request, const Error& error, RoomShare& room);

}  // namespace onellm::gateway
