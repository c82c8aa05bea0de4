# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  bill.cpp
  model_rules.cpp
  price_table.cpp
)
