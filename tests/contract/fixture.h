// One fixture of the contract: tests/fixtures/<folder>/<case>.txt, a transcript (support/transcript.h).
//
// Rule: what an API cannot do has a block `absent`, and the text of the file says why. It stands only for a reply: a
// request of that case is refused, or names what it drops.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "contract/cases.h"
#include "support/transcript.h"

namespace onellm::contract {

using Json = nlohmann::json;

struct Fixture {
  std::string place;  // For messages.
  test::Transcript transcript;

  [[nodiscard]] bool has(const std::string& block) const { return transcript.blocks.contains(block); }
  // The block without its last line end; empty if there is none.
  [[nodiscard]] std::string text(const std::string& block) const {
    std::string out = stream(block);
    if (out.ends_with('\n')) out.pop_back();
    return out;
  }
  [[nodiscard]] std::string stream(const std::string& block) const {
    const auto found = transcript.blocks.find(block);
    return found == transcript.blocks.end() ? std::string() : found->second;
  }
};

// Nothing if there is no such file.
inline std::optional<Fixture> read_fixture(const std::string& folder, std::string_view name) {
  const std::string place = folder + "/" + std::string(name) + ".txt";
  const std::filesystem::path path = std::filesystem::path(ONELLM_FIXTURES) / place;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return Fixture{place, test::read_transcript(path)};
}

// The blocks that the fixture lacks, each with a space before it.
inline std::string missing_blocks(const Case& wanted, const Fixture& fixture) {
  std::string missing;
  const auto need = [&](bool is_wanted, const char* block) {
    if (is_wanted && !fixture.has(block)) missing.append(" ").append(block);
  };
  need((wanted.parts & kRequest) != 0 && !fixture.has("refused"), "sent");
  if (fixture.has("absent")) return missing;
  for (const char* block : {"reply", "answer"}) need((wanted.parts & kReply) != 0, block);
  for (const char* block : {"stream", "events"}) need((wanted.parts & kStream) != 0, block);
  for (const char* block : {"status", "body", "error"}) need((wanted.parts & kErrorBody) != 0, block);
  return missing;
}

}  // namespace onellm::contract
