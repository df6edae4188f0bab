// Kill -9 of a lot before and after the one transaction with several receipts, while it sends its backlog at 200 a
// second to a slow platform. No record leaves the queue before its receipt is on disk, and none is taken twice.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { unsentIn } from '#ledger/desk/transfer/unsent.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { verdictOn } from '../../wire/kit/ledger-rows.ts'
import { cleanUp } from '../../wire/kit/live-program.ts'
import { startPlatform, TransferLot } from '../../wire/kit/transfer-lot.ts'
import { bundled } from '../bundled.ts'
import type { Seen } from './child.ts'

const records = 60
const kills = [
  ['before', 1],
  ['after', 1],
  ['before', 2],
  ['after', 2],
] as const
/** Long enough for several requests in flight: one is sent every 5 ms. */
const answerMs = 60

afterAll(cleanUp)

it('a backlog of 200 a second is killed around its receipts, and each record ends once', async () => {
  const platform = await startPlatform()
  const lot = new TransferLot(platform, { pacePerMin: 12_000 })
  for (const kind of ['exit-charges', 'exceptions'])
    await lot.admin('POST', '/faults', {
      at: `POST /v1/etc/${kind}`,
      when: 'after',
      do: 'delay',
      ms: answerMs,
      times: 1_000,
    })
  lot.adds(records)
  const script = await bundled(join(import.meta.dirname, 'child.ts'))
  const seenFile = join(lot.root, 'seen.json')
  const life = async (side: string, nth: number): Promise<[string | null, Seen]> => {
    const child = spawn(process.execPath, [script, lot.dir, seenFile, side, String(nth)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return [signal, JSON.parse(readFileSync(seenFile, 'utf8')) as Seen]
  }
  const onDisk = (): string[] =>
    [...unsentIn(readerOptions(lot.dir)).queue.records.values()].map((one) => one.outboxId)
  for (const [side, nth] of kills) {
    const [signal, seen] = await life(side, nth)
    expect([side, nth, signal]).toEqual([side, nth, 'SIGKILL'])
    const left = onDisk()
    // Records missing in the dead process's memory have ended on disk; after the transaction the disk knows more than
    // the memory.
    expect(left.filter((id) => !seen.unsent.includes(id))).toEqual([])
    const ahead = side === 'after' ? (seen.sizes.at(-1) ?? 0) : 0
    expect(seen.unsent.length - left.length).toBe(ahead)
    expect(verdictOn(lot.dir, 'n1')).toMatchObject({ ok: true, chain: 'ok' })
  }
  const before = onDisk().length
  const [signal, { sizes }] = await life('', 0)
  expect([signal, onDisk().length]).toEqual([null, 0])
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(before)
  expect(sizes.length).toBeLessThan(before / 2)
  expect(lot.ends()).toEqual(Array<string>(records).fill('confirmed'))
  const books = await lot.books()
  expect(books).toHaveLength(records)
  for (const row of books)
    expect(Number(row['requests'] ?? 1)).toBeLessThanOrEqual(1 + kills.length)
  expect(verdictOn(lot.dir, 'n1')).toMatchObject({ ok: true, chain: 'ok' })
})
