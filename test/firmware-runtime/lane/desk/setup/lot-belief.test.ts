// The settings that a lane ran on at a given time: that version in words, what differs now, and who changed it last.
// Versions and files are given; settings of other lanes do not appear.
import { expect, it } from 'vitest'
import { lotCalls, type LotParts } from '#lane/desk/handlers/control-lot.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { believed, editedInFile, type KeptVersion } from '#lane/desk/setup/lot-belief.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const gateway = { url: 'https://pay.example', caFile: null, merchantNo: 'M1', secret: 'pay' }
const scanners = [{ id: 'scan', link: 'serial:/dev/ttyS1', lane: 'exit' }]
const draft = { ...wholeDraft, gateway, scanners }
const { spaceKinds: _, ...made } = present(judgeDraft(draft, new MemoryPorts()).config, 'a lot')
const tariff = present(tariffOfDraft(draft), 'a tariff')
const withBarrier = (lane: string, barrier: string) =>
  made.lanes.map((one) => (one.id === lane ? { ...one, barrier } : one))
const moved = withBarrier('exit', 'tcp://192.168.1.99:502')

const version = (atMs: number, by: string, lot: unknown): KeptVersion => ({
  atIso: isoOf(atMs),
  by,
  reason: `of ${by}`,
  lot,
  tariff,
})
const kept = [
  version(1_000, '王师傅', made),
  version(2_000, '李师傅', { ...made, capacity: 70 }),
  version(3_000, editedInFile, { ...made, capacity: 70, lanes: moved }),
  version(4_000, '赵师傅', { ...made, capacity: 80, lanes: moved }),
]
const times = [1_000, 2_000, 3_000, 4_000]
const history = (now: LotConfig = { ...made, capacity: 80, lanes: moved }) => ({
  times: () => times,
  at: (atMs: number) => kept[times.findLastIndex((one) => one <= atMs)] ?? null,
  now: () => ({ config: now, tariff }),
})
const said = (atMs: number, lane: string | null, now?: LotConfig) =>
  believed(history(now), atMs, lane).changes.map(
    ({ what, before, after, since }) =>
      `${what.zh}: ${before?.zh ?? '-'} > ${after?.zh ?? '-'} (${since?.by ?? 'nobody yet'})`,
  )

it('each value that is otherwise now is of the last one who changed it', () => {
  expect(said(1_500, null)).toEqual([
    '车位数: 60 > 80 (赵师傅)',
    `出口 道闸: tcp://192.168.1.31:502 > tcp://192.168.1.99:502 (${editedInFile})`,
  ])
  expect(said(3_000, null)).toEqual(['车位数: 70 > 80 (赵师傅)'])
  expect(said(4_000, null)).toEqual([])
})

it('what was changed and changed back is as it was', () => {
  expect(said(1_500, null, { ...made, lanes: moved })).toEqual([
    `出口 道闸: tcp://192.168.1.31:502 > tcp://192.168.1.99:502 (${editedInFile})`,
  ])
})

it('a file that no start has read yet is of nobody yet', () => {
  expect(said(4_000, null, { ...made, capacity: 99, lanes: moved })).toEqual([
    '车位数: 80 > 99 (nobody yet)',
  ])
  // Also for a value that earlier versions had changed.
  expect(said(1_500, 'entry', { ...made, capacity: 99, lanes: moved })).toEqual([
    '车位数: 60 > 99 (nobody yet)',
  ])
})

it('of one lane: without what is another lane alone, with what all share, and no name of a key', () => {
  expect(said(1_500, 'entry')).toEqual(['车位数: 60 > 80 (赵师傅)'])
  const of = (lane: string): string =>
    JSON.stringify(believed(history(), 1_500, lane).settings.map(({ what }) => what.zh))
  expect(of('entry')).not.toMatch(/出口|扫码器|密钥/)
  expect(of('entry')).toContain('商户号')
  expect(of('exit')).toMatch(/出口 道闸.*扫码器/)
  expect(() => believed(history(), 1_500, 'none')).toThrow('ARG-01')
})

it.each([
  [1_500, { capacity: '王师傅', barrier: '王师傅', name: '王师傅' }],
  [2_000, { capacity: '李师傅', barrier: '王师傅', name: '王师傅' }],
  [3_500, { capacity: '李师傅', barrier: editedInFile, name: '王师傅' }],
  [9_000, { capacity: '赵师傅', barrier: editedInFile, name: '王师傅' }],
])('at %i ms each value is of the version that gave it', (atMs, by) => {
  const { settings } = believed(history(), atMs, 'exit')
  const of = (key: string) => settings.find((one) => one.key === key)?.since.by
  expect({
    capacity: of('/capacity'),
    barrier: of('/lanes/exit/barrier'),
    name: of('/name/zh'),
  }).toEqual(by)
})

it.each([
  [undefined, '赵师傅'],
  [isoOf(2_500), '李师傅'],
])('asked of %s, the call answers with the version of %s', (at, by) => {
  const handlers = lotCalls({ lot: { history: history() } as unknown as LotParts })
  const args = { laneId: 'exit', ...(at !== undefined && { at }) }
  const view = handlers['lot.believed'](args)
  expect(view.version?.by).toBe(by)
})

it('before the first version nothing is claimed; all versions are named, newest first', () => {
  const { version: found, settings, changes, versions } = believed(history(), 999, 'exit')
  expect([found, settings, changes]).toEqual([null, [], []])
  expect(versions.map(({ by }) => by)).toEqual(['赵师傅', editedInFile, '李师傅', '王师傅'])
})
