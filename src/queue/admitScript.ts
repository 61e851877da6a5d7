/** BullMQ's largest priority. A line that was never empty for so many rounds becomes first come, first served. */
const LAST_ROUND = 2 ** 21;

/**
 * Admits an edit to the line, or says which limit is in the way; in one step, so that no two requests take the same
 * place. An edit that is in the line already is admitted again without being counted twice.
 *
 * Rounds are start-time fair queueing (Goyal, Vin, Cheng 1996) with edits of equal weight: a member's next edit starts
 * one round after the member's last one, and a member who has none in the line starts in the round that is being made.
 *
 * KEYS: line, quota. ARGV: turn, member, server, deadline, steps, now, limits per member, per server, in all and per 24
 * hours (0: none), and "1" to admit or "0" to ask only. Returns a word and a number: "admitted" and the round, or the
 * limit that is reached ("member", "guild", "line", "quota"), and for "quota" when the oldest edit that is in the way
 * was asked for.
 */
export const admitScript = `
local turn, member, guild, deadline, steps = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local now = tonumber(ARGV[6])
local perMember, perGuild, total, perDay =
  tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])

local current, mine = nil, 0
local count, ofMember, ofGuild = 0, 0, 0
local line = redis.call('HGETALL', KEYS[1])
for i = 1, #line, 2 do
  local m, g, round, ends = string.match(line[i + 1], '^(%S+) (%S+) (%d+) (%d+)')
  round = tonumber(round)
  if line[i] == turn then return {'admitted', round} end
  if tonumber(ends) + 3600000 < now then
    redis.call('HDEL', KEYS[1], line[i]) -- a record that somebody deleted before its end
  else
    count = count + 1
    if current == nil or round < current then current = round end
    if guild ~= '-' and g == guild then ofGuild = ofGuild + 1 end
    if m == member then
      ofMember = ofMember + 1
      if round > mine then mine = round end
    end
  end
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 86400000)
local used = redis.call('ZCARD', KEYS[2])
if perDay > 0 and used >= perDay then
  return {'quota', tonumber(redis.call('ZRANGE', KEYS[2], used - perDay, used - perDay, 'WITHSCORES')[2])}
end
if ofMember >= perMember then return {'member', 0} end
if ofGuild >= perGuild then return {'guild', 0} end
if count >= total then return {'line', 0} end

local round = math.min(math.max(current or 1, mine + 1), ${LAST_ROUND})
if ARGV[11] == '1' then
  redis.call('HSET', KEYS[1], turn, string.format('%s %s %d %s %s', member, guild, round, deadline, steps))
  redis.call('ZADD', KEYS[2], now, turn)
  redis.call('PEXPIRE', KEYS[2], 86400000)
end
return {'admitted', round}
`;
