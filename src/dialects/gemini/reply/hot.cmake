# Files that every byte of a reply passes through; compiled for speed (see src/CMakeLists.txt).
hot_files(
  chunk_template.cpp
  flow.cpp
  parse.cpp
  stream.cpp
)
