// The page of points: balances and rules, a statement with used and returned points, points for a car
// inside, and a table of another system that is reviewed before it is written.
import { expect, it } from 'vitest'
import { bringTable, done, eachOn, lastOf, sign } from '../../kit/acts-kit.ts'
import { all, named, settle, submit, type, wordOf, textOf, press } from '../../kit/page.ts'

const lot = eachOn('/points')

it('says the rules, who has how many, and offers to use them only for a car inside', () => {
  const rows = all('.scroll tbody tr').map((row) => row.innerText)
  expect(rows).toHaveLength(2)
  expect(rows[0]).toContain('120')
  expect(rows[0]).toContain('测A·12345 在场')
  expect(rows[1]).toContain('-5')
  expect(textOf('rules')).toContain('1 分抵 ¥ 0.10，一次停车最多抵 ¥ 5.00')
  expect(all(named('use-P-1'))).toHaveLength(1)
  expect(all(named('use-P-2'))).toHaveLength(0)
})

it('uses points for the car inside; what is no number cannot be sent', async () => {
  lot().replies.set('points.use', done)
  await press('use-P-1')
  await type('[name="points"]', '十')
  await sign()
  expect(lastOf(lot(), 'points.use')).toBeUndefined()
  await type('[name="points"]', '30')
  await submit()
  await settle()
  expect(lastOf(lot(), 'points.use')).toMatchObject({ points: 30, plate: '测A12345', by: '店主' })
})

it('shows a statement, and gives back what a stay used', async () => {
  lot().replies.set('coupons.giveBack', done)
  await press('statement-P-1')
  const rows = all(`${named('statement')} tbody tr`).map((row) => row.innerText)
  expect(rows[0]).toContain('-30')
  expect(rows[1]).toContain('+150')
  expect(rows[1]).toContain(wordOf('points.brought'))
  await press('back-YH77')
  await sign()
  expect(lastOf(lot(), 'coupons.giveBack')).toMatchObject({ code: 'YH77' })
  await press('close-statement')
  expect(all(named('statement'))).toHaveLength(0)
})

it('a table shows what it brings before it is written, and is undone by its number', async () => {
  const added = [{ row: 'brought', no: 'P-2', points: 40, until: '2027-01-01' }] as const
  const diff = { added, changed: [], same: 1, bad: [], digest: 'c'.repeat(64) }
  lot().answers('points.compare', diff)
  lot().replies.set('points.import', done)
  expect(all(named('last-import'))).toHaveLength(0)
  const last = { name: 'points', importId: 'import-1000', by: '张三', count: 1 } as const
  lot().answers('imports.last', { rows: [{ ...last, atIso: '2026-03-02T10:05:00+08:00' }] })
  await bringTable(lot(), 'points.compare', 'x')
  expect(textOf('diff-added')).toContain('P-2 · 40')
  await press('write')
  await sign()
  expect(lastOf(lot(), 'points.import')).toMatchObject({ text: 'x', digest: 'c'.repeat(64) })
  expect(all(named('diff'))).toHaveLength(0)
  // The wrong file: it can be undone from here, and once.
  expect(lastOf(lot(), 'points.undo')).toBeUndefined()
  expect(textOf('last-import')).toContain('张三')
  lot().replies.set('points.undo', done)
  lot().answers('imports.last', { rows: [] })
  await press('undo-import')
  await sign()
  expect(lastOf(lot(), 'points.undo')).toMatchObject({ importId: 'import-1000', by: '店主' })
  expect(all(named('last-import'))).toHaveLength(0)
})
