// Which reservation commands the lot's state allows: bays at one time, windows of providers, used and ended reservations.
// A refused command is answered with its reason and changes nothing.
import { expect, it } from 'vitest'
import {
  isInShare,
  judgeCommand,
  misfitOf,
  passedNow,
  type ReservationCommand,
} from '#ledger/pure/reservation/command.ts'
import { at, reservation, Scene, share } from '../../../lane/pure/reservation/kit.ts'

const judge = (scene: Scene, command: ReservationCommand, spaces = 1): string =>
  judgeCommand(scene.lot.reservations, command, { nowMs: scene.nowMs, spaces }).answer
const make = (over = {}): ReservationCommand => ({ do: 'make', reservation: reservation(over) })
const changed = (over = {}): ReservationCommand => ({
  do: 'change',
  reservation: reservation(over),
})
const cancel = (orderNo = 'R1', plate: string | null = null): ReservationCommand => ({
  do: 'cancel',
  orderNo,
  plate,
})
const revoke: ReservationCommand = { do: 'revoke', orderNo: 'R1', plate: null }
const made = (over = {}): Scene =>
  new Scene().joined().did({ do: 'make', reservation: reservation(over) })

it('has as many bays at one time as the lot offers', () => {
  const scene = made()
  expect(judge(scene, make({ orderNo: 'R2', fromMs: at('11:00') }))).toBe('noBay')
  expect(judge(scene, make({ orderNo: 'R2', fromMs: at('12:00'), toMs: at('13:00') }))).toBe('done')
  expect(judge(scene, make({ orderNo: 'R2' }), 2)).toBe('done')
  // Two reservations that do not overlap share one bay beside a third that overlaps both.
  scene.did({
    do: 'make',
    reservation: reservation({ orderNo: 'R2', fromMs: at('12:00'), toMs: at('14:00') }),
  })
  expect(judge(scene, make({ orderNo: 'R3', fromMs: at('11:00'), toMs: at('13:00') }), 2)).toBe(
    'done',
  )
  scene.did({ do: 'cancel', orderNo: 'R1' })
  expect(judge(scene, make({ orderNo: 'R3', toMs: at('12:00') }))).toBe('done')
})

it('refuses what is over, unknown, said otherwise, or of another car', () => {
  const scene = made()
  expect(judge(scene, make())).toBe('otherContent')
  expect(judge(scene, make({ orderNo: 'R9', fromMs: at('07:00'), toMs: at('08:00') }))).toBe(
    'outsideTime',
  )
  expect(judge(scene, cancel('R9'))).toBe('orderMissing')
  expect(judge(scene, cancel('R1', '粤B99999'))).toBe('otherVehicle')
  expect(judge(scene, cancel('R1', '粤B12345'))).toBe('done')
  scene.did({ do: 'cancel', orderNo: 'R1' })
  expect(judge(scene, cancel())).toBe('alreadyCancelled')
  expect(judge(scene, changed())).toBe('alreadyCancelled')
})

it('lets a used one be made longer and revoked, never cancelled or priced anew', () => {
  const scene = made().enters('n1-S1', '粤B12345', '10:05')
  expect(judge(scene, cancel())).toBe('alreadyUsed')
  expect(judge(scene, changed({ terms: { kind: 'rate', amountFen: 0 } }))).toBe('alreadyUsed')
  expect(judge(scene, changed({ toMs: at('13:00') }))).toBe('done')
  expect(judge(scene, revoke)).toBe('done')
  scene.did({ do: 'revoke', orderNo: 'R1' })
  expect(judge(scene, revoke)).toBe('alreadyCancelled')
  scene.nowMs = at('12:30')
  expect(passedNow(scene.lot.reservations, scene.nowMs)).toEqual([
    { orderNo: 'R1', what: 'overstayed' },
  ])
  scene.own({ row: 'passed', orderNo: 'R1', what: 'overstayed' })
  expect(passedNow(scene.lot.reservations, scene.nowMs)).toEqual([])
  expect(judge(scene, changed({ toMs: at('14:00') }))).toBe('overstayed')
})

it.each<readonly [string, object, string]>([
  ['a later end', { toMs: at('13:00') }, 'done'],
  ['an earlier end that is still to come', { toMs: at('11:00') }, 'done'],
  ['an end that has passed', { toMs: at('10:01') }, 'alreadyUsed'],
  ['nothing', {}, 'done'],
  ['the plate', { plate: '粤B99999' }, 'alreadyUsed'],
  ['the colour', { colour: 'green' }, 'alreadyUsed'],
  ['the kind', { kind: 'reserved', shareNo: null }, 'alreadyUsed'],
  ['the share', { shareNo: 'S2' }, 'alreadyUsed'],
  ['the share, and the end', { shareNo: 'S2', toMs: at('13:00') }, 'alreadyUsed'],
  ['no share', { shareNo: null }, 'alreadyUsed'],
  ['the start', { fromMs: at('10:01') }, 'alreadyUsed'],
  ['the kind of terms', { terms: { kind: 'none' } }, 'alreadyUsed'],
  ['the amount', { terms: { kind: 'prepaid', amountFen: 1 } }, 'alreadyUsed'],
])('a reservation in use takes another end alone: %s', (_what, over, answer) => {
  const own = { kind: 'shared', shareNo: 'S1', terms: { kind: 'prepaid', amountFen: 500 } } as const
  const scene = new Scene().joined()
  for (const shareNo of ['S1', 'S2']) scene.did({ do: 'share', share: share({ shareNo }) })
  scene.did({ do: 'make', reservation: reservation(own) })
  scene.enters('n1-S1', '粤B12345', '10:05')
  expect(judge(scene, changed({ ...own, ...over }))).toBe(answer)
})

it('one in use that its provider has ended takes no other end', () => {
  const scene = made().enters('n1-S1', '粤B12345', '10:05')
  scene.did({ do: 'revoke', orderNo: 'R1' })
  expect(judge(scene, changed({ toMs: at('13:00') }))).toBe('alreadyCancelled')
})

it('a command whose type does not fit the state is one for a person; other refusals are not', () => {
  const found = (scene: Scene, command: ReservationCommand) =>
    misfitOf(command, judge(scene, command) as Parameters<typeof misfitOf>[1])
  const open = made()
  const used = made().enters('n1-S1', '粤B12345', '10:05')
  const gone = made()
  gone.did({ do: 'cancel', orderNo: 'R1' })
  const rows: readonly (readonly [Scene, ReservationCommand, string | null])[] = [
    // One that was made and is made again: the type said `reserve`, the platform may have said `change`.
    [open, make(), 'R1'],
    [used, make(), 'R1'],
    [open, changed({ orderNo: 'R9' }), 'R9'],
    [gone, changed(), 'R1'],
    [used, changed({ plate: '粤B99999' }), 'R1'],
    [used, cancel(), 'R1'],
    [gone, cancel(), 'R1'],
    [open, cancel('R9'), 'R9'],
    [gone, revoke, 'R1'],
    [open, { do: 'unshare', shareNo: 'S9' }, 'S9'],
    [open, changed(), null],
    [open, cancel(), null],
    [used, revoke, null],
    [open, cancel('R1', '粤B99999'), null],
    [open, make({ orderNo: 'R2' }), null],
    [open, { do: 'flow', on: true }, null],
  ]
  for (const [scene, command, no] of rows) expect(found(scene, command)).toBe(no)
})

it('tells once who did not come', () => {
  const scene = made()
  expect(passedNow(scene.lot.reservations, at('12:00') - 1)).toEqual([])
  expect(passedNow(scene.lot.reservations, at('12:00'))).toEqual([
    { orderNo: 'R1', what: 'overdue' },
  ])
  scene.own({ row: 'passed', orderNo: 'R1', what: 'overdue' })
  expect(passedNow(scene.lot.reservations, at('12:00'))).toEqual([])
})

it('keeps a shared bay to the window and number of its providers', () => {
  const scene = new Scene().joined()
  const shared = (over = {}): ReservationCommand => make({ kind: 'shared', shareNo: 'S1', ...over })
  expect(judge(scene, shared())).toBe('shareMissing')
  scene.did({ do: 'share', share: share() })
  expect(judge(scene, shared())).toBe('done')
  expect(judge(scene, shared({ toMs: at('18:01') }))).toBe('outsideTime')
  expect(judge(scene, shared({ fromMs: at('08:59') }))).toBe('outsideTime')
  scene.did({ do: 'make', reservation: reservation({ kind: 'shared', shareNo: 'S1' }) })
  expect(judge(scene, shared({ orderNo: 'R2' }))).toBe('noBay')
  // A bay of the lot itself is separate from the shared bay.
  expect(judge(scene, make({ orderNo: 'R2' }))).toBe('done')
  scene.did({ do: 'unshare', shareNo: 'S1' })
  expect(scene.lot.reservations.byOrder.get('R1')?.state).toBe('revoked')
  expect(judge(scene, shared({ orderNo: 'R3' }))).toBe('noBay')
})

it('knows a window that goes over midnight', () => {
  const night = share({ fromMin: 1200, toMin: 420 })
  const next = (clock: string): number => at(clock) + 86_400_000
  expect(isInShare(night, { fromMs: at('20:00'), toMs: next('07:00') })).toBe(true)
  expect(isInShare(night, { fromMs: next('05:00'), toMs: next('07:00') })).toBe(true)
  expect(isInShare(night, { fromMs: at('19:59'), toMs: next('07:00') })).toBe(false)
  expect(isInShare(night, { fromMs: at('20:00'), toMs: next('07:01') })).toBe(false)
  const whole = share({ fromMin: 0, toMin: 1440 })
  expect(isInShare(whole, { fromMs: at('10:00'), toMs: next('10:00') })).toBe(true)
})
