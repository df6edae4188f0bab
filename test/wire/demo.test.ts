// `etc-lane demo --headless` as a process: a car in, a car out by ETC, equal records, a power cut, again.
// Everything is checked from outside: by the control API and the simulators' administration.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'

const dir = join(newFolder(), 'demo')
let demo: Program

const start = async (): Promise<void> => {
  demo = new Program(['demo', '--headless', '--data', dir, '--timing', 'instant'])
  await demo.ready()
}
const board = (): Promise<BoardView> => demo.call<BoardView>('board.get')
const leftByEtc = async (plate: string): Promise<BoardView> =>
  eventually(board, ({ last }) => last.some((p) => p.plate === plate && p.end === 'etc'), {
    of: demo,
  })

interface SettlementRecords {
  readonly totalFen: number
  readonly count: number
}
const settlementRecords = async (): Promise<SettlementRecords> => {
  const admin = demo.endpoints?.platform?.admin ?? ''
  const answer = await fetch(new URL('/books?kind=exit-charges', admin))
  return (await answer.json()) as SettlementRecords
}

beforeAll(start)
afterAll(cleanUp)

test('lets a car in and sees it inside', async () => {
  const before = (await board()).status.inside
  const { plate } = await demo.call<{ plate: string }>('demo.sendCar', {
    laneId: 'entry',
    kind: 'etc',
  })
  const { status } = await eventually(board, ({ last }) =>
    last.some((p) => p.plate === plate && p.end === 'entry'),
  )
  expect(status.inside).toBe(before + 1)
})

test('a car with ETC pays what its order says, and ledger and platform agree to the fen', async () => {
  const { plate } = await demo.call<{ plate: string }>('demo.sendCar', {
    laneId: 'exit',
    kind: 'etc',
  })
  const { last, status } = await leftByEtc(plate)
  const passage = last.find((p) => p.plate === plate)
  expect(passage?.amountFen).toBeGreaterThan(0)
  expect(status.today.paidFen).toBe(passage?.amountFen)
  expect((await settlementRecords()).totalFen).toBe(passage?.amountFen)
  const verdict = await demo.call<{ ok: boolean; sums: { paidFen: number } }>('ledger.verify')
  expect(verdict).toMatchObject({ ok: true, sums: { paidFen: passage?.amountFen } })
  const timeline = await demo.call<{
    rows: { kind: string }[]
    frames: { type: string }[]
    events: { type: string }[]
  }>('ledger.timeline', { stayId: passage?.stayId })
  expect(timeline.rows.map((r) => r.kind)).toEqual(
    expect.arrayContaining([
      'stayOpened',
      'orderMade',
      'intent',
      'outcome',
      'payment',
      'stayClosed',
    ]),
  )
  expect(timeline.frames.map((f) => f.type)).toContain('B4')
  expect(timeline.events.map((e) => e.type)).toContain('carLeft')
})

test('a car without ETC waits for the person, who settles it once', async () => {
  const { plate } = await demo.call<{ plate: string }>('demo.sendCar', {
    laneId: 'exit',
    kind: 'noEtc',
  })
  const seen = await eventually(board, ({ lanes }) =>
    lanes.some((l) => l.state === 'manual' && l.car?.plate === plate),
  )
  const orderId = seen.lanes.find((l) => l.laneId === 'exit')?.car?.orderId
  const settle = {
    laneId: 'exit',
    orderId,
    means: 'cash',
    commandId: 'wire-test-settle-1',
    by: '测试员',
    reason: '现金',
  }
  expect(await demo.call('lane.settle', settle)).toEqual({ ok: true, repeated: false })
  expect(await demo.call('lane.settle', settle)).toEqual({ ok: true, repeated: true })
  await eventually(board, ({ last }) => last.some((p) => p.plate === plate && p.end === 'other'))
  const { rows } = await demo.call<{ rows: Record<string, unknown>[] }>('ledger.query', {
    kind: 'payment',
    plate,
  })
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ means: 'cash', by: '测试员', reason: '现金' })
})

test('after a power cut the lane is what its ledger says, at the same address', async () => {
  const before = await board()
  await demo.call('demo.powerCut')
  const after = await eventually(
    () => board().catch(() => null),
    // The first start made the ledger (letter A); a later one finds it.
    (b) => b !== null && b.status.ledger.repair !== before.status.ledger.repair,
    { of: demo },
  )
  expect(after?.status.inside).toBe(before.status.inside)
  expect(after?.status.today).toEqual(before.status.today)
  expect(after?.last.map((p) => p.stayId)).toEqual(before.last.map((p) => p.stayId))
  const { plate } = await demo.call<{ plate: string }>('demo.sendCar', {
    laneId: 'exit',
    kind: 'etc',
  })
  const { status } = await leftByEtc(plate)
  expect((await settlementRecords()).totalFen).toBe(status.today.paidFen)
})

test('a second demo in the folder is refused and the first goes on', async () => {
  const second = await runToEnd(['demo', '--headless', '--data', dir])
  expect(second.code).toBe(2)
  expect(second.json).toMatchObject({ error: { code: 'LOCK-01', value: String(demo.child.pid) } })
  expect((await board()).status.mode).toBe('demo')
})

test('ends on SIGTERM and goes on in the same folder, events counted on', async () => {
  const before = await board()
  const [last] = await demo.stream('events', 0, (items) => items.length > 0)
  const { stayId } = before.last.find((passage) => passage.end === 'etc') ?? {}
  const timeline = await demo.call<Record<string, unknown>>('ledger.timeline', { stayId })
  expect(timeline['frames']).not.toHaveLength(0)
  expect(await demo.call('photo.get', { photoId: timeline['exitPhotoId'] })).toMatchObject({
    jpegBase64: expect.stringMatching(/^.{100}/) as unknown,
  })
  expect(await demo.stop()).toBe(0)
  await start()
  // After the restart nothing is in memory: rows, events, frames and photos all come from disk.
  expect(await demo.call('ledger.timeline', { stayId })).toEqual(timeline)
  const after = await board()
  expect(after.status.inside).toBe(before.status.inside)
  expect(after.status.today).toEqual(before.status.today)
  const { plate } = await demo.call<{ plate: string }>('demo.sendCar', {
    laneId: 'entry',
    kind: 'noEtc',
  })
  await eventually(board, ({ last: passages }) => passages.some((p) => p.plate === plate))
  const [next] = await demo.stream('events', 0, (items) => items.length > 0)
  expect(next?.seq).toBeGreaterThan(last?.seq ?? 0)
  // The orderly stop stored the state, so the start read only the few rows after it.
  const detail: unknown = expect.stringMatching(/^cacheRead \d+ \d+$/)
  expect(next?.data).toMatchObject({ type: 'started', detail })
})

test('a lock whose process is gone is taken over, also where its number lives again', async () => {
  expect(await demo.stop()).toBe(0)
  // The number belongs to this living test process, which is not the one that locked the folder.
  writeFileSync(join(dir, 'run', 'lock'), `${process.pid}\nanother boot 1\n`)
  await start()
  expect(readFileSync(join(dir, 'run', 'lock'), 'utf8')).toContain(String(demo.child.pid))
  expect(await demo.stop()).toBe(0)
})
