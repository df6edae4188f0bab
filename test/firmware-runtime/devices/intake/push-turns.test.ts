// Turns of camera pushes: bytes beyond the share of one turn wait and are read in the following turns.
// Streams stand in for requests; the test counts turns of the event loop.
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { PushTurns } from '#devices/intake/push-turns.ts'

const piece = 64 * 1024
const turn = (): Promise<void> => new Promise((done) => setImmediate(done))

function readBy(turns: PushTurns, pieces: number) {
  const stream = new PassThrough({ highWaterMark: pieces * piece })
  for (let n = 0; n < pieces; n++) stream.write(Buffer.alloc(piece))
  stream.end()
  const seen = { bytes: 0, ended: false }
  stream.on('data', (chunk: Buffer) => {
    seen.bytes += chunk.length
    turns.took(stream as unknown as IncomingMessage, chunk.length)
  })
  stream.on('end', () => (seen.ended = true))
  return seen
}

it('no turn reads more than its share, and all come to their end', async () => {
  const turns = new PushTurns()
  const all = Array.from({ length: 10 }, () => readBy(turns, 10))
  const read = (): number => all.reduce((sum, { bytes }) => sum + bytes, 0)
  // Each stream is read once before it can be made to wait.
  await turn()
  let before = read()
  while (!all.every(({ ended }) => ended)) {
    await turn()
    expect(read() - before).toBeLessThanOrEqual(3 * piece)
    before = read()
  }
  expect(read()).toBe(10 * 10 * piece)
})
