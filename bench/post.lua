-- Script of wrk: the same POST over and over. Headers and body come from files that the environment
-- names; the outcome is printed as one line of JSON.

local function read_file(variable)
  local file = assert(io.open(assert(os.getenv(variable)), "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

wrk.method = "POST"
wrk.body = read_file("BENCH_BODY")
for name, value in read_file("BENCH_HEADERS"):gmatch("([^:\n]+): ([^\n]+)") do
  wrk.headers[name] = value
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '\nOUTCOME {"microseconds":%d,"requests":%d,"bytes":%d,"errors":%d,"p50":%d,"p99":%d}\n',
    summary.duration, summary.requests, summary.bytes,
    failed.connect + failed.read + failed.write + failed.status + failed.timeout,
    latency:percentile(50), latency:percentile(99)))
end
