// Reads server-sent events from bytes.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
//
// Depends on base/ alone. Does no I/O: the caller passes bytes to push() and gets events.
//
// Rule: the events are the same however the network cut the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/function_ref.h"
#include "base/limits.h"
#include "base/pieces.h"

namespace onellm::sse {

// One event. Both views are valid during the call that gets them only.
struct Event {
  std::string_view type;  // "message" unless the stream names another type.
  std::string_view data;  // Its data lines, joined by '\n'.
};

class Reader {
 public:
  using OnEvent = FunctionRef<void(const Event&)>;

  // What to do with an event larger than kSseEventBytesMax.
  enum class TooLong : uint8_t {
    kStop,  // Stop reading for good.
    kSkip,  // Leave the event out and read the next one.
  };
  explicit Reader(TooLong too_long = TooLong::kStop) : too_long_(too_long) {}

  // Takes the next bytes of the stream and calls `on_event` for each event that they complete, in order. False after
  // the reader has stopped at an event that is too long.
  [[nodiscard]] bool push(std::string_view bytes, OnEvent on_event);

  // The stream ended. Some providers leave out the last blank line. So a last event with a data line, even one without
  // its line end, is passed to `on_event` here; a browser would drop it. The caller decides whether its data is
  // complete.
  void end(OnEvent on_event);

  // Drops the event that is being read and frees its memory. The rest of it is skipped up to its blank line. Does
  // nothing between events.
  void skip_event();

  // Lines that are no field of an event, beginning with the first that starts with a bracket: some hosts write an error
  // into a stream as plain JSON. At most kErrorBodyBytesMax; empty if there is none.
  [[nodiscard]] std::string_view stray_json() const { return stray_json_; }

  // True if no byte of an event is pending: at the start, after a blank line, and after whole comments that follow it.
  // Only then may the gateway write bytes of its own into a stream that it passes on.
  [[nodiscard]] bool at_boundary() const;

  // True if ending the line and adding a blank line now would produce no event. An example is a pending comment.
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

  // The event that is being read. The views point into the pushed bytes or into line_, so that an event within one
  // push is never copied. If its data has several lines, or must wait for the next push, the views point into the two
  // strings; before that the strings are empty.
  std::string_view data_;
  std::string_view type_;
  std::string data_kept_;
  std::string type_kept_;
  bool has_data_ = false;   // The event has a data line, even an empty one.
  bool has_field_ = false;  // The event has a line that is neither comment nor blank.

  std::string stray_json_;
  std::string line_;         // The beginning of a line whose end has not arrived,
  Pieces more_of_line_;      // and the rest of it if it is long.
  bool first_line_ = true;   // Only the first line may begin with a byte order mark.
  bool after_cr_ = false;    // The last push ended with CR: an LF that follows belongs to the same line end.
  bool overflowed_ = false;  // An event was larger than kSseEventBytesMax. Never reset.

  const TooLong too_long_;
  bool skipping_ = false;    // The rest of the event is skipped.
  bool line_begun_ = false;  // While skipping: the last push ended inside a line that is not blank.
};

}  // namespace onellm::sse
