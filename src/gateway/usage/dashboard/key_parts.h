// Collects what the dashboard shows of keys: of the master key the first page of all keys and their aliases, of another
// key what it may do and has used.
//
// Rule: the dashboard does not fail because of keys. What their stores do not answer is left out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/keys/figures.h"
#include "gateway/session/context.h"
#include "gateway/usage/dashboard/report.h"

namespace onellm::gateway {

class DashboardKeys {
 public:
  // `context` must outlive it.
  explicit DashboardKeys(Context& context) : context_(context) {}

  // Makes the calls that need no other answer. `is_admin`: all keys are wanted.
  void start(bool is_admin);

  // The result of a call to an object; nothing happens if the call is not one of these.
  void on_object(uint32_t id, bool replied, std::string_view reply);

  // Asks for the aliases of these keys, if some may be missing. Call it once, when waits() is false.
  void ask_aliases(const DashboardFigures& figures);

  // True while an answer is missing.
  [[nodiscard]] bool waits() const { return list_call_ != 0 || aliases_call_ != 0 || figures_.waits(); }
  // When give_up() is due if waits() is true, in milliseconds since 1970.
  [[nodiscard]] double deadline_ms() const { return deadline_ms_; }
  // Later answers are not believed.
  void give_up();

  [[nodiscard]] KeyParts take_parts();

 private:
  void take_list(std::string_view reply);
  void take_aliases(std::string_view reply);
  [[nodiscard]] std::string own_data() const;

  Context& context_;
  KeyParts parts_;
  std::shared_ptr<const keys::Record> own_;  // The key that asks; null: all keys are wanted.
  KeyFigures figures_;                       // Of that key.
  std::vector<std::string> listed_;          // Ids of the keys in the page.
  bool has_more_ = false;                    // There are keys that are not in the page.
  uint32_t list_call_ = 0;                   // The call under way; 0: none.
  uint32_t aliases_call_ = 0;
  double deadline_ms_ = 0;
};

}  // namespace onellm::gateway
