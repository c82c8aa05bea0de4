# What a stream may have to read whole before it begins; compiled for speed (see src/CMakeLists.txt).
hot_files(
  token_estimate.cpp
)
