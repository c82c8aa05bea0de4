# Files of this folder that are built for speed (src/CMakeLists.txt).
hot_files(
  bill.cpp
  model_rules.cpp
  price_table.cpp
)
