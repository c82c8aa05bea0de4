// Measures how long a request waited for upstreams: the time in which at least one call was under way.
#pragma once

namespace onellm::gateway {

class WaitMeter {
 public:
  void begin(double now_ms) {
    if (open_++ == 0) since_ms_ = now_ms;
    asked_ = true;
  }
  // Requires an earlier begin() of the same call.
  void end(double now_ms) {
    if (--open_ == 0) total_ms_ += now_ms - since_ms_;
  }

  // True once an upstream was called.
  [[nodiscard]] bool asked() const { return asked_; }
  [[nodiscard]] double total_ms(double now_ms) const { return total_ms_ + (open_ > 0 ? now_ms - since_ms_ : 0); }

 private:
  int open_ = 0;
  bool asked_ = false;
  double since_ms_ = 0;
  double total_ms_ = 0;
};

}  // namespace onellm::gateway
