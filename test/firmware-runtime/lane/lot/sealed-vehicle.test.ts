// An OBU whose encrypted vehicle file the platform has to decrypt (P17), in a lot whose platform is answered by hand: in
// time, late, refused, badly signed, not at all, and with a power cut in between. The test moves the clock.
import { expect, it } from 'vitest'
import { platformVehicle } from '#ledger/http/platform-vehicle.ts'
import type { SignedCall, SignedResult } from '#ledger/http/signed-platform.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { vehicleAnswerMs } from '#lane/pure/sealed-vehicle.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { base64Of } from '#base/pure/data/base64.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { cardReadEvent, loop, obuId, plate, plateEvent } from '../pure/lane-bench.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { lotOn, nobody, ok } from './lot-on.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

const { type: _, vehicle: __, ...read } = cardReadEvent()
const file = { keyVersion: '01', algorithm: '04', random: '00'.repeat(8), cipher: '00'.repeat(24) }
const sealedRead: LaneEvent = { type: 'vehicleSealed', ...read, sealed: file }
const unread: LaneEvent = { type: 'obuUnreadable', obuId, code: -1, reason: 'vehicleNotOpened' }

const silence = { kind: 'silence', reason: 'connect', sent: false } as const
const act = { by: 'anna', role: 'attendant', reason: 'not read', commandId: 'c1' } as const

const utf8 = new TextEncoder()
/** The platform's answer with the vehicle; `open` returns it unchanged, so it need not be sealed. */
const answerTo = (call: SignedCall, respCode = '100000', of = plate): Uint8Array => {
  const { listNo } = JSON.parse(call.bodyText) as { readonly listNo: string }
  const info = { vehiclePlate: of, vehicleColor: 0, vehicleType: 1 }
  const vehicleInfo = base64Of(utf8.encode(JSON.stringify(info)))
  return utf8.encode(JSON.stringify({ respCode, data: { listNo, obuId, vehicleInfo } }))
}
type Told = Pick<SignedResult, 'answer' | 'verified'>
const answered = (call: SignedCall, over: Partial<Told> = {}, respCode = '100000'): Told => ({
  answer: { kind: 'answer', status: 200, headers: {}, body: answerTo(call, respCode) },
  verified: 'valid',
  ...over,
})
const unavailable = (call: SignedCall): Told['answer'] => ({
  kind: 'answer',
  status: 503,
  headers: {},
  body: answerTo(call),
})

function lotWith(over: Partial<LotConfig> = {}, rows: readonly LedgerRow[] = [], fromMs = startMs) {
  const calls: { readonly call: SignedCall; readonly tell: (told: Told) => void }[] = []
  const send = (call: SignedCall, done: (result: SignedResult) => void) => {
    const more = { requestId: null, clockOffsetMs: null, sentAtMs: startMs }
    calls.push({ call, tell: (told) => done({ ...told, ...more }) })
    return () => undefined
  }
  const open = platformVehicle(
    { send },
    guangxi,
    (sealed) => sealed,
    () => startMs,
  )
  const openVehicle = present(open, 'the dialect has the interface')
  const lot = lotOn(rows, over, nobody, fromMs, false, {
    openVehicle,
    statusList: { version: '1', asOfMs: startMs, has: () => false },
  })
  /** The oldest request without an answer. */
  const next = () => present(calls.shift(), 'the platform was asked')
  return { ...lot, calls, next }
}
type Lot = ReturnType<typeof lotWith>

function entered(lot: Lot): void {
  const enteredAtMs = lot.runtime.nowMs() - 70 * 60_000
  const validUntilMs = startMs + 3_600_000
  const signIn = { psamNo: '370100000001', validUntilMs, status: 1 } as const
  lot.runtime.append([
    { kind: 'signIn', atMs: startMs, laneId: 'exit', body: signIn },
    cameIn('n1-S1', enteredAtMs),
  ])
}
/** A car at the exit whose OBU was read and whose vehicle file was sent for decryption. */
function waiting(over: Partial<LotConfig> = {}, given: LaneEvent = sealedRead): Lot {
  const lot = lotWith(over)
  entered(lot)
  lot.clock.advance(10_000)
  lot.give(loop('arrive', 'on'), plateEvent(plate), given)
  return lot
}
const kinds = (lot: Lot): string[] => lot.ledger.list.map(({ kind }) => kind)
const count = (lot: Lot, kind: LedgerRow['kind']): number =>
  kinds(lot).filter((one) => one === kind).length
/** Everything the lot did for the car at the exit, without the sealed file itself. */
function outcome({ ledger, opens, asked, toRsu, runtime, clock }: Lot) {
  const state = present(runtime.lanes.get('exit'), 'there is an exit').state
  return {
    rows: ledger.list,
    opens,
    asked: asked.map(({ word }) => word),
    toRsu,
    nowUs: clock.us,
    state: { ...state, sealed: null },
  }
}

it('opened in time it is a card that was read: charged once, and the boom opens', () => {
  const lot = waiting()
  const { call, tell } = lot.next()
  expect([call.timeoutMs, call.path]).toEqual([vehicleAnswerMs, '/v1/etc/vehicle-info/decrypt'])
  expect([count(lot, 'intent'), lot.asked.length, lot.opens]).toEqual([0, 0, []])
  lot.clock.advance(vehicleAnswerMs - 1)
  tell(answered(call))
  expect(count(lot, 'intent')).toBe(1)
  expect(lot.answer(ok)).toMatch(/^post charge P/)
  expect([lot.opens.length, count(lot, 'payment')]).toEqual([1, 1])
  lot.clock.advance(60_000)
  expect([lot.calls, count(lot, 'intent')]).toEqual([[], 1])
})

const none: readonly (readonly [string, (call: SignedCall) => Told | null])[] = [
  ['nobody answers', () => null],
  ['there is no network', () => ({ answer: silence, verified: null })],
  ['it is refused', (call) => answered(call, {}, '200012')],
  ['the signature is wrong', (call) => answered(call, { verified: 'badSignature' })],
  ['nobody signed', (call) => answered(call, { verified: 'unsigned' })],
  ['its certificate has ended', (call) => answered(call, { verified: 'certificateExpired' })],
  ['it is out of service', (call) => answered(call, { answer: unavailable(call) })],
]

it.each(none)('%s: the lane is where an OBU that cannot be read leaves it', (_name, toldOf) => {
  const [lot, without] = [waiting(), waiting({}, unread)]
  const { call, tell } = lot.next()
  const told = toldOf(call)
  if (told !== null) tell(told)
  for (const one of [lot, without]) one.clock.advance(vehicleAnswerMs)
  // The antenna released the OBU in both lots: by the lane's command here, by the driver itself there.
  expect(lot.toRsu.splice(-1)).toEqual([{ do: 'release', obuId }])
  expect(outcome(lot)).toEqual(outcome(without))
  // A late answer is ignored.
  tell(answered(call))
  for (const one of [lot, without]) {
    one.clock.advance(10_000)
    one.give({ type: 'settle', means: 'cash', amountFen: null, act })
  }
  expect(outcome(lot)).toEqual(outcome(without))
  expect([count(lot, 'intent'), lot.opens.length]).toEqual([0, 1])
})

it('a file of another vehicle charges nothing', () => {
  const lot = waiting()
  const { call, tell } = lot.next()
  const body = answerTo(call, '100000', '测B99999')
  tell(answered(call, { answer: { kind: 'answer', status: 200, headers: {}, body } }))
  expect([count(lot, 'intent'), lot.asked, lot.opens]).toEqual([0, [], []])
})

it.each([
  ['in time', vehicleAnswerMs - 1, 1],
  ['after a stall of the machine', 801, 0],
])('%s its card is debited by the time of its own B4', (_name, afterMs, debits) => {
  const lot = waiting({ chargeMode: 'card' })
  const { call, tell } = lot.next()
  // The clock jumps without firing timers, as when the machine was suspended.
  lot.clock.us += afterMs * 1000
  tell(answered(call))
  expect(lot.toRsu.filter((command) => command.do === 'debit')).toHaveLength(debits)
})

it('a power cut between: nothing of it is known, and its OBU is read and charged once', () => {
  const lot = waiting()
  const { call, tell } = lot.next()
  const from = kinds(lot).indexOf('stayOpened') + 1
  for (let cut = from; cut <= lot.ledger.list.length; cut++) {
    const after = lotWith({}, lot.ledger.list.slice(0, cut), lot.runtime.nowMs())
    after.clock.advance(vehicleAnswerMs * 2)
    expect([after.calls, count(after, 'intent'), after.opens]).toEqual([[], 0, []])
    after.give(loop('arrive', 'on'), plateEvent(plate), sealedRead)
    const again = after.next()
    // An answer to a request from before the restart is dropped.
    expect(JSON.parse(again.call.bodyText)).toMatchObject({ obuId })
    again.tell(answered(again.call))
    after.answer(ok)
    expect([count(after, 'intent'), after.opens.length]).toEqual([1, 1])
  }
  tell(answered(call))
  expect(count(lot, 'intent')).toBe(1)
})
