# Files that every byte of a reply passes through; compiled for speed (see src/CMakeLists.txt).
hot_files(
  encode_stream.cpp
  relay_watcher.cpp
)
