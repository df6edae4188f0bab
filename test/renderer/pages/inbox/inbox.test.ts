// The page of what waits for a person, and its count in the side bar: whose it is, the button that leads to where it ends,
// and an empty list.
import { beforeEach, expect, it } from 'vitest'
import { matters } from '#runtime/inbox/table.ts'
import type { Matter } from '#runtime/inbox/matter.ts'
import { addressOf, wholeLot } from '#base/pure/values/matter-thing.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { pageOf } from '#renderer/kit/pages.ts'
import { all, click, named, one, openPage, settle, textOf } from '../../kit/page.ts'
import { ScriptedLot, seatOf } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(() => {
  lot = new ScriptedLot()
})
async function open(role: Role | null = null): Promise<void> {
  if (role !== null) lot.seat = seatOf(role)
  await openPage(lot, '/inbox')
  await settle()
}
const nothing = (): void => lot.answers('inbox.get', { rows: [], unread: [] })

it('lists urgent matters first, counts them at the side, and leads to the page of each', async () => {
  await open()
  const marks = all('tr[data-test^="matter-"]').map((row) => row.textContent.startsWith('✕ 急'))
  expect(new Set(marks).size).toBe(2)
  expect(marks).toEqual(marks.toSorted((a, b) => Number(b) - Number(a)))
  expect(Number(textOf('inbox-count'))).toBe(all(named('matter-go')).length)
  await click(one(`${named('matter-refund')} ${named('matter-go')}`))
  expect(all(named('refund-asks'))).toHaveLength(1)
})

it('shows what others have to do without a button, and does not count it', async () => {
  await open('auditor')
  expect(all(named('matter-refund')).length).toBeGreaterThan(0)
  expect(all(named('matter-go'))).toEqual([])
  expect(all(named('inbox-count'))).toEqual([])
  expect(one(named('matter-stay')).textContent).toContain('业主')
})

it('is a calm sentence when nothing waits', async () => {
  nothing()
  await open()
  expect(textOf('inbox')).toContain('现在没有等您处理的事')
  expect(all(named('inbox-count'))).toEqual([])
})

it('names a call that failed, and shows the rest', async () => {
  lot.refuses('day.get', 'LEDGER-02')
  await open()
  expect(textOf('inbox')).toContain('LEDGER-02')
  expect(all(named('matter-refund')).length).toBeGreaterThan(0)
})

it.each(Object.entries(matters as unknown as Readonly<Record<string, Matter>>))(
  'the button of %s leads to a page of the window',
  (_kind, { to }) => expect(pageOf(addressOf(to, wholeLot))).toBeDefined(),
)
