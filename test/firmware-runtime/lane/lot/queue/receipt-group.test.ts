// Receipts of a backlog that drains quickly are grouped into one transaction, in order and promptly; those of a waiting car
// are alone. Virtual time; the lot of the second part drains 200 a second while a car comes to its exit.
import { describe, expect, it } from 'vitest'
import { ReceiptGroup } from '#lane/lot/queue/receipt-group.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { ListLedger, startMs } from '../../../runtime/control/control-kit.ts'
import { loop, plate, plateEvent } from '../../pure/lane-bench.ts'
import { inside, lateLot, newCard } from '../late-scene.ts'

function group() {
  const time = new VirtualTime()
  const written: { readonly atMs: number; readonly rows: number[] }[] = []
  const scene = { underWay: 0, turns: 0 }
  const receipts = new ReceiptGroup({
    mono: time.clock,
    underWay: () => scene.underWay,
    write: (rows) => written.push({ atMs: time.nowUs / 1000, rows: rows.map(({ atMs }) => atMs) }),
    afterwards: () => scene.turns++,
  })
  const add = (...numbers: number[]): void =>
    receipts.add(numbers.map((atMs) => ({ kind: 'event', atMs }) as RowDraft))
  return { time, written, scene, receipts, add, to: (ms: number) => time.runTo(ms * 1000) }
}

describe('receipts that wait for each other', () => {
  it('are written at once where nothing else is under way', () => {
    const t = group()
    t.add(1)
    t.to(1000)
    expect([t.written, t.scene.turns]).toEqual([[{ atMs: 0, rows: [1] }], 0])
  })
  it('are one transaction, in their order, when the last answer is there', () => {
    const t = group()
    t.scene.underWay = 2
    t.add(1)
    t.to(10)
    t.add(2, 3)
    t.scene.underWay = 0
    t.to(20)
    t.add(4)
    t.to(1000)
    expect(t.written).toEqual([{ atMs: 20, rows: [1, 2, 3, 4] }])
  })
  it('are written when the last one under way comes to nothing', () => {
    const t = group()
    t.scene.underWay = 1
    t.add(1)
    t.scene.underWay = 0
    t.add()
    expect(t.written).toEqual([{ atMs: 0, rows: [1] }])
  })
  it('wait 50 ms for one that is silent, and then others look', () => {
    const t = group()
    t.scene.underWay = 1
    t.add(1)
    t.to(30)
    t.add(2)
    t.to(1000)
    expect([t.written, t.scene.turns]).toEqual([[{ atMs: 50, rows: [1, 2] }], 1])
    t.add(3)
    t.to(2000)
    expect(t.written.at(-1)).toEqual({ atMs: 1050, rows: [3] })
  })
  it('are never more than fifty', () => {
    const t = group()
    t.scene.underWay = 8
    for (let n = 0; n < 120; n++) t.add(n)
    expect(t.written.map(({ rows }) => rows.length)).toEqual([50, 50])
    t.receipts.flush()
    t.to(1000)
    expect(t.written.flatMap(({ rows }) => rows)).toEqual(Array.from({ length: 120 }, (_, n) => n))
    expect([t.written.length, t.scene.turns]).toEqual([3, 0])
  })
  it('wait for nobody where there is none', () => {
    const t = group()
    t.scene.underWay = 3
    t.add()
    t.to(1000)
    expect([t.written, t.scene.turns]).toEqual([[], 0])
  })
})

const records = 400

/** A ledger that records time and contents of each transaction with receipts. */
class Watched extends ListLedger {
  readonly turns: { readonly atMs: number; readonly ids: string[]; readonly kinds: string[] }[] = []
  nowMs: () => number = () => 0

  override append(drafts: readonly RowDraft[]): ReturnType<ListLedger['append']> {
    const rows = super.append(drafts)
    const ids = drafts.flatMap((row) => (row.kind === 'outboxState' ? [row.body.outboxId] : []))
    const kinds = drafts.map(({ kind }) => kind)
    if (ids.length > 0) this.turns.push({ atMs: this.nowMs(), ids, kinds })
    return rows
  }
}

function backlog(pacePerMin?: number) {
  const ledger = new Watched()
  ledger.append(
    Array.from({ length: records }, (_, n): RowDraft => ({
      kind: 'outbox',
      atMs: startMs,
      body: {
        outboxId: `n1-U${n}`,
        destination: 'platform',
        op: 'exitUpload',
        businessNo: `N${n}`,
        body: '{}',
        bodySm3: '',
      },
    })),
  )
  const time = new VirtualTime()
  ledger.nowMs = () => time.nowUs / 1000
  const lot = lateLot('online', 'lane', {
    time,
    ledger,
    ...(pacePerMin === undefined ? {} : { pacePerMin }),
  })
  return { ...lot, ledger }
}

describe('a backlog at a pace of 200 a second', () => {
  it('is written by fewer transactions than half its records, in their order, at its pace', () => {
    const { time, ledger, runtime, platform } = backlog(12_000)
    time.runTo(60e6, () => runtime.queue.records.size === 0)
    expect(time.nowUs / 1e6).toBeLessThan(records / 180)
    const ids = ledger.turns.flatMap((turn) => turn.ids)
    expect(ids).toEqual(Array.from({ length: records }, (_, n) => `n1-U${n}`))
    expect(ledger.turns.length).toBeLessThan(records / 2)
    expect(platform.charges.size).toBe(records)
    runtime.stop()
  })
  it('at a leisurely pace each receipt is written as it comes', () => {
    const { time, ledger, runtime } = backlog()
    time.runTo(20e6)
    expect(ledger.turns.length).toBeGreaterThan(20)
    expect(ledger.turns.map(({ ids }) => ids.length)).toEqual(ledger.turns.map(() => 1))
    runtime.stop()
  })
  it('the charge of a car goes first, and its end waits for no other', () => {
    const lot = backlog(12_000)
    const { time, ledger, runtime, antenna, dispatch, lane } = lot
    antenna.up()
    inside(lot)
    time.runTo(500_000)
    antenna.put(newCard(1))
    dispatch(loop('arrive', 'on'))
    dispatch(plateEvent(plate))
    let sentMs = 0
    const isOpen = (): boolean => {
      if (sentMs === 0 && lane.state.name === 'charging') sentMs = time.nowUs / 1000
      return lane.state.name === 'opening'
    }
    expect(time.runTo(10e6, isOpen)).toBe(true)
    expect(runtime.queue.records.size).toBeGreaterThan(0)
    const end = ledger.turns.at(-1)
    // The round trip to the platform takes 40 ms: nothing else was waited for.
    expect([end?.ids.length, end?.kinds.includes('outcome')]).toEqual([1, true])
    expect(time.nowUs / 1000 - sentMs).toBe(40)
    runtime.stop()
  })
  it('a stop writes what has come, and nothing is asked for twice', () => {
    const { time, ledger, runtime } = backlog(12_000)
    const answered = (): number => runtime.queue.destinations.get('platform')?.backlogInFlight ?? 0
    time.runTo(45_000)
    expect([answered() > 0, ledger.turns]).toEqual([true, []])
    runtime.stop()
    expect(ledger.turns).toHaveLength(1)
    expect(runtime.queue.confirmed).toBe(ledger.turns[0]?.ids.length)
  })
  it('on a full disk none of them leaves the queue, and they are asked for again', () => {
    const { time, ledger, runtime, platform } = backlog(12_000)
    ledger.fault = new LaneFault('DATA-02', { note: 'full' })
    time.runTo(1e6)
    expect([runtime.queue.records.size, ledger.turns]).toEqual([records, []])
    ledger.fault = null
    time.runTo(90e6, () => runtime.queue.records.size === 0)
    expect([runtime.queue.records.size, platform.charges.size]).toEqual([0, records])
    runtime.stop()
  })
})
