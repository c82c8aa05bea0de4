// The form of secrets and ids of keys.
//
// A secret is `sk-onellm-`, 43 base62 characters (256 random bits), and 6 base62 digits with the CRC-32 of all before
// them. So a wrong or mistyped secret is recognised without a look-up.
//
// Rule: a secret is never stored; its SHA-256 is. The caller computes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace onellm::keys {

inline constexpr size_t kSecretRandomBytes = 32;
inline constexpr size_t kIdRandomBytes = 16;

[[nodiscard]] std::string make_secret(std::span<const uint8_t, kSecretRandomBytes> random);

// True if `text` has the form of a secret, its checksum included. Says nothing about whether there is such a key.
[[nodiscard]] bool has_secret_form(std::string_view text);

// `text` with `***` for each secret in it, whole or cut short, whoever's it is: for what people may paste it into.
[[nodiscard]] std::string hide_secrets(std::string_view text);

// `key_` and 22 base62 characters.
[[nodiscard]] std::string make_id(std::span<const uint8_t, kIdRandomBytes> random);

// True if `text` may be an id: `key_` and 1 to 64 letters, digits or underscores.
[[nodiscard]] bool has_id_form(std::string_view text);

// True for the SHA-256 of a secret as text: 64 hexadecimal digits in lower case.
[[nodiscard]] bool has_hash_form(std::string_view text);

}  // namespace onellm::keys
