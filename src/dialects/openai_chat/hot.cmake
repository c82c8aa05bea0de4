hot_files(
  usage.cpp
  usage_counts.cpp
)
