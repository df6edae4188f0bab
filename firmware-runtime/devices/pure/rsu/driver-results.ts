// Results of debits: B5 and B8, matched to their C6, and what they say about the money. A result without a C6 of ours
// is an orphan: reported, never taken for a payment (5.1).
import { isOfThisDebit, judgeResult } from '../charge/judge-result.ts'
import type { RequestedDebit, ReportedDebit } from '../charge/judge-result.ts'
import type { MoneyState } from '../etc/rsu.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'
import { emit } from '../driver.ts'
import { limits, type ReportedPsam, type SentDebit } from './driver-state.ts'
import { endTransaction, keepUnanswered, stopWait, type Turn, wait } from './driver-turn.ts'
import { errorCodeOf, moneyOf, noProof, proofOf, textOf } from './driver-values.ts'
import type { FrameValue } from './table-types.ts'

const noIssuer = '0000000000000000'
const storedValueCard = 22

const requestedDebitOf = (t: Turn, debit: SentDebit): RequestedDebit => ({
  ...debit,
  resultTimeMs: t.variant.table.timing.resultTimeMs,
})

/** The last reported counters of the same card and of the same terminal. */
function serialsBefore(
  t: Turn,
  debit: SentDebit,
  reported: DebitProof,
): Pick<ReportedDebit, 'serialsBefore'> {
  const { counters } = t.s
  const card = counters.findLast((one) => one.cardNo === debit.cardNo)?.cardSerial ?? null
  const psam =
    counters.findLast((one) => one.psamTerminal === reported.psamTerminal)?.psamSerial ?? null
  return card === null && psam === null ? {} : { serialsBefore: { card, psam } }
}

const psamOf = ({ psamTerminal, psamSerial }: DebitProof): ReportedPsam | null =>
  psamTerminal === null || psamSerial === null
    ? null
    : { terminal: psamTerminal, serial: psamSerial }

/**
 * B8 has no counters. The terminal counts every debit, so this debit has the number after the previous one, if that is
 * known; else the number stays unknown.
 */
function psamCounted(debit: SentDebit | null): Partial<DebitProof> {
  const before = debit?.psamBefore ?? null
  if (before === null) return {}
  return {
    psamTerminal: before.terminal,
    psamSerial: (before.serial + 1) >>> 0,
    psamSerialCounted: true,
  }
}

function keepCounters(t: Turn, { cardNo }: SentDebit, reported: DebitProof): void {
  const { cardSerial, psamTerminal, psamSerial } = reported
  const others = t.s.counters.filter((one) => one.cardNo !== cardNo)
  t.s.counters = [...others, { cardNo, cardSerial, psamTerminal, psamSerial }].slice(
    -limits.countersMax,
  )
}

/** The C6 that waits for a B5 of this OBU, or the newest one without a B5 in time. */
function debitOf(t: Turn, obuId: string): SentDebit | null {
  if (t.s.open?.obuId === obuId) return t.s.open
  return t.s.unanswered.findLast((d) => d.obuId === obuId) ?? null
}

/** A balance that could not be read back is computed from the one before (2.2); a credit card has none. */
const derivedBalance = (debit: SentDebit): number | null =>
  debit.cardType === storedValueCard ? debit.balanceBeforeFen - debit.amountFen : null

/** A B5 without its debit part cannot prove that money moved, only that a write of 0 fen was done. */
function moneyOfB5(t: Turn, debit: SentDebit, code: number, form: string): MoneyState {
  const { table } = t.variant
  const money = moneyOf(table.moneyState.b5Error, code, t.s.config.laneMode)
  if (form === 'withoutDebit' && money === 'paid' && debit.amountFen > 0) return 'unknown'
  return money
}

export function takeResult(t: Turn, value: FrameValue, form: string): void {
  const { table } = t.variant
  const mode = t.s.config.laneMode
  const obuId = textOf(value, 'obuId')
  const code = errorCodeOf(value, table, 'b5Error')
  if (answersProof(t, value, code)) {
    takeProofResult(t, value, code)
    return
  }
  const debit = debitOf(t, obuId)
  if (debit === null) {
    endTransaction(t, obuId, noIssuer)
    // Possibly of a C6 from before a restart: the ledger knows. A B5 without its debit part proves nothing.
    const reported =
      form === 'withoutDebit' ? 'unknown' : moneyOf(table.moneyState.b5Error, code, mode)
    const proof = reported === 'paid' ? proofOf(table, value, t.s.psamTerminals) : noProof
    emit(t, { type: 'orphanResult', obuId, money: reported, code, proof })
    return
  }
  const money = moneyOfB5(t, debit, code, form)
  const late = t.s.open !== debit
  if (late) endTransaction(t, obuId, debit.issuerHex)
  else {
    t.s.open = null
    stopWait(t, 'b5')
    wait(t, 'answer', limits.answerMs)
  }
  const reported = money === 'paid' ? proofOf(table, value, t.s.psamTerminals) : noProof
  const derive = money === 'paid' && reported.balanceAfterFen === null
  const result = {
    proof: derive ? { ...reported, balanceAfterFen: derivedBalance(debit) } : reported,
    ...(derive ? { balanceDerived: true } : {}),
    ...(money === 'paid' ? serialsBefore(t, debit, reported) : {}),
  }
  // The lane judges the money in the same way: a result that does not match leaves its C6 open.
  const open =
    money === 'unknown' ||
    (money === 'paid' && !judgeResult(requestedDebitOf(t, debit), result).paid)
  if (open) keepUnanswered(t, debit)
  else t.s.unanswered = t.s.unanswered.filter((d) => d !== debit)
  if (money === 'paid' && !open) keepCounters(t, debit, reported)
  if (money === 'paid' && !open && !late) t.s.psamLast = psamOf(reported)
  emit(t, { type: 'debitResult', obuId, money, code, reason: textOf(value, 'error'), ...result })
}

const noTac = '00000000'

/**
 * True for a B5 that answers C8. It repeats the last B5, of any OBU; only a refusal, or a result of another open debit
 * of ours, cannot be that answer.
 */
function answersProof(t: Turn, value: FrameValue, code: number): boolean {
  const { proof, config } = t.s
  const { table } = t.variant
  if (proof === null || table.proofAnswer !== 'B5') return false
  const obuId = textOf(value, 'obuId')
  if (obuId !== proof.obuId) return debitOf(t, obuId) === null
  return moneyOf(table.moneyState.b5Error, code, config.laneMode) !== 'unpaid'
}

/**
 * A proof in the form of B5 may contain data of an older transaction. When it is not certain, the card is read (5.1,
 * check 2).
 */
function proves(t: Turn, value: FrameValue, proof: DebitProof): boolean {
  const debit = debitOf(t, textOf(value, 'obuId'))
  if (debit === null || proof.tac === noTac) return false
  return isOfThisDebit(requestedDebitOf(t, debit), { proof })
}

function takeProofResult(t: Turn, value: FrameValue, code: number): void {
  const { table } = t.variant
  const obuId = t.s.proof?.obuId ?? ''
  t.s.proof = null
  stopWait(t, 'proof')
  const reported = proofOf(table, value, t.s.psamTerminals)
  const paid = moneyOf(table.moneyState.b5Error, code, t.s.config.laneMode) === 'paid'
  const proven = paid && textOf(value, 'obuId') === obuId && proves(t, value, reported)
  emit(t, {
    type: 'proofResult',
    obuId,
    money: proven ? 'paid' : 'unknown',
    code,
    proof: proven ? reported : noProof,
  })
}

/** A C8 that was given up and whose B8 arrives late: it belongs to the C6 for which it was requested, or to no C6. */
function lateProof(t: Turn, obuId: string): Turn['s']['proofLate'] {
  const { proofLate, open } = t.s
  if (proofLate?.obuId !== obuId || open?.obuId === obuId) return null
  return debitOf(t, obuId)?.deductionId === proofLate.deductionId ? proofLate : null
}

export function takeProof(t: Turn, value: FrameValue): void {
  const { table } = t.variant
  const obuId = textOf(value, 'obuId')
  const code = errorCodeOf(value, table, 'b8Error')
  const proofRequest = t.s.proof?.obuId === obuId ? t.s.proof : lateProof(t, obuId)
  if (proofRequest === null) {
    emit(t, { type: 'orphanResult', obuId, money: 'unknown', code, proof: noProof })
    return
  }
  if (proofRequest === t.s.proof) {
    t.s.proof = null
    stopWait(t, 'proof')
  } else t.s.proofLate = null
  const reported = moneyOf(table.moneyState.b8Error, code, t.s.config.laneMode)
  const money = reported === 'paid' && textOf(value, 'tac') === noTac ? 'unknown' : reported
  const debit = debitOf(t, obuId)
  const proof =
    money === 'paid'
      ? {
          ...proofOf(table, value, t.s.psamTerminals),
          ...psamCounted(debit),
          cardSerial: proofRequest.cardSerial === 0 ? null : proofRequest.cardSerial,
          timeBcd: debit?.timeBcd ?? null,
          transType: '09',
        }
      : noProof
  emit(t, { type: 'proofResult', obuId, money, code, proof })
}
