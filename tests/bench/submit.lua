-- wrk's part of tests/bench/service: every request is the one response with an identifier of its own.
--
-- wrk -t1 -s submit.lua URL -- RESPONSE AUTHORIZATION keep-alive|close [COUNT RECEIPTS]
--
-- RESPONSE is a file that holds the word IDENTIFIER once. With COUNT only so many are sent, or a few more; the status and
-- receipt of each go to the file RECEIPTS, and the run ends when all have an answer.

local before, after
-- wrk asks for one request that it only looks at.
local sent, answered = -1, 0

local function contents(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local function seed()
  local file = assert(io.open("/dev/urandom", "rb"))
  local sum = 0
  for _, byte in ipairs({file:read(6):byte(1, 6)}) do sum = sum * 256 + byte end
  file:close()
  math.randomseed(sum)
end

-- RFC 9562 5.4: version 4, variant 10.
local function uuid()
  local word = function() return math.random(0, 0xffff) end
  return string.format("%04x%04x-%04x-4%03x-%04x-%04x%04x%04x", word(), word(), word(), math.random(0, 0xfff),
    math.random(0x8000, 0xbfff), word(), word(), word())
end

local function send_only(count, path)
  local receipts = assert(io.open(path, "w"))
  -- In milliseconds: what is too many waits past the end of the run.
  delay = function() return sent < count and 0 or 3600000 end
  response = function(status, headers)
    local receipt = "-"
    for name, value in pairs(headers) do
      if name:lower() == "intake-receipt" then receipt = value end
    end
    receipts:write(status, " ", receipt, "\n")
    receipts:flush()
    answered = answered + 1
    if answered >= count and answered == sent then
      -- wrk itself would sit out its time.
      receipts:close()
      io.write("submitted ", answered, " 0 0 0 0\n")
      os.exit(0)
    end
  end
end

function init(args)
  local answers, authorization, connection = contents(args[1]), args[2], args[3]
  local first, last = answers:find("IDENTIFIER", 1, true)
  local bytes = #answers - (last - first + 1) + #uuid()
  seed()
  before = "POST /fhir/QuestionnaireResponse HTTP/1.1\r\nHost: localhost\r\nConnection: " .. connection ..
    "\r\nAuthorization: " .. authorization .. "\r\nContent-Type: application/fhir+json\r\nContent-Length: " .. bytes ..
    "\r\n\r\n" .. answers:sub(1, first - 1)
  after = answers:sub(last + 1)
  if args[4] then send_only(tonumber(args[4]), args[5]) end
end

function request()
  sent = sent + 1
  return before .. uuid() .. after
end

-- Latencies and the duration are in microseconds.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("submitted %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
