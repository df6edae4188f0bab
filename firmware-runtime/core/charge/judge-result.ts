// What a B5 or B8 says, held against its C6 (rsu-interface.md 5.1): one judge for every way a result comes.
// The RSU reports a debit; time, purse and counters decide whether that report can be of this C6.
import type { Fen } from '../values/fen.ts'
import { bcdInstantOf } from '../values/instant.ts'
import type { DebitProof } from '../values/rows/ledger-row.ts'

const storedValueCard = 22

/** What C6 asked of which card, durable before it left. */
export interface RequestedDebit {
  /** 22 stored value, 23 credit. */
  readonly cardType: number
  readonly amountFen: Fen
  readonly balanceBeforeFen: Fen
  /** 14 digits, as C6 carried them. */
  readonly timeBcd: string
  /** How far the time of a result may be from that of its C6: of the RSU's profile. */
  readonly resultTimeMs: number
}

/** What a result tells of a debit that its code calls paid. */
export interface ReportedDebit {
  readonly proof: DebitProof
  /** The balance was computed from the one before: the card did not tell it. */
  readonly balanceDerived?: boolean
  /** Counters of this card and of this terminal as this RSU told them last; absent: not known. */
  readonly serialsBefore?: { readonly card: number | null; readonly psam: number | null }
}

/** Words of the alarm, one for each thing that can be wrong with a result. */
const misfits = ['resultTime', 'resultPurse', 'resultCounter'] as const
export type Misfit = (typeof misfits)[number]

export interface Judgement {
  /** False: whether money moved is unknown, and evidence decides. */
  readonly paid: boolean
  /** A person is told; also where the purse shows that the debit is paid all the same. */
  readonly alarm: Misfit | null
}

/** Null: the result does not tell it. */
function timeFits(requested: RequestedDebit, { timeBcd }: DebitProof): boolean | null {
  if (timeBcd === null) return null
  const reportedMs = bcdInstantOf(timeBcd)
  const requestedMs = bcdInstantOf(requested.timeBcd)
  if (reportedMs === null || requestedMs === null) return false
  return Math.abs(reportedMs - requestedMs) <= requested.resultTimeMs
}

/** A debit that a purse shows: a credit card has none (4.2), and a zero-fen write moves none. */
export const isPurse = ({ cardType, amountFen }: RequestedDebit): boolean =>
  cardType === storedValueCard && amountFen > 0

/** Null: the card did not tell it, or shows a number that is no purse. */
function purseFits(requested: RequestedDebit, reported: ReportedDebit): boolean | null {
  const { balanceAfterFen } = reported.proof
  if (requested.cardType !== storedValueCard) return null
  if (balanceAfterFen === null || reported.balanceDerived === true) return null
  return balanceAfterFen === requested.balanceBeforeFen - requested.amountFen
}

const stood = (before: number | null | undefined, now: number | null): boolean =>
  before !== null && before !== undefined && before === now

/** Both counters rise with every debit; one that did not is of a result that was told before. */
const counterStood = ({ proof, serialsBefore }: ReportedDebit): boolean =>
  stood(serialsBefore?.card, proof.cardSerial) || stood(serialsBefore?.psam, proof.psamSerial)

/** Asked only of a result whose code says paid. */
export function judgeResult(requested: RequestedDebit, reported: ReportedDebit): Judgement {
  const purse = purseFits(requested, reported)
  if (purse === false) return { paid: false, alarm: 'resultPurse' }
  if (counterStood(reported)) return { paid: false, alarm: 'resultCounter' }
  if (timeFits(requested, reported.proof) !== false) return { paid: true, alarm: null }
  // A purse that went down by the amount shows this debit; a zero-fen write moves no purse.
  return { paid: purse === true && isPurse(requested), alarm: 'resultTime' }
}

/**
 * A result in which an older transaction may have left its time or its purse (2.5.5): both must be told
 * and must be those of this debit.
 */
export const isOfThisDebit = (requested: RequestedDebit, reported: ReportedDebit): boolean =>
  isPurse(requested) &&
  purseFits(requested, reported) === true &&
  reported.proof.timeBcd === requested.timeBcd &&
  judgeResult(requested, reported).paid

/** A result of which only the ledger knows the C6: its time must be told, to the second. */
export const isSurelyOf = (requested: RequestedDebit, reported: ReportedDebit): boolean =>
  reported.proof.timeBcd === requested.timeBcd && judgeResult(requested, reported).paid

export type Evidence = { readonly paid: true; readonly takenFen: Fen } | { readonly paid: false }

/**
 * The proof of a payment that the card itself has shown: of the results that told the same purse at a
 * time that fits, the TAC, and the counters of those that told the same TAC. Null: none of them fits.
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

/** The time inside a TAC is that of its C6 (3.2): a result that tells none has it all the same. */
export const withTime = (requested: RequestedDebit, proof: DebitProof): DebitProof =>
  proof.tac === null || proof.timeBcd !== null ? proof : { ...proof, timeBcd: requested.timeBcd }

/** A proof that was fetched tells no counters; the B5 of the same TAC may have told them. */
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
