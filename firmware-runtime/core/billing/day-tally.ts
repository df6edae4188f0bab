// The books of a day held against the bills of gateway and platform and the counted drawer: pure, and complete. Every fen by which
// they differ stands in exactly one difference; nothing is left out because it is small, or because nobody knows it.
import type { Fen } from '../values/fen.ts'
import type { BillCounts, Difference, DifferenceKind } from '../values/tally-row.ts'

/** A payment that a bill names, as the ledger has it: by its number. */
export interface LedgerCode {
  readonly attemptNo: string
  readonly stayId?: string | undefined
  readonly paidFen: Fen
  /** What is certainly back, and what is on its way. */
  readonly refundedFen: Fen
  readonly onItsWayFen: Fen
  /** The ledger saw it paid on this day; else on one beside it. */
  readonly isOfDay: boolean
}

export interface BillLine {
  readonly attemptNo: string
  readonly paidFen: Fen
  readonly refundedFen: Fen
}

interface DayCodes {
  readonly day: string
  /** Whose bill it is. */
  readonly means: 'etc' | 'qr'
  readonly codes: readonly LedgerCode[]
  readonly bill: readonly BillLine[]
  /** Of the day before: paid there before midnight, seen here after it. */
  readonly billBefore: readonly BillLine[]
}

interface DayJudgement {
  readonly expectedFen: Fen
  readonly foundFen: Fen
  readonly differences: readonly Difference[]
  readonly counts: BillCounts
}

/** All lines of one number: a bill that names it twice took its money twice. */
function summed(bill: readonly BillLine[]): ReadonlyMap<string, BillLine> {
  const found = new Map<string, BillLine>()
  for (const { attemptNo, paidFen, refundedFen } of bill) {
    const before = found.get(attemptNo) ?? { attemptNo, paidFen: 0, refundedFen: 0 }
    found.set(attemptNo, {
      attemptNo,
      paidFen: before.paidFen + paidFen,
      refundedFen: before.refundedFen + refundedFen,
    })
  }
  return found
}

/** A refund on its way may be in the bill already, or not yet: both fit. */
const expectedOf = (code: LedgerCode, line: BillLine | undefined): Fen => {
  const { paidFen, refundedFen, onItsWayFen } = code
  const most = refundedFen + onItsWayFen
  const back =
    line === undefined ? refundedFen : Math.min(most, Math.max(refundedFen, line.refundedFen))
  return paidFen - back
}

export function reconcileCodes({ day, means, codes, bill, billBefore }: DayCodes): DayJudgement {
  const lines = summed(bill)
  const before = summed(billBefore)
  const known = new Map(codes.map((code) => [code.attemptNo, code]))
  const differences: Difference[] = []
  let expectedFen = 0
  let foundFen = 0
  let equal = 0
  const compare = (
    kind: DifferenceKind,
    ref: string,
    expected: Fen,
    found: Fen,
    differs: boolean,
  ) => {
    expectedFen += expected
    foundFen += found
    if (!differs) {
      equal++
      return
    }
    const stayId = known.get(ref)?.stayId
    const itemId = `${means}-${day}-${ref}-${expected}-${found}`
    differences.push({
      itemId,
      day,
      means,
      ...(stayId === undefined ? {} : { stayId }),
      kind,
      ref,
      expectedFen: expected,
      foundFen: found,
    })
  }
  for (const [attemptNo, line] of lines) {
    const code = known.get(attemptNo)
    const net = line.paidFen - line.refundedFen
    if (code === undefined) compare('notInLedger', attemptNo, 0, net, true)
    else {
      const expected = expectedOf(code, line)
      const differs = code.paidFen !== line.paidFen || expected !== net
      compare('amountDiffers', attemptNo, expected, net, differs)
    }
  }
  for (const code of known.values()) {
    const { attemptNo, isOfDay, paidFen } = code
    if (!isOfDay || paidFen === 0 || lines.has(attemptNo) || before.has(attemptNo)) continue
    compare('notInBill', attemptNo, expectedOf(code, undefined), 0, true)
  }
  const of = (kind: DifferenceKind): number => differences.filter((one) => one.kind === kind).length
  const counts = {
    equal,
    oursOnly: of('notInBill'),
    theirsOnly: of('notInLedger'),
    amountDiffers: of('amountDiffers'),
  }
  return { expectedFen, foundFen, differences, counts }
}

interface CountedShift {
  readonly day: string
  /** Its end. */
  readonly ref: string
  readonly expectedFen: Fen
  readonly countedFen: Fen
}

const countedPrefix = 'cash-'

/** By the id of an item. */
export const isCountOfDrawer = (itemId: string): boolean => itemId.startsWith(countedPrefix)

/** Null: the drawer holds what was taken. */
export const cashDifference = ({
  day,
  ref,
  expectedFen,
  countedFen,
}: CountedShift): Difference | null =>
  expectedFen === countedFen
    ? null
    : {
        itemId: `${countedPrefix}${day}-${ref}-${expectedFen}-${countedFen}`,
        day,
        means: 'cash',
        kind: 'counted',
        ref,
        expectedFen,
        foundFen: countedFen,
      }
