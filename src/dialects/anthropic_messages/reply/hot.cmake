# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  content.cpp
  flow.cpp
  keys.cpp
  parse.cpp
  stream.cpp
  thinking_blocks.cpp
  whole.cpp
)
