// A running lot reminds of the yearly drill: not while none is recorded or it is far off, but a month ahead and when it is
// overdue. Papers that cannot be read are reported too, and stop nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { present } from '#base/pure/values/must.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { papersHere } from '#acceptance/desk/papers/papers-folder.ts'
import { DrillWatch } from '#acceptance/desk/papers/drill-watch.ts'
import { MemoryPorts, wholeDraft } from '../../../lane/desk/setup/setup-kit.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'

const dayMs = 86_400_000
const minuteUs = 60_000_000
let dir = ''
let nowUs = 0

beforeEach(() => {
  dir = folderOfTest('etc-lane-drill-')
  const lot = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')
  writeLot(dir, lot, JSON.stringify(present(tariffOfDraft(wholeDraft), 'a tariff')))
  nowUs = 0
})
const watch = () => new DrillWatch(dir, { nowUs: () => nowUs })
const heldDaysAgo = (days: number): void =>
  papersHere(dir).drill(new Date(Date.now() - days * dayMs).toISOString(), '甲', '演练')
const codes = (one: DrillWatch) => one.notices().map(({ code }) => code)

it.each([
  [[], []],
  [[10], []],
  [[340], ['PAPER-03']],
  [[400], ['PAPER-03']],
  [[400, 10], []],
])('drills %j days ago: %j', (days, said) => {
  for (const one of days) heldDaysAgo(one)
  expect(codes(watch())).toEqual(said)
})

it('is looked at again behind ten minutes, not before', () => {
  heldDaysAgo(400)
  const one = watch()
  expect(codes(one)).toEqual(['PAPER-03'])
  heldDaysAgo(1)
  nowUs = 9 * minuteUs
  expect(codes(one)).toEqual(['PAPER-03'])
  nowUs = 10 * minuteUs
  expect(codes(one)).toEqual([])
})

it('says that the papers cannot be read, by their file', () => {
  writeFileSync(join(dir, 'papers.json'), '{"version":9}')
  expect(watch().notices()).toEqual([{ code: 'FILE-02', note: join(dir, 'papers.json') }])
})
