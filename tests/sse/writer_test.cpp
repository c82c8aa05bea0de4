#include "sse/writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sse/reader.h"

namespace onellm::sse {
namespace {

TEST(SseWriter, WritesWhatTheReaderReads) {
  std::string stream;
  begin_event(stream);
  stream += R"({"a":1})";
  end_event(stream);
  stream += kKeepAlive;
  EXPECT_EQ(stream, "data: {\"a\":1}\n\n: keep-alive\n\n");

  Reader reader;
  std::vector<std::string> seen;
  EXPECT_TRUE(reader.push(stream, [&](const Event& event) { seen.emplace_back(event.data); }));
  EXPECT_EQ(seen, (std::vector<std::string>{R"({"a":1})"}));
  EXPECT_TRUE(reader.at_boundary());
}

}  // namespace
}  // namespace onellm::sse
