// Compares the books of a day with the bills of gateway and platform and with the counted drawer: pure, and complete. Every
// fen of difference is in exactly one item; none is left out as small or unexplained.
import type { Fen } from '#base/pure/values/fen.ts'
import { dayMs, instantOfIso, isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import {
  openInBill,
  type BillCounts,
  type Difference,
  type DifferenceKind,
  type LineNow,
  type LineState,
} from '#base/pure/rows/tally-row.ts'

/** A payment that a bill names, as the ledger has it: by its number. */
export interface LedgerCode {
  readonly attemptNo: string
  readonly stayId?: string | undefined
  readonly paidFen: Fen
  /** Fen refunded for certain, and fen with a refund in progress. */
  readonly refundedFen: Fen
  readonly onItsWayFen: Fen
  /** The ledger saw it paid on this day; else on one beside it. */
  readonly isOfDay: boolean
}

export interface BillLine {
  readonly attemptNo: string
  readonly paidFen: Fen
  readonly refundedFen: Fen
  /** When it was charged; absent where the bill does not say. */
  readonly atMs?: InstantMs
  /** The day on which its money is cleared, `YYYY-MM-DD`; null: it is not. Absent where the bill does not say. */
  readonly clearedOn?: string | null
  /** The charge is disputed and its money held until the dispute ends. */
  readonly isDisputed?: true
}

/** An open item of a line without a final state, which the new bill updates. */
export type OpenLine = Pick<Difference, 'itemId' | 'ref'> & LineNow

interface DayCodes {
  readonly day: string
  /** Whose bill it is. */
  readonly means: 'etc' | 'qr' | 'operator'
  readonly codes: readonly LedgerCode[]
  readonly bill: readonly BillLine[]
  /** Bill of the previous day, for payments made there before midnight and seen here after it. */
  readonly billBefore: readonly BillLine[]
  /** The day on which it is looked at; absent: the next one. */
  readonly heldOn?: string
  readonly openLines?: readonly OpenLine[]
}

interface DayJudgement {
  readonly expectedFen: Fen
  readonly foundFen: Fen
  readonly differences: readonly Difference[]
  readonly counts: BillCounts
  /** Lines that are not at their end. */
  readonly open: number
  readonly lines: readonly (LineNow & Pick<Difference, 'itemId'>)[]
}

/** All lines of one number: a bill that names it twice took its money twice. */
interface BilledNumber {
  readonly lines: readonly BillLine[]
  readonly paidFen: Fen
  readonly refundedFen: Fen
}

function summed(bill: readonly BillLine[]): ReadonlyMap<string, BilledNumber> {
  const found = new Map<string, BilledNumber>()
  for (const line of bill) {
    const before = found.get(line.attemptNo) ?? { lines: [], paidFen: 0, refundedFen: 0 }
    found.set(line.attemptNo, {
      lines: [...before.lines, line],
      paidFen: before.paidFen + line.paidFen,
      refundedFen: before.refundedFen + line.refundedFen,
    })
  }
  return found
}

/** A refund on its way may be in the bill already, or not yet: both fit. */
const expectedOf = (code: LedgerCode, line: BilledNumber | undefined): Fen => {
  const { paidFen, refundedFen, onItsWayFen } = code
  const most = refundedFen + onItsWayFen
  const back =
    line === undefined ? refundedFen : Math.min(most, Math.max(refundedFen, line.refundedFen))
  return paidFen - back
}

/** Two sides see midnight at different moments. */
const midnightMs = 10 * minuteMs

interface BillDay {
  readonly fromMs: InstantMs
  /** The last day on which its money may be cleared: the next one (H.1), later on the day of the look. */
  readonly clearedBy: string
}

function billDay(day: string, heldOn: string): BillDay {
  const fromMs = instantOfIso(`${day}T00:00:00+08:00`)
  const next = isoOf(fromMs + dayMs).slice(0, 10)
  return { fromMs, clearedBy: heldOn > next ? heldOn : next }
}

const isOfDay = ({ atMs }: BillLine, { fromMs }: BillDay): boolean =>
  atMs === undefined || (atMs >= fromMs - midnightMs && atMs < fromMs + dayMs + midnightMs)

const isCleared = ({ clearedOn }: BillLine, { clearedBy }: BillDay): boolean =>
  clearedOn === undefined || (clearedOn !== null && clearedOn <= clearedBy)

/** Kind of difference of the lines with one number; null: they agree with the ledger. */
function kindOf(
  code: LedgerCode | undefined,
  billed: BilledNumber,
  at: BillDay,
): DifferenceKind | null {
  const { lines, paidFen, refundedFen } = billed
  if (lines.some((line) => !isOfDay(line, at))) return 'otherDay'
  if (code === undefined) return 'notInLedger'
  if (lines.length > 1) return 'twiceInBill'
  if (code.paidFen !== paidFen) return 'amountDiffers'
  if (refundedFen > code.refundedFen + code.onItsWayFen) return 'refundNotInLedger'
  if (refundedFen < code.refundedFen) return 'refundNotInBill'
  if (lines.some(({ isDisputed = false }) => isDisputed)) return 'disputed'
  return lines.every((line) => isCleared(line, at)) ? null : 'notCleared'
}

const ownClass: readonly DifferenceKind[] = ['notInBill', 'notInLedger']

const isOpen = (kind: DifferenceKind | null): boolean => kind !== null && openInBill.includes(kind)

/** New state of an open item: its present difference, or its final state. */
function stateOf(kind: DifferenceKind | null, billed: BilledNumber | undefined): LineState {
  const { paidFen, refundedFen } = billed ?? { paidFen: 0, refundedFen: 0 }
  return kind ?? (refundedFen > 0 && refundedFen === paidFen ? 'refunded' : 'cleared')
}

export function reconcileCodes(given: DayCodes): DayJudgement {
  const { day, means, codes, bill, billBefore, heldOn = '', openLines = [] } = given
  const lines = summed(bill)
  const before = summed(billBefore)
  const at = billDay(day, heldOn)
  const known = new Map(codes.map((code) => [code.attemptNo, code]))
  const asked = new Map(openLines.map((one) => [one.ref, one]))
  const told: (LineNow & Pick<Difference, 'itemId'>)[] = []
  const differences: Difference[] = []
  let open = codes.filter((code) => code.isOfDay && code.onItsWayFen > 0).length
  let expectedFen = 0
  let foundFen = 0
  let equal = 0
  const compare = (kind: DifferenceKind | null, ref: string, expected: Fen, found: Fen): void => {
    expectedFen += expected
    foundFen += found
    const item = asked.get(ref)
    const state = stateOf(kind, lines.get(ref))
    if (isOpen(kind)) open++
    if (kind === null) equal++
    if (item !== undefined) {
      const { itemId } = item
      if (state !== item.state || expected !== item.expectedFen || found !== item.foundFen)
        told.push({ itemId, state, expectedFen: expected, foundFen: found })
    }
    if (kind === null) return
    const stayId = known.get(ref)?.stayId
    // A dispute is news also where a person ended that it was not cleared.
    const of = kind === 'disputed' ? `${ref} disputed` : ref
    const itemId = item?.itemId ?? `${means}-${day}-${of}-${expected}-${found}`
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
  for (const [attemptNo, billed] of lines) {
    const code = known.get(attemptNo)
    const kind = kindOf(code, billed, at)
    const expected = code === undefined ? 0 : expectedOf(code, billed)
    // Money that is not cleared is not there yet.
    const found = isOpen(kind) ? 0 : billed.paidFen - billed.refundedFen
    compare(kind, attemptNo, expected, found)
  }
  for (const code of known.values()) {
    const { attemptNo, isOfDay: isOwn, paidFen } = code
    if (!isOwn || paidFen === 0 || lines.has(attemptNo) || before.has(attemptNo)) continue
    compare('notInBill', attemptNo, expectedOf(code, undefined), 0)
  }
  const of = (kind: DifferenceKind): number => differences.filter((one) => one.kind === kind).length
  const counts = {
    equal,
    oursOnly: of('notInBill'),
    theirsOnly: of('notInLedger'),
    amountDiffers: differences.filter(({ kind }) => !ownClass.includes(kind)).length,
  }
  return { expectedFen, foundFen, differences, counts, open, lines: told }
}

interface CountedShift {
  readonly day: string
  /** End of the shift. */
  readonly ref: string
  readonly expectedFen: Fen
  readonly countedFen: Fen
}

const countedPrefix = 'cash-'

/** By the id of an item. */
export const isCountOfDrawer = (itemId: string): boolean => itemId.startsWith(countedPrefix)

/** True for a message of a platform, or driver feedback. */
export const isMessage = (itemId: string): boolean => itemId.startsWith('feedback ')

/** Not a message of a platform, and not what another person looks at because one did it alone. */
export const isOfSums = (itemId: string): boolean => !/^(?:alone|feedback) /.test(itemId)

/** Null: the drawer contains exactly the takings. */
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
