# Files of this folder that are built for speed: they handle every byte of every request and reply
# (src/CMakeLists.txt).
hot_files(
  buffer.cpp
  grammar.cpp
  masked.cpp
  object.cpp
  object_scanner.cpp
  raw.cpp
  reader.cpp
  tokens.cpp
  writer.cpp
)
