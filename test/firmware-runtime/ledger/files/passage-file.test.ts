// Traces of passages on disk: each stay gets its own only, also after restarts; bounded, and deleted with the photos
// of their day. A failing disk is counted.
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { PassageFile, passageFile, readPassage } from '#ledger/files/passage-file.ts'
import { clearPhotoDay, forgetPhotoDay, upkeepFacts } from '#ledger/files/upkeep-files.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => (dir = folderOfTest('etc-passages-')))

const day = '2026-11-20'
const next = '2026-11-21'
const event = (stayId: string, n: number) => ({ stayId, kind: 'event' as const, value: { n } })

test('gives back what a stay left on the days asked for, over restarts', async () => {
  const first = new PassageFile(dir)
  first.add(day, event('n1-S1', 1))
  first.add(day, event('n1-S10', 2))
  first.add(next, { stayId: 'n1-S1', kind: 'frame', value: { hex: 'FF"}\n' } })
  await first.close()
  const second = new PassageFile(dir)
  second.add(next, event('n1-S1', 3))
  await second.close()
  expect(await readPassage(dir, 'n1-S1', [day, next])).toEqual([
    event('n1-S1', 1),
    { stayId: 'n1-S1', kind: 'frame', value: { hex: 'FF"}\n' } },
    event('n1-S1', 3),
  ])
  expect(await readPassage(dir, 'n1-S1', [next])).toHaveLength(2)
  expect(await readPassage(dir, 'n1-S2', [day, next])).toEqual([])
  expect(await readPassage(dir, 'n1-S1', ['2026-11-19', '../../x'])).toEqual([])
  expect(dir === '' ? 0 : statSync(passageFile(dir, day)).mode & 0o777).toBe(0o600)
})

test('a torn last line costs itself and not the next one', async () => {
  const first = new PassageFile(dir)
  first.add(day, event('n1-S1', 1))
  await first.close()
  appendFileSync(passageFile(dir, day), '{"stayId":"n1-S1","kind":"ev')
  const second = new PassageFile(dir)
  second.add(day, event('n1-S1', 2))
  await second.close()
  expect(await readPassage(dir, 'n1-S1', [day])).toEqual([event('n1-S1', 1), event('n1-S1', 2)])
})

test('a day and a stay have a limit, and what is over it is counted', async () => {
  const file = new PassageFile(dir, { dayBytesMax: 500, stayTracesMax: 3, staysMax: 2 })
  for (let n = 1; n <= 5; n++) file.add(day, event('n1-S1', n))
  await file.flush()
  expect(file.dropped).toBe(2)
  expect(await readPassage(dir, 'n1-S1', [day])).toHaveLength(3)
  for (let n = 2; n <= 40; n++) {
    file.add(day, event(`n1-S${n}`, n))
    await file.flush()
  }
  expect(statSync(passageFile(dir, day)).size).toBeLessThanOrEqual(500)
  const lines = readFileSync(passageFile(dir, day), 'utf8').trim().split('\n').length
  expect(lines + file.dropped).toBe(5 + 39)
  // The next day has room again.
  file.add(next, event('n1-S2', 1))
  await file.close()
  expect(await readPassage(dir, 'n1-S2', [next])).toHaveLength(1)
})

test('a disk that refuses, or is slower than the lanes, costs traces and nothing else', async () => {
  writeFileSync(join(dir, 'photos'), 'no folder')
  const file = new PassageFile(dir, { waitingMax: 2 })
  for (let n = 1; n <= 3; n++) file.add(day, event(`n1-S${n}`, n))
  expect(file.dropped).toBe(1)
  await file.close()
  expect(file.dropped).toBe(3)
})

test('go with the photos of their day', async () => {
  const file = new PassageFile(dir)
  file.add(day, event('n1-S1', 1))
  await file.close()
  expect(await upkeepFacts(dir)).toMatchObject({ photoDays: [day] })
  expect(clearPhotoDay(dir, day, false)).toMatchObject({ files: 1 })
  forgetPhotoDay(dir, day)
  expect(await readPassage(dir, 'n1-S1', [day])).toEqual([])
  expect(await upkeepFacts(dir)).toMatchObject({ photoDays: [], begun: [] })
})
