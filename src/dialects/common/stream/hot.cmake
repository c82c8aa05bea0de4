hot_files(
  repeated_chunk.cpp
  sse_decoder.cpp
)
