// Facts of passages on disk: one file per day, a torn line after a restart, a full disk, and what is deleted automatically.
// A car takes less than 50 bytes.
import { readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { PassingFiles, readPassing, readSince } from '#survey/files/passing-files.ts'
import type { PassageFact } from '#survey/pure/passing/facts.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const fact: PassageFact = {
  kind: 'passage',
  triggerOffMs: 2_443,
  underOnMs: 1_102,
  underOffMs: 3_546,
  searchOnMs: -15_000,
  firstMs: 1_411,
  lastMs: 2_514,
  tries: 2,
  searchOffMs: null,
}
let dir: string
beforeEach(() => (dir = folderOfTest('passing-')))
const fileOf = (day: string): string => join(dir, 'passing', 'exit', `${day}.csv`)

it('keeps facts by day, and brings them back in their order', async () => {
  const files = new PassingFiles(dir)
  files.add('exit', '2026-05-02', [fact])
  files.add('exit', '2026-05-01', [fact, { kind: 'beside', unsure: true }])
  files.add('entry', '2026-05-01', [])
  await files.flush()
  expect(files.days('exit')).toEqual([
    { day: '2026-05-01', facts: [fact, { kind: 'beside', unsure: true }] },
    { day: '2026-05-02', facts: [fact] },
  ])
  expect(files.days('entry')).toEqual([])
  expect(readFileSync(fileOf('2026-05-02')).length).toBeLessThan(50)
})
it('a line that a power cut tore is left out, and the first one behind it is whole', async () => {
  const first = new PassingFiles(dir)
  first.add('exit', '2026-05-01', [fact, fact])
  await first.flush()
  const whole = readFileSync(fileOf('2026-05-01'), 'utf8')
  writeFileSync(fileOf('2026-05-01'), whole.slice(0, -9))
  const second = new PassingFiles(dir)
  second.add('exit', '2026-05-01', [fact])
  await second.flush()
  expect(readPassing(dir, 'exit')).toEqual([{ day: '2026-05-01', facts: [fact, fact] }])
})
it('what the disk refuses is counted and stops nobody', async () => {
  writeFileSync(join(dir, 'passing'), 'in the way')
  const files = new PassingFiles(dir)
  files.add('exit', '2026-05-01', [fact, fact])
  await files.flush()
  expect(files.dropped).toBe(2)
})
it('the first fortnight and the newest five weeks stay', async () => {
  mkdirSync(join(dir, 'passing', 'exit'), { recursive: true })
  const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
  for (let n = 0; n < 100; n++) writeFileSync(fileOf(day(n)), 'b,0\n')
  const files = new PassingFiles(dir)
  files.add('exit', day(100), [fact])
  await files.flush()
  const left = readdirSync(join(dir, 'passing', 'exit')).toSorted()
  expect(left).toHaveLength(14 + 35 + 1)
  expect([left[0], left[13], left[14]]).toEqual([
    `${day(0)}.csv`,
    `${day(13)}.csv`,
    `${day(65)}.csv`,
  ])
})
it('from when on days count is durable, and a file that is none counts all', () => {
  const files = new PassingFiles(dir)
  expect(files.since('exit')).toBeNull()
  files.countFrom('exit', { day: '2026-05-02', skip: 3 })
  expect(readSince(dir, 'exit')).toEqual({ day: '2026-05-02', skip: 3 })
  writeFileSync(join(dir, 'passing', 'exit', 'since.json'), '{"day":"x"}')
  expect(readSince(dir, 'exit')).toBeNull()
})
