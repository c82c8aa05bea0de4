# Files that every byte of a reply passes through; compiled for speed (see src/CMakeLists.txt).
hot_files(
  text_map.cpp
)
