hot_files(
  decode_request.cpp
  encode_stream.cpp
  relay_watcher.cpp
)
