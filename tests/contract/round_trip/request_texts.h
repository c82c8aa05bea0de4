// The texts among the fixtures that may be requests: whole JSON files, and the blocks of transcripts that hold what a
// client or the gateway sent.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "support/transcript.h"

namespace onellm::contract {

// The place of each, and its text.
inline std::vector<std::pair<std::string, std::string>> all_request_texts() {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ONELLM_FIXTURES)) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() == ".json") {
      std::ifstream file(path);
      texts.emplace_back(path.string(), std::string(std::istreambuf_iterator<char>(file), {}));
    }
    if (path.extension() != ".txt") continue;
    const test::Transcript transcript = test::read_transcript(path);
    for (const char* const block : {"request", "sent", "body"}) {
      const auto found = transcript.blocks.find(block);
      if (found != transcript.blocks.end()) texts.emplace_back(path.string() + " " + block, found->second);
    }
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

}  // namespace onellm::contract
