// Reads server-sent events out of bytes, however the network cut them up.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
//
// Depends on base/ alone. Does no I/O: bytes come in by push(), events go out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "base/limits.h"
#include "base/pieces.h"

namespace onellm::sse {

// One dispatched event. Both views end with the call that they were handed to.
struct Event {
  std::string_view type;  // "message" unless the stream named it.
  std::string_view data;  // Its data lines, joined by '\n'.
};

class Reader {
 public:
  using OnEvent = FunctionRef<void(const Event&)>;

  // What becomes of an event that grows past kSseEventBytesMax.
  enum class TooLong : uint8_t {
    kStop,  // The reader takes nothing more.
    kSkip,  // It is left out, and the next one is read.
  };
  explicit Reader(TooLong too_long = TooLong::kStop) : too_long_(too_long) {}

  // Takes the next bytes of the stream and calls `on_event` for each event they complete, in order.
  // Returns false once it has stopped at an event that is too long.
  [[nodiscard]] bool push(std::string_view bytes, OnEvent on_event);

  // The stream ended. Providers leave out the last blank line at times: a last event that has its
  // data line, whole or without its line end, is dispatched here, unlike in a browser. The caller
  // decides whether such data is complete.
  void end(OnEvent on_event);

  // Forgets the event that is being read, and frees its memory: the rest of it is skipped up to its blank line.
  // Does nothing at a boundary.
  void skip_event();

  // Lines that are no field of an event, from the first on that begins with a bracket: hosts write an error
  // into a stream so at times, as it is. At most kErrorBodyBytesMax; empty where there was none.
  [[nodiscard]] std::string_view stray_json() const { return stray_json_; }

  // True where no byte of an event is pending: at the start, after a blank line, and after comments
  // that followed it. Bytes of our own may be written to the client here.
  [[nodiscard]] bool at_boundary() const;

  // True where the end of the line and a blank line would make no event of what is pending: a comment, say.
  [[nodiscard]] bool pending_is_silent() const;

 private:
  void take_line(std::string_view line, OnEvent on_event);
  [[nodiscard]] bool take_field(std::string_view name, std::string_view value);
  void keep_stray(std::string_view line);
  void add_data(std::string_view value);
  void dispatch(OnEvent on_event);
  void keep_event();
  void skip_line(std::string_view piece, bool has_end);
  void extend_line(std::string_view piece);
  void join_line();

  // The event that is being read. The views point into the bytes being pushed, or into line_, as long
  // as these last, so that an event which lies in one push is never copied. Where data comes in several
  // lines, or must wait for the next push, the views point into the strings, which are empty till then.
  std::string_view data_;
  std::string_view type_;
  std::string data_kept_;
  std::string type_kept_;
  bool has_data_ = false;   // A data line was there, even an empty one.
  bool has_field_ = false;  // A line was there that is neither comment nor blank.

  std::string stray_json_;
  std::string line_;         // The beginning of a line whose end has not come yet,
  Pieces more_of_line_;      // and the rest of one that is long.
  bool first_line_ = true;   // A byte order mark may stand before it.
  bool after_cr_ = false;    // The last push ended with CR: an LF that comes now belongs to it.
  bool overflowed_ = false;  // kSseEventBytesMax was passed. Final.

  const TooLong too_long_;
  bool skipping_ = false;    // Up to the end of an event,
  bool line_begun_ = false;  // of which a line is cut off here that is not blank.
};

}  // namespace onellm::sse
