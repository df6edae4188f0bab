// Checks a B5 or B8 against its C6 (rsu-interface.md 5.1): one judge for every way a result arrives.
// The RSU reports a debit; time, purse and counters decide whether that report can be of this C6.
import type { Fen } from '#base/pure/values/fen.ts'
import { bcdInstantOf } from '#base/pure/values/instant.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'

const storedValueCard = 22

/** The debit that C6 requested from a card, durable before it was sent. */
export interface RequestedDebit {
  /** 22 stored value, 23 credit. */
  readonly cardType: number
  readonly amountFen: Fen
  readonly balanceBeforeFen: Fen
  /** 14 digits, as C6 carried them. */
  readonly timeBcd: string
  /** Largest difference in ms between the time of a result and that of its C6, from the RSU's profile. */
  readonly resultTimeMs: number
}

/** Content of a result whose code says paid. */
export interface ReportedDebit {
  readonly proof: DebitProof
  /** True when the balance was computed from the earlier one because the card did not report it. */
  readonly balanceDerived?: boolean
  /** Counters of this card and this terminal in the previous report of this RSU; absent: not known. */
  readonly serialsBefore?: { readonly card: number | null; readonly psam: number | null }
}

/** Words of the alarm, one for each thing that can be wrong with a result. */
const misfits = ['resultTime', 'resultPurse', 'resultCounter'] as const
export type Misfit = (typeof misfits)[number]

export interface Judgement {
  /** False: whether money moved is unknown, and evidence decides. */
  readonly paid: boolean
  /** Alarm for the attendant; also raised where the purse proves that the debit is paid. */
  readonly alarm: Misfit | null
}

/** Null: the result carries no time. */
function timeFits(requested: RequestedDebit, { timeBcd }: DebitProof): boolean | null {
  if (timeBcd === null) return null
  const reportedMs = bcdInstantOf(timeBcd)
  const requestedMs = bcdInstantOf(requested.timeBcd)
  if (reportedMs === null || requestedMs === null) return false
  return Math.abs(reportedMs - requestedMs) <= requested.resultTimeMs
}

/** True for a debit that changes a purse: a credit card has no purse (4.2), and a zero-fen write changes none. */
export const isPurse = ({ cardType, amountFen }: RequestedDebit): boolean =>
  cardType === storedValueCard && amountFen > 0

/** Null: the card reported no balance, or the card has no purse. */
function purseFits(requested: RequestedDebit, reported: ReportedDebit): boolean | null {
  const { balanceAfterFen } = reported.proof
  if (requested.cardType !== storedValueCard) return null
  if (balanceAfterFen === null || reported.balanceDerived === true) return null
  return balanceAfterFen === requested.balanceBeforeFen - requested.amountFen
}

const stood = (before: number | null | undefined, now: number | null): boolean =>
  before !== null && before !== undefined && before === now

/** Both counters rise with every debit; one that did not rise belongs to a result that was reported earlier. */
const counterStood = ({ proof, serialsBefore }: ReportedDebit): boolean =>
  stood(serialsBefore?.card, proof.cardSerial) || stood(serialsBefore?.psam, proof.psamSerial)

/** Call only for a result whose code says paid. */
export function judgeResult(requested: RequestedDebit, reported: ReportedDebit): Judgement {
  const purse = purseFits(requested, reported)
  if (purse === false) return { paid: false, alarm: 'resultPurse' }
  if (counterStood(reported)) return { paid: false, alarm: 'resultCounter' }
  if (timeFits(requested, reported.proof) !== false) return { paid: true, alarm: null }
  // A purse that went down by the amount shows this debit; a zero-fen write moves no purse.
  return { paid: purse === true && isPurse(requested), alarm: 'resultTime' }
}

/**
 * For a result that may still carry the time or purse of an older transaction (2.5.5): true when both are reported
 * and both match this debit.
 */
export const isOfThisDebit = (requested: RequestedDebit, reported: ReportedDebit): boolean =>
  isPurse(requested) &&
  purseFits(requested, reported) === true &&
  reported.proof.timeBcd === requested.timeBcd &&
  judgeResult(requested, reported).paid

/** For a result whose C6 only the ledger knows: true when its time is reported and matches to the second. */
export const isSurelyOf = (requested: RequestedDebit, reported: ReportedDebit): boolean =>
  reported.proof.timeBcd === requested.timeBcd && judgeResult(requested, reported).paid

export type Evidence = { readonly paid: true; readonly takenFen: Fen } | { readonly paid: false }

/**
 * The proof of a payment that the balance of the card itself has shown: the TAC of the results that reported this balance at a
 * matching time, with the counters of those that reported the same TAC. Null: no result matches.
 */
export function proofOfEvidence(
  requested: RequestedDebit,
  reported: readonly DebitProof[],
  balanceFen: Fen,
): DebitProof | null {
  if (!isPurse(requested)) return null
  const fitting = reported.filter(
    (proof) =>
      proof.tac !== null &&
      proof.balanceAfterFen === balanceFen &&
      timeFits(requested, proof) !== false,
  )
  const newest = fitting.at(-1)
  return newest === undefined ? null : withCounters(newest, reported)
}

/** The TAC covers the time of its C6 (3.2), so a result without a time gets that one. */
export const withTime = (requested: RequestedDebit, proof: DebitProof): DebitProof =>
  proof.tac === null || proof.timeBcd !== null ? proof : { ...proof, timeBcd: requested.timeBcd }

/** A fetched proof (B8) has no counters; they are taken from a B5 with the same TAC, if one came. */
export function withCounters(proof: DebitProof, reported: readonly DebitProof[]): DebitProof {
  const same = reported.find((other) => other.tac === proof.tac && other.psamSerial !== null)
  if (same === undefined) return proof
  const { psamSerialCounted: _, ...rest } = proof
  const { psamTerminal, psamSerial } = same
  const told = {
    ...(same.algorithm === undefined ? {} : { algorithm: same.algorithm }),
    ...(same.keyVersion === undefined ? {} : { keyVersion: same.keyVersion }),
  }
  return {
    ...rest,
    ...told,
    psamTerminal,
    psamSerial,
    cardSerial: proof.cardSerial ?? same.cardSerial,
    timeBcd: proof.timeBcd ?? same.timeBcd,
  }
}
