// The page of coupons and arrears: the state of each coupon, issuing, giving one to a car inside, giving back, voiding,
// and waiving what a car left unpaid; and a coupon scanned into the dialog of another payment.
import { expect, it } from 'vitest'
import { bringTable, done, eachOn, lastOf, sign } from '../../kit/acts-kit.ts'
import { couponsView } from './coupons-view.ts'
import { all, named, settle, submit, type, wordOf, textOf, press } from '../../kit/page.ts'

const lot = eachOn('/coupons')
const codes = couponsView.rows.map(({ coupon }) => coupon.code)

it('shows each coupon with its state, and what cars left unpaid', () => {
  const rows = all('.scroll tbody tr').map((row) => row.innerText)
  expect(rows).toHaveLength(4)
  expect(rows[0]).toContain('可用')
  expect(rows[1]).toContain('测A·12345')
  expect(rows[2]).toContain('减 50%')
  expect(rows[3]).toContain('已到期')
  expect(textOf('arrears')).toContain('¥ 20.00')
  expect(textOf('arrears')).toContain(wordOf('coupons.isDue'))
})

it('finds by code, merchant and plate', async () => {
  for (const [word, code] of [
    [codes[0]?.slice(-6).toLowerCase(), codes[0]],
    ['电影', codes[2]],
    ['测a·123', codes[1]],
  ] as const) {
    await type('[name="search"]', word ?? '')
    expect(all('.scroll tbody tr code').map((cell) => cell.innerText)).toEqual([code])
  }
})

it('issues so many, in fen', async () => {
  lot().answers('coupons.issue', { ok: true, repeated: false, codes: [] })
  await press('issue')
  await type('[name="merchant"]', '面馆')
  await type('[name="value"]', '5.5')
  await type('[name="count"]', '20')
  await sign()
  expect(lastOf(lot(), 'coupons.issue')).toMatchObject({
    merchant: '面馆',
    kind: 'amount',
    value: 550,
    count: 20,
    // The day of the lot.
    from: '2026-03-14',
  })
  expect(document.body.innerText).toContain('已发 20 张')
})

it('a table shows the batches it issues, and codes are saved', async () => {
  const days = { from: '2026-11-01', until: '2026-12-31' }
  const batch = { batch: 'A', merchant: '面馆', kind: 'amount', value: 550, ...days } as const
  const diff = { added: [{ ...batch, count: 30 }], same: 2, bad: [], digest: 'd'.repeat(64) }
  lot().answers('coupons.compare', diff)
  lot().replies.set('coupons.import', done)
  await bringTable(lot(), 'coupons.compare', 'x')
  const text = textOf('diff')
  for (const part of ['A · 面馆 · 减 ¥ 5.50 · 30 张', '发 1 批，共 30 张', '2 批已经发足'])
    expect(text).toContain(part)
  await press('write')
  await sign()
  expect(lastOf(lot(), 'coupons.import')).toMatchObject({ text: 'x', digest: 'd'.repeat(64) })
  await press('export')
  expect(document.body.innerText).toContain(wordOf('coupons.exported', { count: 4 }))
})

it('validates a car inside', async () => {
  lot().replies.set('coupons.validate', done)
  await press('validate')
  await type('[name="plate"]', '测A12345')
  await type('[name="merchant"]', '电影院')
  await type('[name="value"]', '3')
  await sign()
  expect(lastOf(lot(), 'coupons.validate')).toMatchObject({ plate: '测A12345', value: 300 })
})

it('a refusal says why it is one, in the language of the window', async () => {
  const why = { zh: '场内没有这块车牌', en: 'no car inside has this plate' }
  lot().refuses('coupons.validate', 'COUPON-06', { why })
  await press('validate')
  await type('[name="plate"]', '测A12345')
  await type('[name="merchant"]', '电影院')
  await type('[name="value"]', '3')
  await sign()
  expect(document.body.innerText).toContain('场内没有这块车牌')
  expect(document.body.innerText).not.toContain('no car inside')
})

it('gives back, makes void, and waives', async () => {
  for (const name of ['coupons.giveBack', 'coupons.void', 'arrears.waive'])
    lot().replies.set(name, done)
  expect(all(named(`back-${codes[2]}`))).toHaveLength(0)
  expect(textOf('spent-why')).toContain(wordOf('coupons.spentWhy'))
  await press(`back-${codes[1]}`)
  await sign()
  expect(lastOf(lot(), 'coupons.giveBack')).toMatchObject({ code: codes[1] })
  await press(`void-${codes[0]}`)
  await sign()
  expect(lastOf(lot(), 'coupons.void')).toMatchObject({ code: codes[0] })
  await press('waive-n1-O7')
  await sign()
  expect(lastOf(lot(), 'arrears.waive')).toMatchObject({ orderId: 'n1-O7' })
  expect(all(named('waive-n1-O8'))).toHaveLength(0)
  expect(textOf('arrears')).toContain('停车 n1-S3 付过，已退款')
})

it('takes cash for a car without a plate that left its space, exactly what is due', async () => {
  lot().replies.set('arrears.pay', done)
  expect(textOf('arrears')).toContain(wordOf('coupons.isOpen'))
  expect(all(named('waive-n1-O9'))).toHaveLength(0)
  await press('pay-n1-O9')
  expect(document.body.innerText).toContain('收 未识别 现金 ¥ 3.00')
  await sign()
  expect(lastOf(lot(), 'arrears.pay')).toMatchObject({
    orderId: 'n1-O9',
    means: 'cash',
    amountFen: 300,
  })
})

it('shows what merchants issued within their limits and owe, and sets a limit in fen', async () => {
  const text = textOf('merchants')
  for (const part of ['3，限 20', '¥ 150.00，限 ¥ 500.00', '2026-11 商户共应付 ¥ 45.00'])
    expect(text).toContain(part)
  lot().replies.set('merchants.limit', done)
  await press('limit-面馆')
  await type('[name="dayCount"]', '二十')
  await sign()
  expect(lastOf(lot(), 'merchants.limit')).toBeUndefined()
  await type('[name="dayCount"]', '')
  await type('[name="monthFen"]', '600')
  await submit()
  await settle()
  expect(lastOf(lot(), 'merchants.limit')).toMatchObject({
    merchant: '面馆',
    dayCount: null,
    monthCount: null,
    dayFen: null,
    monthFen: 60_000,
  })
})
