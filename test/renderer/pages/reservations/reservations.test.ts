// The page of reservations: shown only in a lot with such a platform; says what a lost link means for
// the cars, names refused commands, and shows times, terms and states of today in words.
import { beforeEach, expect, it } from 'vitest'
import type { ReservationLinkView, ReservationsView } from '#lane/calls/reservation-views.ts'
import { lastOf } from '../../kit/acts-kit.ts'
import { all, named, one, openPage, settle, wordOf, textOf, showBoard } from '../../kit/page.ts'
import { linkView, reservationCheck, reservationsView } from './reservation-view.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(() => {
  lot = new ScriptedLot()
  lot.board = { ...lot.board, status: { ...lot.board.status, reservation: 'up' } }
})

async function open(over: Partial<ReservationsView> = {}): Promise<void> {
  lot.answers('reservation.get', { ...reservationsView, ...over })
  lot.answers('reservation.check', reservationCheck)
  await openPage(lot, '/reservations')
}
const linkIs = (over: Partial<ReservationLinkView>): Promise<void> =>
  open({ link: { ...linkView, ...over } })

it('has no link where the lot has no such platform', async () => {
  const links = (): string[] =>
    all('.nav a').map((link) => (link as HTMLAnchorElement).getAttribute('href') ?? '')
  await open()
  expect(links().join(' ')).toContain('/reservations')
  const { reservation, ...status } = lot.board.status
  expect(reservation).toBe('up')
  await showBoard(lot, { ...lot.board, status })
  expect(links().join(' ')).not.toContain('/reservations')
})

it('shows window, terms and state of each car of today in words', async () => {
  await open()
  const rows = all(`${named('today')} tbody tr`).map((row) => row.innerText)
  expect(rows[0]).toMatch(/测A·?12345.*03-02 08:00 – 03-02 10:00.*预约.*已预付 ¥ 2\.00.*已留车位/s)
  expect(rows[1]).toMatch(/共享.*时段内减 25%.*超时在场/s)
  expect(textOf('shares')).toMatch(/08:00 – 18:00.*P1 70%/s)
  expect(textOf('level')).toMatch(/（40 \/ 74）；.* 1 /)
})

it('says what a link that is down means, and since when', async () => {
  await linkIs({ state: 'down', detail: 'ECONNREFUSED', unsent: 4 })
  expect(textOf('link')).toContain(wordOf('reservations.is.down'))
  expect(textOf('link')).toContain(wordOf('reservations.means.down'))
  expect(textOf('link')).toContain('4 条')
  expect(textOf('link')).toContain('2026-03-02 07:00:00')
})

it.each([
  [{ received: { done: 3, signature: 2, repeated: 1 } }, '签名不对 2'],
  [{ received: {}, retained: 3 }, '旧消息 3 条'],
  [{ received: { noBay: 1 } }, '没有车位 1'],
])('names what was not obeyed: %j', async (over, words) => {
  await linkIs(over)
  expect(textOf('refused')).toBe(words.startsWith('旧') ? `代理保留的${words}` : words)
})

it('says that the platform has fewer than it acknowledged, and nothing of it otherwise', async () => {
  await linkIs({ behindSeq: 7 })
  expect(textOf('behind')).toContain('只收到第 7 条')
  await linkIs({})
  expect(all(named('behind'))).toEqual([])
})

it('says nothing of refusals where none were made', async () => {
  await linkIs({ received: { done: 3, repeated: 2 } })
  expect(all(named('refused'))).toEqual([])
})

it('says why the platform that the lot names is not tried', async () => {
  const fault = { code: 'LOT-02', what: { zh: '密钥没有设置', en: 'no secret' } }
  await open({ link: null, fault })
  expect(textOf('fault')).toContain('LOT-02')
  expect(textOf('fault')).toContain('LOT-02')
})

it('says that cars without a reservation wait while flow control is on', async () => {
  await open({ isFlowControlled: true })
  expect(textOf('flow')).toContain(wordOf('reservations.flow'))
})

it('asks for the check list when it is unfolded, and marks what a person confirms', async () => {
  await open()
  expect(lastOf(lot, 'reservation.check')).toBeUndefined()
  const fold = one(named('check')) as HTMLDetailsElement
  fold.open = true
  fold.dispatchEvent(new Event('toggle'))
  await settle()
  expect(all(`${named('check')} tr`).map((row) => row.innerText.replace(/\s+/g, ''))).toEqual([
    'A-01有平台✓满足',
    'A-02有相机✕不满足exit',
    'A-03有标志○需人工确认',
  ])
})
