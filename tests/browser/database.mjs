// Orders to the keeper of the throw-away PostgreSQL (tests/support/throwaway_postgres).
import assert from 'node:assert/strict'
import { readSync, writeSync } from 'node:fs'

export function tellDatabase(order) {
  writeSync(3, order + '\n')
  const answer = Buffer.alloc(16)
  const length = readSync(4, answer)
  assert.equal(answer.toString('utf8', 0, length).trim(), 'ok', 'PostgreSQL: ' + order)
}
