// A plate other than the one that was read, through the control API: picked by a person from the cars inside, corrected by
// its score and overruled, and explained on the page of its car.
import { expect, test } from 'vitest'
import type { BoardView, CarView, TimelineView } from '#lane/calls/views.ts'
import { arriveAtExit, carAtExit, makeLot, type TestLot } from './control-kit.ts'
import { audits, call, refusal } from './owner-calls.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

const who = { commandId: 'command-0001', by: '测试员', reason: '看照片' }
async function carOnBoard(lot: TestLot): Promise<unknown> {
  const board = await call(lot, 'board.get', {})
  const { lanes } = (board as { readonly data: BoardView }).data
  return lanes.find(({ laneId }) => laneId === 'exit')?.car
}

test('a person picks one of the cars that it may be; another id is refused', async () => {
  const lot = makeLot()
  const atMs = lot.runtime.nowMs()
  const stays = [
    ['n1-S900', 'blue'],
    ['n1-S901', 'yellow'],
  ] as const
  for (const [stayId, colour] of stays)
    lot.runtime.append([cameIn(stayId, atMs - 3_600_000, { atMs, colour, photo: 'p9' })])
  arriveAtExit(lot, '测A12346')
  const exit = () => carOnBoard(lot)
  expect(await exit()).toMatchObject({
    manual: 'noStay',
    candidates: [
      { stayId: 'n1-S900', plate: '测A12345', photoId: 'p9', laneId: 'entry', score: 54 },
    ],
  })
  const [{ dueFen = 0 } = {}] = ((await exit()) as CarView).candidates ?? []
  expect(dueFen).toBeGreaterThan(0)
  const args = { laneId: 'exit', plate: '测A12345', stayId: 'n1-S900', ...who }
  const foreign = await refusal(call(lot, 'lane.correctPlate', { ...args, stayId: 'n1-S902' }))
  expect(foreign).toMatchObject({ code: 'API-01', field: '/stayId' })
  const other = await refusal(call(lot, 'lane.correctPlate', { ...args, plate: '测A99999' }))
  expect(other).toMatchObject({ code: 'API-01', field: '/stayId' })
  expect(audits(lot)).toEqual([])
  expect(await call(lot, 'lane.correctPlate', args)).toMatchObject({ ok: true })
  expect(await exit()).toMatchObject({
    stayId: 'n1-S900',
    plate: '测A12345',
    plateRaw: '测A12346',
    dueFen,
  })
  expect(await exit()).not.toHaveProperty('candidates')
})

test('a corrected plate is on the board with its score, and a person may say that it is another', async () => {
  const lot = makeLot()
  carAtExit(lot, '测A12345', 7_200_000, null, '测A1234S')
  const exit = () => carOnBoard(lot)
  expect(await exit()).toMatchObject({
    plate: '测A12345',
    plateRaw: '测A1234S',
    match: { plateRead: '测A1234S', score: 84, scoreMin: 80, secondScore: null },
  })
  const args = { laneId: 'exit', plate: '测A99999', ...who }
  expect(await call(lot, 'lane.correctPlate', args)).toMatchObject({ ok: true })
  expect(await exit()).toMatchObject({ manual: 'noStay', plate: '测A99999', stayId: null })
})

test('a corrected plate is explained, with what was read and each part of its score', async () => {
  const lot = makeLot()
  carAtExit(lot, '测A12345', undefined, null, '测A1234S')
  const reply = await lot.control.call('ledger.timeline', { stayId: 'n1-S900' }, 'owner')
  const { why } = (reply as { readonly data: TimelineView }).data
  const zh = why.find(({ topic }) => topic === 'price')?.lines.map((line) => line.zh) ?? []
  expect(zh).toContain('相机识别为 测A1234S,按 84 分纠正为 测A12345(不低于 80 分)')
  expect(zh).toContain('第 7 位 S/5:极易认混')
  expect(zh).toContain('相机很有把握:100%')
})
