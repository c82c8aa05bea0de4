hot_files(
  gateway.cpp
)
