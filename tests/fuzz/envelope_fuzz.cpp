// Any text as an envelope, wrapped and as it is: what opens is a valid object, and sealed again it opens to the same.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/limits.h"
#include "dialects/common/media/base64.h"
#include "dialects/common/reasoning/envelope.h"
#include "json/reader.h"

namespace {

using onellm::dialects::Envelope;
using onellm::dialects::open_envelope;

void expect_whole(std::string_view text) {
  const std::optional<Envelope> opened = open_envelope(text);
  if (!opened) return;
  ONELLM_ASSERT(onellm::json::is_valid(opened->payload));
  ONELLM_ASSERT(opened->payload.front() == '{' && opened->payload.back() == '}');
  const std::string sealed =
      onellm::dialects::seal_envelope(opened->kind, opened->provider, opened->model, {opened->payload});
  if (sealed.empty()) return;  // Escapes in the names may make it longer.
  const std::optional<Envelope> again = open_envelope(sealed);
  ONELLM_ASSERT(again && again->payload == opened->payload && again->kind == opened->kind);
  ONELLM_ASSERT(again->provider == opened->provider && again->model == opened->model);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  expect_whole(text);
  std::string wrapped = "onellm1.";
  onellm::dialects::encode_base64url_to(wrapped, text);
  expect_whole(wrapped);
  return 0;
}
