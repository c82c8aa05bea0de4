hot_files(
  bill.cpp
  model_rules.cpp
  price_table.cpp
)
