# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  account.cpp
  call_end.cpp
  call_record.cpp
  data_point.cpp
  ledger.cpp
  masked_text.cpp
  request_account.cpp
  request_log.cpp
)
