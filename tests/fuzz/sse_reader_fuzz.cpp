// Any bytes, cut anyhow, are the same stream: what the reader makes of them in random pieces must be
// what it makes of them whole, and what a plain reading of the specification makes of them, line by
// line. Seeds: tests/fixtures/sse. The first two bytes choose the pieces.
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "sse/reader.h"

namespace onellm::sse {
namespace {

struct Reading {
  std::vector<std::string> events;  // Type, NUL, data.
  size_t events_before_end = 0;
  bool at_boundary = false;
  bool operator==(const Reading&) const = default;

  void add(std::string_view type, std::string_view data) {
    events.push_back(std::string(type).append(1, '\0').append(data));
  }
};

// `next_piece_bytes` says how long each piece shall be.
template <typename NextPieceBytes>
Reading read_in_pieces(std::string_view stream, NextPieceBytes next_piece_bytes) {
  Reading reading;
  Reader reader;
  const auto note = [&](const Event& event) { reading.add(event.type, event.data); };
  while (!stream.empty()) {
    // Memory of its own, so that a view that outlives its push is seen.
    const std::string piece(stream.substr(0, next_piece_bytes()));
    ONELLM_ASSERT(reader.push(piece, note));
    stream.remove_prefix(piece.size());
  }
  reading.events_before_end = reading.events.size();
  reading.at_boundary = reader.at_boundary();
  reader.end(note);
  ONELLM_ASSERT(reader.at_boundary());
  return reading;
}

std::vector<std::string> lines_of(std::string_view stream) {
  std::vector<std::string> lines(1);
  for (size_t i = 0; i < stream.size(); ++i) {
    if (stream[i] != '\n' && stream[i] != '\r') {
      lines.back() += stream[i];
      continue;
    }
    lines.emplace_back();
    if (stream.substr(i, 2) == "\r\n") ++i;
  }
  return lines;  // The last one had no line end.
}

Reading read_plainly(std::string_view stream) {
  if (stream.starts_with("\xEF\xBB\xBF")) stream.remove_prefix(3);
  Reading reading;
  std::vector<std::string> lines = lines_of(stream);
  const std::string unfinished = lines.back();
  lines.pop_back();

  std::string type;
  std::string data;  // A line end after each line.
  bool pending = false;
  const auto take = [&](const std::string& line) {
    const size_t colon = line.find(':');
    if (colon == 0) return;
    pending = true;
    const std::string name = line.substr(0, colon);
    std::string value = colon == std::string::npos ? "" : line.substr(colon + 1);
    if (value.starts_with(' ')) value.erase(0, 1);
    if (name == "data") data += value + "\n";
    if (name == "event") type = value;
  };
  const auto dispatch = [&] {
    if (!data.empty()) reading.add(type.empty() ? "message" : type, data.substr(0, data.size() - 1));
    type.clear();
    data.clear();
    pending = false;
  };
  for (const std::string& line : lines) line.empty() ? dispatch() : take(line);

  reading.events_before_end = reading.events.size();
  reading.at_boundary = !pending && unfinished.empty();
  if (unfinished.find(':') != std::string::npos) take(unfinished);
  dispatch();
  return reading;
}

void check(std::string_view stream, uint32_t seed) {
  const Reading whole = read_in_pieces(stream, [&] { return stream.size(); });
  ONELLM_ASSERT(whole.events == read_plainly(stream).events);
  ONELLM_ASSERT(whole.events_before_end == read_plainly(stream).events_before_end);
  ONELLM_ASSERT(read_in_pieces(stream, [] { return 1; }) == whole);
  std::mt19937 random(seed);
  ONELLM_ASSERT(read_in_pieces(stream, [&] { return 1 + random() % (1 + seed % 64); }) == whole);

  // A stream that is nothing but its mark is held back until it shows what it is.
  if (stream.size() > 3) ONELLM_ASSERT(whole.at_boundary == read_plainly(stream).at_boundary);
}

}  // namespace
}  // namespace onellm::sse

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (size < 2) return 0;
  onellm::sse::check(bytes.substr(2), static_cast<uint32_t>(data[0]) << 8 | data[1]);
  onellm::sse::check(bytes, static_cast<uint32_t>(size));
  return 0;
}
