// The day of a street on the board: read when the ledger has grown, at most every five seconds, again after a failure.
import { describe, expect, it } from 'vitest'
import { BoardTracker } from '#base/desk/handlers/board.ts'
import { StreetDay } from '#money/desk/handlers/street-day.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerDay } from '#ledger/ports/ledger-service.ts'
import { t0 } from '../../../lane/pure/lot/row-kit.ts'

const street = {
  layout: '7.2.5',
  lanes: [{ id: 'gantry', layout: '7.2.5' }],
} as unknown as LotConfig
const enclosed = { layout: '7.1.1', lanes: [] } as unknown as LotConfig
const dayWith = (paidFen: number): LedgerDay => ({ passages: 1, paidFen, last: [] })

async function seen(
  config: LotConfig,
  looks: readonly (readonly [seq: number, afterMs: number])[],
  answers: readonly (LedgerDay | null)[],
) {
  const tracker = new BoardTracker()
  let reads = 0
  const service = {
    day: () => {
      const answer = answers[reads++] ?? null
      return answer === null ? Promise.reject(new Error('no disk')) : Promise.resolve(answer)
    },
  }
  const day = new StreetDay({ config, service }, tracker)
  for (const [seq, afterMs] of looks) {
    day.look(seq, t0 + afterMs)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { reads, today: tracker.today(isoOf(t0)) }
}

describe('the day of a street', () => {
  it.each<[string, readonly (readonly [number, number])[], readonly (LedgerDay | null)[], object]>([
    ['is read at the first look', [[3, 0]], [dayWith(500)], { reads: 1, today: { paidFen: 500 } }],
    [
      'is not read while no row is new',
      [
        [3, 0],
        [3, 9_000],
      ],
      [dayWith(500)],
      { reads: 1, today: { paidFen: 500 } },
    ],
    [
      'is not read twice in five seconds',
      [
        [3, 0],
        [4, 4_999],
      ],
      [dayWith(500)],
      { reads: 1, today: { paidFen: 500 } },
    ],
    [
      'follows the ledger',
      [
        [3, 0],
        [4, 5_000],
      ],
      [dayWith(500), dayWith(900)],
      { reads: 2, today: { paidFen: 900 } },
    ],
    [
      'is read again after a failure, also without a new row',
      [
        [3, 0],
        [3, 5_000],
      ],
      [null, dayWith(700)],
      { reads: 2, today: { paidFen: 700 } },
    ],
  ])('%s', async (_name, looks, answers, wanted) => {
    expect(await seen(street, looks, answers)).toMatchObject(wanted)
  })

  it('is not read for lanes, whose events count it', async () => {
    expect(await seen(enclosed, [[3, 0]], [dayWith(500)])).toMatchObject({ reads: 0 })
  })
})
