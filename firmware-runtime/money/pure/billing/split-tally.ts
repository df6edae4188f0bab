// Compares the split bill of a day with the bill of that day (H.1, P22): each trade is split, its shares add up to the trade
// after refunds, and each share is correct to the fen. Pure; matches are counted, mismatches become differences.
import type { Fen } from '#base/pure/values/fen.ts'
import type { BillCounts, Difference, DifferenceKind } from '#base/pure/rows/tally-row.ts'
import type { BillLine } from './day-tally.ts'

export interface SplitLine {
  readonly attemptNo: string
  readonly partyId: string
  /** Basis points of the trade after refunds. */
  readonly shareBp: number
  readonly shareFen: Fen
}

interface DaySplit {
  readonly day: string
  readonly bill: readonly BillLine[]
  readonly split: readonly SplitLine[]
  /** Stay of a charge, also of one from the previous day: a trade may be split on one day and billed on another. */
  stayOf(attemptNo: string): string | undefined
}

interface SplitJudgement {
  readonly expectedFen: Fen
  readonly foundFen: Fen
  readonly differences: readonly Difference[]
  readonly counts: BillCounts
  readonly parties: readonly { readonly partyId: string; readonly shareFen: Fen }[]
}

type Shares = ReadonlyMap<string, { readonly shareBp: number; readonly shareFen: Fen }>

/** By number and party; lines of one party that come twice are added up, as in the bill. */
function sharesByNumber(split: readonly SplitLine[]): ReadonlyMap<string, Shares> {
  const found = new Map<string, Map<string, { shareBp: number; shareFen: Fen }>>()
  for (const { attemptNo, partyId, shareBp, shareFen } of split) {
    const shares = found.get(attemptNo) ?? new Map<string, { shareBp: number; shareFen: Fen }>()
    const before = shares.get(partyId)?.shareFen ?? 0
    shares.set(partyId, { shareBp, shareFen: before + shareFen })
    found.set(attemptNo, shares)
  }
  return found
}

const sumOf = (shares: Shares): Fen =>
  [...shares.values()].reduce((sum, { shareFen }) => sum + shareFen, 0)

/** A share may be rounded down or up, because one party gets the remaining fen. */
function isItsPart(
  { shareBp, shareFen }: { shareBp: number; shareFen: Fen },
  netFen: Fen,
): boolean {
  const most = netFen * shareBp
  return shareFen * 10_000 > most - 10_000 && shareFen * 10_000 < most + 10_000
}

export function reconcileSplit({ day, bill, split, stayOf }: DaySplit): SplitJudgement {
  const net = new Map<string, Fen>()
  for (const { attemptNo, paidFen, refundedFen } of bill)
    net.set(attemptNo, (net.get(attemptNo) ?? 0) + paidFen - refundedFen)
  const shares = sharesByNumber(split)
  const differences: Difference[] = []
  let equal = 0
  const differs = (
    kind: DifferenceKind,
    attemptNo: string,
    expectedFen: Fen,
    foundFen: Fen,
    party = '',
  ) => {
    const stayId = stayOf(attemptNo)
    const ref = party === '' ? attemptNo : `${attemptNo} ${party}`
    differences.push({
      itemId: `split-${day}-${ref}-${expectedFen}-${foundFen}`,
      day,
      means: 'split',
      ...(stayId === undefined ? {} : { stayId }),
      kind,
      ref,
      expectedFen,
      foundFen,
    })
  }
  for (const [attemptNo, netFen] of net) {
    const own = shares.get(attemptNo)
    const sumFen = own === undefined ? 0 : sumOf(own)
    if (own === undefined && netFen > 0) differs('splitMissing', attemptNo, netFen, 0)
    else if (sumFen !== netFen) differs('splitSumDiffers', attemptNo, netFen, sumFen)
    else {
      const wrong = [...(own ?? [])].filter(([, share]) => !isItsPart(share, netFen))
      for (const [party, share] of wrong)
        differs(
          'shareDiffers',
          attemptNo,
          Math.floor((netFen * share.shareBp) / 10_000),
          share.shareFen,
          party,
        )
      if (wrong.length === 0) equal++
    }
  }
  for (const [attemptNo, own] of shares)
    if (!net.has(attemptNo)) differs('splitNotInBill', attemptNo, 0, sumOf(own))
  const parties = new Map<string, Fen>()
  for (const { partyId, shareFen } of split)
    parties.set(partyId, (parties.get(partyId) ?? 0) + shareFen)
  const of = (kind: DifferenceKind): number => differences.filter((one) => one.kind === kind).length
  const [oursOnly, theirsOnly] = [of('splitMissing'), of('splitNotInBill')]
  return {
    expectedFen: [...net.values()].reduce((sum, fen) => sum + fen, 0),
    foundFen: split.reduce((sum, { shareFen }) => sum + shareFen, 0),
    differences,
    counts: {
      equal,
      oursOnly,
      theirsOnly,
      amountDiffers: differences.length - oursOnly - theirsOnly,
    },
    parties: [...parties].map(([partyId, shareFen]) => ({ partyId, shareFen })),
  }
}
