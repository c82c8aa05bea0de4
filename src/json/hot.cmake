# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  buffer.cpp
  grammar.cpp
  masked.cpp
  object.cpp
  raw.cpp
  reader.cpp
  tokens.cpp
  writer.cpp
)
