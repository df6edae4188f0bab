// Which faults of the first hours are the program's own, as against those of a device, a platform, a disk or a person.
// What is not named here is never a reason to take a version back.
import type { FaultCode } from '#base/pure/faults/faults.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

/**
 * `write`: a row was refused. `selfTest`: what the program proves of its ledger or its cryptography does not hold.
 * `record`: a record could not be made from what was read of one car; a card with an odd date does that too.
 */
export type OwnFault = 'write' | 'selfTest' | 'record'

export const ownFaults: Readonly<Partial<Record<FaultCode, OwnFault>>> = {
  'LEDGER-06': 'write',
  'LEDGER-03': 'selfTest',
  'LEDGER-04': 'selfTest',
  'LEDGER-05': 'selfTest',
  'LEDGER-07': 'selfTest',
  'LEDGER-10': 'selfTest',
  'CRYPTO-01': 'selfTest',
  'UPLOAD-01': 'record',
  'UPLOAD-02': 'record',
}

/**
 * Reasons why a car needs a person that may come from an error of the program met while the car was in the lane. Of the
 * others, card, platform, device, rule or person are the cause, whatever the program did; a refused row is an event of its own.
 */
export const mayBeOwn: ReadonlySet<ManualReason> = new Set([
  'obuNotRead',
  'plateNotRead',
  'passInDoubt',
  'noStay',
  'plateMismatch',
  'obuInvalid',
  'noAnswerTwice',
  'repeatSuspected',
  'outcomeUnknown',
  'tooLate',
  'recordRefused',
])

/** What a row of the ledger says to the judge of a trial. */
interface TrialSign {
  /** A car came in or left. */
  readonly passage?: true
  readonly fault?: { readonly code: string; readonly seq: number | null; readonly of: string }
}

/** Faults that a copy of the night found; LEDGER-05 may be its own disk there. */
const ofCopy = /^(LEDGER-0[34])\b| fault=(LEDGER-07) seq=(\d+)$/

export function signOf(row: LedgerRow): TrialSign {
  if (row.kind === 'stayOpened')
    return row.laneId === undefined || row.body.noEntry ? {} : { passage: true }
  if (row.kind === 'stayClosed') return row.laneId === undefined ? {} : { passage: true }
  const of = row.stayId ?? `row ${row.seq}`
  if (row.kind === 'exception' && row.body.reason === 'notEncoded')
    return { fault: { code: row.body.detail.split(' ')[0] ?? '', seq: null, of } }
  if (row.kind !== 'event') return {}
  const { type, detail } = row.body
  if (type === 'recordNotMade')
    return { fault: { code: detail.split(' ')[1] ?? '', seq: null, of } }
  const found = type === 'backupMade' || type === 'backupFailed' ? ofCopy.exec(detail) : null
  if (found === null) return {}
  const seq = found[3] === undefined || found[3] === '0' ? null : Number(found[3])
  return { fault: { code: found[1] ?? found[2] ?? '', seq, of } }
}
