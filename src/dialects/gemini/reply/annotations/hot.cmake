# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  text_map.cpp
)
