# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  chunk_template.cpp
  flow.cpp
  parse.cpp
  stream.cpp
)
