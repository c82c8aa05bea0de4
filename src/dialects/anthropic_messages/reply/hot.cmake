# Files that every byte of a reply passes through; compiled for speed (see src/CMakeLists.txt).
hot_files(
  content.cpp
  flow.cpp
  keys.cpp
  parse.cpp
  stream.cpp
  thinking.cpp
  whole.cpp
)
