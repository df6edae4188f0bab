// Results of debits: B5 and B8, matched to their C6, and what they say about the money.
// A result that belongs to no C6 of ours is an orphan: told, never taken for a payment (5.1).
import type { MoneyState } from '../../core/etc/rsu.ts'
import { limits } from './driver-state.ts'
import type { SentDebit } from './driver-state.ts'
import { emit, endTransaction, keepUnanswered, stopWait, wait } from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import { errorCodeOf, moneyOf, noProof, proofOf, textOf } from './driver-values.ts'
import type { FrameValue } from './table-types.ts'

const noIssuer = '0000000000000000'
const storedValueCard = 22

/** The C6 that waits for a B5 of this OBU, or the newest one that got none in time. */
function debitOf(t: Turn, obuId: string): SentDebit | null {
  if (t.s.open?.obuId === obuId) return t.s.open
  return t.s.unanswered.findLast((d) => d.obuId === obuId) ?? null
}

/** A balance that could not be read back is derived from the one before (2.2); credit has none. */
function derivedBalance(debit: SentDebit): number | null {
  return debit.cardType === storedValueCard ? debit.balanceBeforeFen - debit.amountFen : null
}

/** A B5 without its debit part cannot say that money moved, only that a zero-fen write was done. */
function moneyOfB5(t: Turn, debit: SentDebit, code: number, form: string): MoneyState {
  const { table } = t.variant
  const money = moneyOf(table.moneyState.b5Error, code, t.s.config.laneMode)
  if (form === 'withoutDebit' && money === 'paid' && debit.amountFen > 0) return 'unknown'
  return money
}

export function takeResult(t: Turn, value: FrameValue, form: string): void {
  const { table } = t.variant
  const obuId = textOf(value, 'obuId')
  const code = errorCodeOf(value, table, 'b5Error')
  const debit = debitOf(t, obuId)
  if (debit === null) {
    endTransaction(t, obuId, noIssuer)
    emit(t, { type: 'orphanResult', obuId, code })
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
  if (money === 'unknown') keepUnanswered(t, debit)
  else t.s.unanswered = t.s.unanswered.filter((d) => d !== debit)
  const told = money === 'paid' ? proofOf(table, value, t.s.psamTerminals) : noProof
  const derive = money === 'paid' && told.balanceAfterFen === null
  emit(t, {
    type: 'debitResult',
    obuId,
    money,
    code,
    proof: derive ? { ...told, balanceAfterFen: derivedBalance(debit) } : told,
    reason: textOf(value, 'error'),
    ...(derive ? { balanceDerived: true } : {}),
  })
}

const noTac = '00000000'

export function takeProof(t: Turn, value: FrameValue): void {
  const { table } = t.variant
  const obuId = textOf(value, 'obuId')
  const code = errorCodeOf(value, table, 'b8Error')
  const asked = t.s.proof
  if (asked?.obuId !== obuId) {
    emit(t, { type: 'orphanResult', obuId, code })
    return
  }
  t.s.proof = null
  stopWait(t, 'proof')
  const told = moneyOf(table.moneyState.b8Error, code, t.s.config.laneMode)
  const money = told === 'paid' && textOf(value, 'tac') === noTac ? 'unknown' : told
  const debit = debitOf(t, obuId)
  const proof =
    money === 'paid'
      ? {
          ...proofOf(table, value, t.s.psamTerminals),
          cardSerial: asked.cardSerial === 0 ? null : asked.cardSerial,
          timeBcd: debit?.timeBcd ?? null,
          transType: '09',
        }
      : noProof
  emit(t, { type: 'proofResult', obuId, money, code, proof })
}
