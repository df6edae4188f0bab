// Counts what pricing costs a lot with `stays` stays, for price-work.test.ts, in a separate thread (test/kit/in-thread.ts).
// Its modules are loaded after the counting has begun.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { tell } from '../../../kit/in-thread.ts'
import { countWork } from '../../../kit/steps.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

const work = countWork()
const stepsOf = (act: () => void): number => work.of(act).steps('firmware-runtime')
const { placeCalls } = await import('#lane/desk/handlers/control-place.ts')
const { PhotoDrafts } = await import('#base/desk/handlers/photo-drafts.ts')
const { ControlActs } = await import('#base/desk/handlers/control-acts.ts')
const { carRows } = await import('../../ledger/sqlite/ledger-kit.ts')
const { loop, plateEvent } = await import('../pure/lane-bench.ts')
const { ListLedger, startMs } = await import('../../runtime/control/control-kit.ts')
const { lateLot } = await import('./late-scene.ts')

/** A ledger that counts the rows read from it. */
class Read extends ListLedger {
  rowsRead = 0;

  override *rows(afterSeq: number): Generator<LedgerRow> {
    for (const row of super.rows(afterSeq)) {
      this.rowsRead++
      yield row
    }
  }
}

const dayMs = 86_400_000
const hourMs = 3_600_000
const plateOf = (n: number): string => `测B${String(n).padStart(5, '0')}`

/** One stay in ten is over and paid; the others have been inside for two hours. */
function lotWith(stays: number, at: 'lane' | 'handheld') {
  const ledger = new Read()
  for (let n = 0; n < stays; n++) {
    const enteredAtMs = startMs - 2 * hourMs - n
    const plate = plateOf(n)
    ledger.append(
      n % 10 === 0
        ? carRows(n, false).map((row) => ({ ...row, atMs: startMs - dayMs + n }))
        : [cameIn(`n1-I${n}`, enteredAtMs, { plate })],
    )
  }
  const lot = lateLot('online', at, { ledger })
  lot.antenna.up()
  return { ...lot, ledger }
}

function workOf(ledger: Read, act: () => number) {
  const before = ledger.rowsRead
  let fen = 0
  const steps = stepsOf(() => (fen = act()))
  return { steps, rowsRead: ledger.rowsRead - before, fen }
}

function workWith(stays: number) {
  const plate = plateOf(stays / 2 + 1)
  const lane = lotWith(stays, 'lane')
  /** The plate is read at the exit: its stay is found and priced, and gets an order. */
  const order = workOf(lane.ledger, () => {
    lane.dispatch(loop('arrive', 'on'))
    lane.dispatch(plateEvent(plate))
    return lane.ledger.list.findLast(({ kind }) => kind === 'orderMade')?.amountFen ?? 0
  })
  const desk = lotWith(stays, 'handheld')
  const acts = new ControlActs(desk.runtime, desk.time.clock)
  const call = placeCalls({ runtime: desk.runtime, acts, photos: new PhotoDrafts(null) })
  /** A person asks for the price. */
  const quote = workOf(desk.ledger, () => call['place.quote']({ laneId: 'exit', plate }).dueFen)
  const { stays: open } = desk.runtime.lot
  return { order, quote, inside: open.size, readAtStart: desk.ledger.rowsRead }
}

const counts = { few: workWith(1_000), many: workWith(10_000) }
export type PriceWork = typeof counts
tell(counts)
