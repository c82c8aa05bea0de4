// Masks credentials in what a provider says: its own ones, and what looks like one. For the functions of json/masked.h.
#pragma once

#include <string>
#include <string_view>

#include "providers/provider.h"

namespace onellm::gateway {

class CredentialMask {
 public:
  // `provider` must outlive it.
  explicit CredentialMask(const providers::Provider& provider) : provider_(provider) {}
  // As json::MaskText.
  std::string operator()(std::string_view text, std::string_view before) const;

 private:
  const providers::Provider& provider_;
};

}  // namespace onellm::gateway
