hot_files(
  reader.cpp
)
