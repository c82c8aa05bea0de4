// The property that every reader of a stream has: what comes out does not depend on how the network cut
// the bytes up, nor on how the host wrote its line ends, nor on comments between the events.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace onellm::test {

using Pieces = std::vector<std::string_view>;

inline Pieces pieces_of(std::string_view stream, size_t piece_bytes) {
  Pieces pieces;
  for (size_t at = 0; at < stream.size(); at += piece_bytes) pieces.push_back(stream.substr(at, piece_bytes));
  return pieces;
}

inline std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Expects that `read`, which feeds pieces to a new reader, ends the stream and describes what came out,
// gives the same for every way to write and to cut `stream`. Its line ends must be LF.
template <typename Read>
void expect_same_for_every_cut(const std::string& stream, const Read& read) {
  const auto whole = read(Pieces{stream});
  for (size_t cut = 1; cut < stream.size(); ++cut) {
    const std::string_view text = stream;
    ASSERT_EQ(read(Pieces{text.substr(0, cut), text.substr(cut)}), whole) << "cut at byte " << cut;
  }
  const std::string with_crlf = replace_all(stream, "\n", "\r\n");
  const std::string with_cr = replace_all(stream, "\n", "\r");
  const std::string with_comments = ": hello\n\n" + replace_all(stream, "\n\n", "\n\n: still here\n\n:\n");
  const std::string without_spaces = replace_all(replace_all(stream, "data: {", "data:{"), "data: [", "data:[");
  const std::string with_mark = "\xEF\xBB\xBF" + stream;
  for (const std::string& variant : {stream, with_crlf, with_cr, with_comments, without_spaces, with_mark}) {
    for (const size_t piece_bytes : {variant.size(), size_t{1}, size_t{2}, size_t{7}, size_t{64}}) {
      ASSERT_EQ(read(pieces_of(variant, piece_bytes)), whole) << "in pieces of " << piece_bytes << ":\n" << variant;
    }
  }
}

}  // namespace onellm::test
