hot_files(
  text_map.cpp
)
