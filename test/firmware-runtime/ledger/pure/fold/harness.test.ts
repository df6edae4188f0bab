// Stored folds in running lots: each restart after a simulated crash is compared with the fold of all rows, and the ledger
// it leaves behind is stored and continued at many of its rows.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runOf } from '#harness/sim.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import type { SimLot } from '#harness/lot/sim-lot.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { foldAll, foldOn, stateText, throughCopy } from './fold-kit.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-fold-harness-')

/** A day has some ten crashes, and is stored at some twenty rows; `npm run test:full` simulates a week. */
const full = process.env['ETC_LANE_SCALE'] === 'full'
const [days, keptRows] = full ? [7, 60] : [1, 20]

/** Lot 0 charges online, lot 1 by card. */
it.each([
  ['online', 0],
  ['card', 1],
] as const)('%s: every restart and every kept row come to the same state', (charge, index) => {
  const choice = { seed: 20_261, lots: 2, lanes: 2, days, faults: 'all' } as const
  const run = runOf(choice, index, join(folder, charge))
  const starts = { all: 0, kept: 0 }
  const onStart = ({ runtime, opened, options }: SimLot): void => {
    starts.all++
    if (runtime.keptSeq === 0) return
    starts.kept++
    const startMonoMs = Math.floor(options.time.nowUs / 1000)
    const { lot, queue } = foldAll([...opened.ledger.rows(0)], startMonoMs)
    expect(stateText([runtime.lot, runtime.queue])).toBe(stateText([lot, queue]))
  }
  let rows: LedgerRow[] = []
  simulate({ ...run, onStart }, (lot, outcome) => {
    expect([run.charge, outcome.report.violations]).toEqual([charge, []])
    rows = [...lot.opened.ledger.rows(0)]
  })
  expect(starts.kept, `of ${starts.all} starts`).toBeGreaterThan(5 * days)
  expect(starts.all - starts.kept, 'the first one, and crashes before an hour').toBeGreaterThan(0)

  const whole = stateText(foldAll(rows, 5))
  const step = Math.ceil(rows.length / keptRows)
  const going = throughCopy(foldAll([], 0), 0, rows)
  for (let p = 0; p < rows.length; p += step) {
    const kept = throughCopy(going, 5, rows)
    expect(stateText(foldOn(kept, rows.slice(p), 5)), `kept at row ${p}`).toBe(whole)
    foldOn(going, rows.slice(p, p + step), 0)
  }
})
