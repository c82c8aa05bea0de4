# Files of this folder that are built for speed: they handle every byte of every streamed reply
# (src/CMakeLists.txt).
hot_files(
  reader.cpp
)
