// The figures of a centre are those of the lots' own books: simulated lots of several layouts, with refunds, corrections,
// double payments and first cars.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SimLot } from '../../../firmware-runtime/harness/lot/sim-lot.ts'
import { isoOf } from '../../../firmware-runtime/core/values/instant.ts'
import type { RowDraft } from '../../../firmware-runtime/core/values/rows/ledger-row.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { foldAll, keep, rowsOf, simulatedLot, type Choice, type FoldLot } from './fold-kit.ts'

const folder = folderOfFile('fold-books-')

const choices: readonly (Choice & { readonly lotId: string })[] = [
  { lotId: 'A1', layout: null, seed: 11, index: 0 },
  { lotId: 'B2', layout: '7.1.2', seed: 12, index: 4 },
  { lotId: 'C3', layout: '7.1.3', seed: 13, index: 1 },
  { lotId: 'D4', layout: '7.2.1', seed: 14, index: 3 },
  { lotId: 'E5', layout: '7.2.5', seed: 15, index: 6 },
]
let centre: TestCentre
const lots = new Map<string, FoldLot>()

beforeAll(async () => {
  centre = await testCentre()
  for (const { lotId, ...choice } of choices) {
    const t = Date.now()
    const lot = simulatedLot(folder, lotId, choice)
    console.log(lotId, Date.now() - t, lot.lines.length, lot.days.map((d) => isoOf(d)))
    lots.set(lotId, lot)
    await keep(centre, lot)
  }
  const t = Date.now()
  const n = await foldAll(centre)
  console.log(n, Date.now() - t)
}, 300_000)
afterAll(() => centre.remove())
it('x', async () => {
  console.log(await rowsOf(centre, 'select lot_id, what, means, sum(n), sum(fen) from centre.taking group by 1,2,3'))
  console.log(await rowsOf(centre, 'select lot_id, count(*), sum(entered), sum(left_n) from centre.flow group by 1'))
  console.log(await rowsOf(centre, 'select kind, detail from desk.matter'))
  for (const lot of lots.values()) console.log(lot.lotId, lot.reads((r) => JSON.stringify(r.sums({}))))
  void describe; void expect; void (0 as unknown as SimLot); void (0 as unknown as RowDraft)
})
