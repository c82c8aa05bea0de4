# Built for speed: what every byte of every request and reply passes through (src/CMakeLists.txt).
hot_files(
  decode_request.cpp
  encode_stream.cpp
  relay_watcher.cpp
)
