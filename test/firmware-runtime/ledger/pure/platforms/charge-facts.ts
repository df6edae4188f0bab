// A charge at an exit and an exception of the same order, as the ledger gives them to the dialects.
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import { carObuOf } from '#lane/pure/exit-checks.ts'
import type { ExceptionReport } from '#ledger/pure/lot/exception-reports.ts'
import { cardReadEvent, startMs } from '../../../lane/pure/lane-bench.ts'

const no = 'PGX00012N1261120143000000021'
export const obu = carObuOf(cardReadEvent())
export const charge: ChargeFacts = {
  deductionId: 'n1-O2.D1',
  stayId: 'n1-S1',
  orderId: 'n1-O2',
  laneId: 'exit',
  businessNo: no,
  outTradeNo: no,
  plate: '测A12345',
  colour: 'blue',
  enteredAtMs: startMs - 4_200_000,
  atMs: startMs,
  amountFen: 500,
  obu,
  proof: null,
  offline: false,
}
export const exception: ExceptionReport = {
  exceptionNo: 'n1-X9',
  exceptionType: 'noAnswerTwice',
  atMs: startMs,
  laneId: 'exit',
  stayId: 'n1-S1',
  orderId: 'n1-O2',
  outTradeNo: no,
  plate: '测A12345',
  obuId: obu.obuId,
  cardNo: obu.cardNo,
  paid: { means: 'cash', amountFen: 500 },
  handling: 'otherPayment',
}
