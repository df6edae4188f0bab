// The request bodies for each province's platform, one of each kind: members with their digest, and the requests that
// carry them. The values of a charge in detail have their own digest: ledger/pure/platforms/guangxi/frozen-bodies.test.ts.
import { expect, it } from 'vitest'
import type { RefundFacts } from '#devices/pure/charge/charge-facts.ts'
import type { UpFact } from '#base/pure/rows/reservation-row.ts'
import { provinces } from '#ledger/pure/platforms/dialects.ts'
import { shenzhen } from '#ledger/pure/platforms/shenzhen/dialect.ts'
import type { Dialect, Op, PlatformRequest } from '#ledger/ports/dialect.ts'
import type { LaneHeartbeat } from '#base/ports/platform-monitor.ts'
import { lotFile } from '../firmware-runtime/lane/lot/lot-kit.ts'
import { proofFor, startMs } from '../firmware-runtime/lane/pure/lane-bench.ts'
import {
  charge as facts,
  exception as report,
} from '../firmware-runtime/ledger/pure/platforms/charge-facts.ts'
import { digestOf, pin } from './pin.ts'

const lot = lotFile()
const refund = {
  refundId: 'n1-R1',
  amountFen: 500,
  reason: 'paid twice',
  atMs: startMs,
  deduction: facts,
} as unknown as RefundFacts
const signIn = {
  listNo: 'L1',
  psamTerminal: '010203040506',
  psamNo: '01020304050607080910',
  laneId: 'exit',
  lotId: lot.lotId,
  lotName: lot.name.zh,
  atMs: startMs,
} as const
const entry = {
  entryNo: 'n1-S1',
  laneId: 'entry',
  plate: '测A12345',
  colour: 'blue',
  said: { confidence: 0.97 },
  enteredAtMs: startMs,
} as const
const plate = {
  plateRecNo: 'n1-V1',
  laneId: 'exit',
  direction: 'out',
  atMs: startMs,
  plate: '测A12345',
  colour: 'green',
  said: {},
  matchedTradeNo: facts.businessNo,
} as const
const batch = {
  batchNo: 'B1',
  fromMs: startMs,
  toMs: startMs + 3_600_000,
  revision: 1,
  numbers: [facts.businessNo],
  totalFen: 500,
  digest: 'AB'.repeat(32),
}
const shift = {
  shiftNo: 'n1-H1',
  staffId: '王芳',
  planNo: 'P1',
  onMs: startMs,
  offMs: startMs + 28_800_000,
  cashFen: 1200,
  etcCount: 3,
  etcFen: 1500,
}
const beat: LaneHeartbeat = {
  laneId: 'exit',
  seq: 7,
  atMs: startMs,
  clockOffsetMs: 12,
  clockReadMs: startMs,
  softwareVersion: '1.2.3',
  configVersion: 'C1',
  listVersion: '7',
  listAgeSec: 60,
  psam: 0,
  signedInUntilMs: startMs + 3_600_000,
  antenna: 0,
  camera: 1,
  barrier: 2,
  coil: 9,
  queued: 2,
  oldestQueuedSec: 30,
  todayCount: 3,
  todayFen: 1500,
  machine: { cpuPct: 5, memPct: 50, diskFreePct: 60 },
}

const textOf = (text: string): object => {
  const members: unknown = JSON.parse(text)
  return { bytes: digestOf(text), ...(members as object) }
}
const requestOf = ({
  method,
  path,
  bodyText,
  idempotencyKey,
  version,
}: PlatformRequest): object => ({
  as: [method, path, idempotencyKey, version].filter((part) => part !== undefined),
  ...(bodyText === '' ? {} : textOf(bodyText)),
})
const ops: readonly Op[] = [
  'charge',
  'exitUpload',
  'refund',
  'exception',
  'signIn',
  'chargeQuery',
  'uploadQuery',
  'refundQuery',
]

function bodiesOf(dialect: Dialect): object {
  const { records, duty, psam, tradeFile, monitor, feedback, bill, splitBill, certificates } =
    dialect
  return {
    charge: textOf(dialect.chargeBody(lot, 'charge', facts, '7')),
    offline: textOf(dialect.chargeBody(lot, 'charge', { ...facts, offline: true, obu: null }, '7')),
    exitUpload: textOf(
      dialect.chargeBody(lot, 'exitUpload', { ...facts, proof: proofFor(9500) }, '7'),
    ),
    exception: textOf(dialect.exceptionBody(lot, report)),
    refund: textOf(dialect.refundBody(refund)),
    signIn: textOf(dialect.signInBody(lot, signIn)),
    entryRecord: records && textOf(records.entryBody(lot, entry)),
    plateRecord: records && textOf(records.plateBody(lot, plate)),
    batch: records && textOf(records.batchBody(batch)),
    shiftRecord: duty && textOf(duty.shiftBody(lot, shift)),
    requests: Object.fromEntries(
      ops.map((op) => {
        const body = /Query$/.test(op) ? '' : '{}'
        return [
          op,
          requestOf(dialect.requestFor({ op, businessNo: facts.businessNo, body, amountFen: 500 })),
        ]
      }),
    ),
    shifts: duty && requestOf(duty.shifts(lot, '2026-11-20', null)),
    configuration: duty && requestOf(duty.configuration(lot, 'C1')),
    authorize: psam && requestOf(psam.authorize(lot, { ...signIn, random: '0102030405060708' })),
    confirm:
      psam && requestOf(psam.confirm({ listNo: 'L1', psamNo: signIn.psamNo, statusWord: '9000' })),
    tradeFile: tradeFile && {
      name: tradeFile.name('APP1', startMs),
      plain: digestOf(tradeFile.plain(['{"a":1}', '{"b":2}'])),
    },
    monitor: monitor && requestOf(monitor.request(lot, beat)),
    feedback: feedback && requestOf(feedback.request(lot, 3)),
    bill: bill && requestOf(bill.request('2026-11-20')),
    splitBill: splitBill && requestOf(splitBill.request('2026-11-20')),
    certificates: certificates && requestOf(certificates.request()),
    list: requestOf(dialect.listRequest('0')),
    listCheck: requestOf(dialect.listCheck('45010000000000000001')),
    jointTest: requestOf(dialect.jointTest.request()),
    rules: dialect.rules,
    suites: dialect.suites,
    codes: Object.fromEntries(dialect.codes.map(({ code, means }) => [code, means])),
    mends: Object.fromEntries(
      (['charge', 'exitUpload', 'exception', 'refund'] as const).map((op) => [
        op,
        dialect.membersOf(op),
      ]),
    ),
  }
}

it('each province is told of a car in the words that it always was', () => {
  expect(provinces.length).toBeGreaterThan(1)
  const all = provinces.map(({ province, dialect }) => [province, bodiesOf(dialect)] as const)
  pin(new URL('./kept/bodies.txt', import.meta.url), Object.fromEntries(all))
})

const onStay = {
  stayId: 'n1-S1',
  laneId: 'exit',
  plate: '测A12345',
  colour: 'blue',
  orderNo: 'O1',
} as const
const parts = [{ providerId: 'P1', bp: 3000, amountFen: 150 }]
const told: readonly UpFact[] = [
  { kind: 'entry', ...onStay },
  { kind: 'exit', ...onStay, orderNo: null },
  ...(['made', 'changed', 'cancelled', 'used', 'overdue', 'overstayed'] as const).map(
    (what): UpFact => ({ kind: 'reservation', what, orderNo: 'O1', plate: '测A12345' }),
  ),
  {
    kind: 'income',
    orderNo: 'O1',
    stayId: 'n1-S1',
    enteredAtMs: startMs,
    paidFen: 500,
    prepaidFen: 300,
    parts: parts as never,
  },
  { kind: 'saturation', level: 80 },
  { kind: 'flow', on: true },
  { kind: 'bay', spaceId: 'B1', occupied: true },
  { kind: 'bay', spaceId: 'B1', occupied: false },
  { kind: 'device', laneId: 'exit', device: 'rsu', up: false },
  { kind: 'device', laneId: 'exit', device: 'rsu', up: true },
  { kind: 'list' },
]

it('the platform that reserves bays is told of them as it always was', () => {
  const at = { seq: 5, msgId: 'M1', atMs: startMs }
  const names = { appId: 'APP1', parkCode: 'P001' }
  const data = shenzhen.stateData(true, startMs)
  const message = { ...names, timestampMs: startMs, nonce: '0'.repeat(32), data }
  const answers = ['done', 'noBay', 'signature'] as const
  pin(new URL('./kept/reservation.txt', import.meta.url), {
    messages: told.map((fact) => shenzhen.messageOf(fact, at)),
    count: shenzhen.countData({ total: 74, free: 12, kept: 2 }, startMs),
    state: data,
    signed: shenzhen.signedText(message),
    envelope: shenzhen.envelope(message, 'ab'.repeat(32)),
    answers: answers.map((one) => shenzhen.answerData('C1', one)),
    exchange: shenzhen.exchangeData([{ word: 'event', data }], [shenzhen.answerData('C1', 'done')]),
    topics: [shenzhen.clientId(names), shenzhen.subscriptions(names), shenzhen.exchangePath(names)],
    up: shenzhen.upTopic(names, shenzhen.countWord),
  })
})
