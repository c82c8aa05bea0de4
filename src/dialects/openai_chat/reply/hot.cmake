# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  extra_members.cpp
  flow.cpp
  keys.cpp
  parse.cpp
  parse_delta.cpp
  stream.cpp
  tool_call_table.cpp
  whole.cpp
)
