#include "gateway/gateway.h"

#include <utility>

namespace onellm::gateway {

namespace {

// A value in KV may be this old at every location, so reading it more often would not help.
constexpr double kKvFreshMs = 60'000;

}  // namespace

void Gateway::configure(std::string_view env_json) {
  env_json_ = env_json;
  settings_ = std::make_shared<routing::Settings>(routing::read_settings(env_json_, kv_));
  unlogged_problems_ = settings_->problems;
}

void Gateway::configure(routing::Settings settings) {
  settings.has_kv = false;
  settings_ = std::make_shared<routing::Settings>(std::move(settings));
}

std::vector<std::string> Gateway::kv_wanted(double now_ms) const {
  if (!settings_->has_kv || (kv_read_ && now_ms - kv_read_ms_ < kKvFreshMs)) return {};
  return settings_->from_kv;
}

void Gateway::apply_kv(const std::map<std::string, std::string>& found, double now_ms) {
  kv_read_ = true;
  kv_read_ms_ = now_ms;
  if (found == kv_) return;
  kv_ = found;
  const auto from_kv = settings_->from_kv;
  routing::Settings changed = routing::read_settings(env_json_, kv_);
  changed.from_kv = from_kv;  // These settings are read from KV again.
  settings_ = std::make_shared<routing::Settings>(std::move(changed));
  unlogged_problems_ = settings_->problems;
}

std::vector<std::string> Gateway::take_unlogged_problems() { return std::exchange(unlogged_problems_, {}); }

}  // namespace onellm::gateway
