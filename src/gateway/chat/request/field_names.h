// Says names of request fields as the client knows them. Encoders use their own (chat::Request).
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "chat/request.h"
#include "dialects/client_dialect.h"

namespace onellm::gateway {

// Each name once.
[[nodiscard]] std::vector<std::string> in_clients_words(const std::vector<std::string>& names,
                                                        const dialects::ClientDialect& client,
                                                        const chat::Request& request);

// An error that an encoder found: its parameter, also where the message names it.
[[nodiscard]] Error in_clients_words(Error error, const dialects::ClientDialect& client, const chat::Request& request);

}  // namespace onellm::gateway
