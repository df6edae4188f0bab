// A lot with its till for tests of refunds by people: a stay, an ETC charge, and the acts of its pages.
// Rows are those of the real lot runtime; the platform is the bench's.
import type { PayAttemptView } from '#money/calls/pay.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlStays } from '#lane/desk/handlers/control-stays.ts'
import { payCalls } from '#money/desk/handlers/control-pay.ts'
import { whyIn } from '#base/pure/faults/faults.ts'
import type { ChargeMode } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { b5, cardReadEvent, loop, plate, plateEvent, proofFor } from '../../lane/pure/lane-bench.ts'
import { HandClock, MemoryLedgerService, startMs, type TestLot } from './control-kit.ts'
import { FirstCarLot, Platform } from './first-car-bench.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import { refusedLater } from '../../../kit/refusals.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

export const stayId = 'n1-S900'

/** Number of the cash payment of `paidStay`. */
export const cashNo = 'M-1'
/** A stay that paid 10 yuan in cash and left. */
export function paidStay({ ledger }: TestLot): void {
  const of = { laneId: 'exit', stayId, atMs: startMs - 600_000 }
  const car = { plate: '测A12345', colour: 'blue', noEntry: false, photo: null } as const
  const enteredAtMs = of.atMs - 3_600_000
  const paid = { paymentId: cashNo, means: 'cash', by: '', reason: '' } as const
  ledger.append([
    { kind: 'stayOpened', ...of, atMs: enteredAtMs, body: { ...car, enteredAtMs } },
    { kind: 'payment', ...of, amountFen: 1_000, body: paid },
    { kind: 'stayClosed', ...of, body: { end: 'other', leftAtMs: of.atMs } },
  ])
}

export function opened(lot: FirstCarLot): void {
  const enteredAtMs = lot.runtime.nowMs() - 7_200_000
  lot.runtime.append([cameIn(stayId, enteredAtMs)])
}

export function charged(mode: ChargeMode, platform: Platform | null = new Platform()): FirstCarLot {
  const lot = new FirstCarLot(mode, [], platform)
  opened(lot)
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent({ plate }))
  const dueFen = lot.rows('intent').at(-1)?.amountFen ?? 0
  if (mode === 'card') lot.give(b5('paid', proofFor(10_000 - dueFen)))
  lot.clock.advance(20)
  return lot
}

/** Of all tills: another one after a start asks for something new. */
let n = 0
/** The bench of a lot with its till. */
export function tillOf(lot: FirstCarLot, opens: string[] = [], aloneFenMax = 5_000) {
  const { runtime } = lot
  const acts = new ControlActs(runtime, lot.clock)
  const service = new MemoryLedgerService(lot.ledger)
  const drawer = () => () => void opens.push('drawer')
  const config = { aloneFenMax, lanes: [] }
  const pay = payCalls({ runtime, service, config, drawer, acts })
  const parts = { runtime, service, acts, drawer, config, afterDays: 3 }
  const stays = new ControlStays(parts)
  return {
    service,
    /** By hand, as the page of the stay does it; `of` {}: as the list of refunds by hand does. */
    async given(
      refundId: string,
      approvedBy: string | null = '乙',
      refundMeans: 'cash' | 'transfer' = 'cash',
      of: { readonly stayId?: string } = { stayId },
    ) {
      const who = { by: '甲', reason: '已交', commandId: `given-${++n}-0000` }
      const second = approvedBy === null ? {} : { approvedBy }
      return stays.given({ refundId, refundMeans, ...of, ...second, ...who }, 'owner')
    },
    toGive: async () => (await stays.toCheck({})).refunds,
    list: async (): Promise<readonly PayAttemptView[]> =>
      (await pay['pay.attempts']({ stayId })).rows,
    asked: async () => (await pay['refunds.asked']()).rows,
    async ask(attemptNo: string, refundFen: number, by = '甲') {
      const commandId = `asked-${++n}-0000`
      await pay['refunds.ask'](
        { stayId, attemptNo, refundFen, by, reason: '多收', commandId },
        'attendant',
      )
      return commandId
    },
    async answer(askId: string, answer: 'yes' | 'no', by = '乙', commandId = `answer-${++n}-00`) {
      return pay['refunds.answer']({ askId, answer, by, reason: '核对过', commandId }, 'owner')
    },
    async give(attemptNo: string, refundFen: number, approvedBy: string | null = '乙') {
      const who = { by: '甲', reason: '多收', commandId: `refund-${++n}-${refundFen}` }
      const second = approvedBy === null ? {} : { approvedBy }
      return pay['pay.refund']({ stayId, attemptNo, refundFen, ...second, ...who }, 'owner')
    },
  }
}

export const one = async (till: ReturnType<typeof tillOf>): Promise<PayAttemptView> =>
  present((await till.list())[0], 'a payment')
export const stepsOf = ({ refunds }: PayAttemptView) => refunds.map(({ state }) => state)

export const refused = async (giving: Promise<unknown>): Promise<string> => {
  const fault = await refusedLater(giving)
  return fault === null ? 'taken' : `${fault.code} ${whyIn(fault.detail.note ?? '')}`.trim()
}

export function violations(lot: FirstCarLot) {
  const refunds = [...lot.platform.refunds].map(([outRefundNo, refundFee]) => ({
    outRefundNo,
    refundFee,
  }))
  return violationsOf(lot.ledger.list, { refunds })
}

/** A restart from the rows on disk. */
export function restarted(lot: FirstCarLot, mode: ChargeMode, rows = lot.ledger.list): FirstCarLot {
  const clock = new HandClock()
  clock.us = ((rows.at(-1)?.atMs ?? startMs) - startMs + 1000) * 1000
  lot.runtime.stop()
  return new FirstCarLot(mode, rows, lot.platform, clock)
}
