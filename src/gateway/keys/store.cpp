#include "gateway/keys/store.h"

#include <utility>

#include "base/limits.h"
#include "gateway/http/reply.h"

namespace onellm::gateway {

namespace {

constexpr std::string_view kRetryAfterS = "1";

struct Binding {
  std::string_view name;
  std::string_view class_name;
};
constexpr Binding kRegistry{.name = "ONELLM_KEYS_OBJECT", .class_name = "Registry"};
constexpr Binding kLimiter{.name = "ONELLM_LIMITER_OBJECT", .class_name = "Limiter"};

uint32_t call_object(Context& context, std::string head, std::string argument) {
  const uint32_t id = context.new_fetch_id();
  Command call{.kind = CommandKind::kCallObject, .id = id, .head = std::move(head)};
  call.body.add_owned(std::move(argument));
  context.commands.add(std::move(call));
  return id;
}

std::string limiter_head(std::string_view key, std::string_view method) {
  return std::string(kLimiter.name).append(" ").append(key).append(" ").append(method);
}

void append_lines(std::string& message, const Binding& binding) {
  message.append("\n\n[[durable_objects.bindings]]\nname = \"").append(binding.name);
  message.append("\"\nclass_name = \"").append(binding.class_name).append("\"");
}

}  // namespace

uint32_t call_registry(Context& context, std::string_view method, std::string argument) {
  static constexpr std::string_view kObject = " keys ";
  return call_object(context, std::string(kRegistry.name).append(kObject).append(method), std::move(argument));
}

uint32_t call_limiter(Context& context, std::string_view key, std::string_view method, std::string argument) {
  return call_object(context, limiter_head(key, method), std::move(argument));
}

void tell_limiter(Context& context, std::string_view key, std::string_view method, std::string argument) {
  Command call{.kind = CommandKind::kTellObject, .number = kKeySettleAttempts, .head = limiter_head(key, method)};
  call.body.add_owned(std::move(argument));
  context.commands.add(std::move(call));
}

std::optional<Error> missing_key_store(const routing::Settings& settings) {
  if (settings.has_key_registry && settings.has_key_limiter) return std::nullopt;
  Error error{.kind = ErrorKind::kNotConfigured, .message = "Keys have no store here: the binding "};
  error.message.append(settings.has_key_registry ? kLimiter.name : kRegistry.name);
  if (!settings.has_key_registry && !settings.has_key_limiter) error.message.append(" (and ONELLM_LIMITER_OBJECT)");
  error.message.append(" is missing. Add these lines to wrangler.toml, the tag after those that it has, and deploy:");
  if (!settings.has_key_registry) append_lines(error.message, kRegistry);
  if (!settings.has_key_limiter) append_lines(error.message, kLimiter);
  error.message.append("\n\n[[migrations]]\ntag = \"v2\"\nnew_sqlite_classes = [\"Registry\", \"Limiter\"]");
  return error;
}

void refuse_key_store(Context& context) {
  const Error error{.kind = ErrorKind::kKeyStoreUnavailable,
                    .message = "The store of keys does not answer. Try again in a second."};
  HeadWriter head = error_head(context, error);
  head.add_plain("retry-after", kRetryAfterS);
  send_error(context, std::move(head), error);
}

}  // namespace onellm::gateway
