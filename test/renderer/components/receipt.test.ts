// The receipt of a stay in the window: shown as on paper, printed, saved as a file; a printer that cannot
// print says why, and receipts that did not print are on the records page.
import { beforeEach, expect, it } from 'vitest'
import type { PrintersView } from '#money/calls/receipt.ts'
import { i18n } from '#renderer/i18n/index.ts'
import {
  all,
  named as test,
  one,
  openPage,
  settle,
  submit,
  type,
  faultWhat,
  wordOf,
  showBoard,
  press,
  click,
} from '../kit/page.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { boards, entryLane, isoAt, lane } from '../pages/lane/lane-views.ts'
import { receipt } from './receipt-view.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'
import { timeline } from '../pages/timeline/timeline-view.ts'
import { closePage } from '../kit/opened-page.ts'

let lot: ScriptedLot
const ready: PrintersView['printers'][number] = {
  id: 'exit-desk',
  lanes: ['exit'],
  prints: 'asked',
  trouble: null,
  code: null,
  isNearEnd: false,
}
const waitsAt = (sinceIso: string): PrintersView['waiting'][number] => ({
  stayId: timeline.stayId,
  printer: 'exit-desk',
  sinceIso,
  code: 'RECEIPT-04',
  isSent: false,
})
const printersAre = (
  printers: PrintersView['printers'],
  waiting: PrintersView['waiting'] = [],
): unknown => lot.answers('receipt.printers', { printers, waiting })
const called = (name: string) => lot.sent(name)

beforeEach(() => void (lot = new ScriptedLot()))

/** The timeline's car, which paid. */
const payment = {
  seq: 1838,
  kind: 'payment',
  atIso: receipt.leftAtIso,
  laneId: 'exit',
  amountFen: 1200,
  body: { means: 'etc' },
}

async function openReceipt(): Promise<void> {
  const rows = [...timeline.rows, payment]
  lot.answers('ledger.timeline', { ...timeline, rows })
  await openPage(lot, `/ledger/${timeline.stayId}`)
  await press('open-receipt')
}

it('shows the lines of the paper and its code, in both languages the same', async () => {
  await openReceipt()
  const paper = one('.paper')
  for (const text of ['演示停车场', '测A·12345', '12.00 元'])
    expect(paper.innerText).toContain(text)
  expect(one('.paper svg').getAttribute('viewBox')).toMatch(/^0 0 \d+ \d+$/)
  expect(called('receipt.give')[0]?.args).toEqual({ stayId: timeline.stayId })
  expect(document.body.innerText).toContain(wordOf('receipt.noPrinter'))
  expect(all(test('print'))).toHaveLength(0)
  i18n.global.locale.value = 'en'
  await settle()
  expect(one('.paper').innerText).toContain('停车收费收据')
})

it.each([
  ['FP0001', '已开票 FP0001', 'Invoiced FP0001'],
  ['24442000000012345678', '已开票 24442000000012345678', 'Invoiced 24442000000012345678'],
  [null, undefined, undefined],
])('says the number of the invoice %s of its stay', async (invoiceNo, zh, en) => {
  lot.answers('receipt.give', { ...receipt, invoiceNo })
  await openReceipt()
  const said = () => all(test('invoiced'))[0]?.innerText.trim()
  expect(said()).toBe(zh)
  i18n.global.locale.value = 'en'
  await settle()
  expect(said()).toBe(en)
})

it('prints on the printer of the lot and says so; the next one is a copy', async () => {
  printersAre([ready])
  lot.answers('receipt.print', { ...receipt, printer: 'exit-desk' })
  await openReceipt()
  lot.answers('receipt.give', { ...receipt, isOnPaper: true })
  await press('print')
  const args = { stayId: timeline.stayId, printer: 'exit-desk' }
  expect(called('receipt.print').map((call) => call.args)).toEqual([args])
  expect(one(test('receipt-done')).innerText).toContain(
    wordOf('receipt.printed', { printer: 'exit-desk' }),
  )
  expect(document.body.innerText).toContain(wordOf('receipt.copy'))
})

it('a printer without paper is said before and after it is tried', async () => {
  printersAre([{ ...ready, trouble: 'paperOut', code: 'RECEIPT-04' }])
  await openReceipt()
  expect(one(test('printer-trouble')).innerText).toContain(faultWhat('RECEIPT-04'))
  lot.refuses('receipt.print', 'RECEIPT-04')
  await press('print')
  expect(one('.fault').innerText).toContain('十分钟内要的会补印一次')
  expect(all(test('receipt-done'))).toHaveLength(0)
})

it('is kept as a PDF with its own name', async () => {
  await openReceipt()
  const names: string[] = []
  const click = HTMLAnchorElement.prototype.click
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    names.push(this.download)
  }
  const data = { ...receipt, fileName: 'receipt-20260302-0007.pdf', pdfBase64: 'JVBERg==' }
  lot.answers('receipt.pdf', data)
  await press('save-pdf')
  HTMLAnchorElement.prototype.click = click
  expect(names).toEqual(['receipt-20260302-0007.pdf'])
  expect(one(test('receipt-done')).innerText).toContain('receipt-20260302-0007.pdf')
})

it('a stay that paid nothing has no receipt to open', async () => {
  const rows = [...timeline.rows, { ...payment, amountFen: 0 }]
  lot.answers('ledger.timeline', { ...timeline, rows })
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(all(test('open-receipt'))).toHaveLength(0)
})

it('what did not print stands on the page of the records, with the way to its stay', async () => {
  const sinceIso = '2026-03-02T10:16:00+08:00'
  const waits = waitsAt(sinceIso)
  printersAre([{ ...ready, trouble: 'paperOut', code: 'RECEIPT-04' }], [waits])
  await openPage(lot, '/ledger')
  const note = one(test('receipts-waiting'))
  expect(note.innerText).toContain('exit-desk 打印机缺纸')
  expect(note.innerText).toContain('1 张收据要了没有印出')
  await click(one(`${test('receipts-waiting')} button`))
  expect(called('ledger.timeline')[0]?.args).toEqual({ stayId: timeline.stayId })
  printersAre([ready])
})

it('is an open item of the day until it is given, or a person says how it ended', async () => {
  const outOf = { ...ready, trouble: 'paperOut', code: 'RECEIPT-04' } as const
  printersAre([outOf], [waitsAt('2026-03-02T10:16:00+08:00')])
  await openPage(lot, '/day')
  const item = one(test('day-receipts'))
  expect(item.innerText).toContain(wordOf('receipt.openCount', { count: 1 }))
  expect(item.innerText).toContain(faultWhat('RECEIPT-04'))
  expect(item.innerText).toContain(wordOf('receipt.unsent'))
  await press('end-receipt')
  one('input[value="notWanted"]').click()
  await type('[name="by"]', '李四')
  await click(one('input[name="reason"]'))
  await press('do')
  expect(called('receipt.end')[0]?.args).toMatchObject({
    stayId: timeline.stayId,
    how: 'notWanted',
    by: '李四',
  })
  printersAre([ready])
  closePage()
  await openPage(lot, '/day')
  expect(all(test('day-receipts'))).toHaveLength(0)
})

it('stands beside its lane, in the dots, and is called while a receipt waits', async () => {
  const printer = {
    id: 'exit-desk',
    device: {
      state: 'down',
      heardMsAgo: 800,
      link: 'tcp://h:9100',
      detail: '',
      reason: 'paperOut',
    },
    code: 'RECEIPT-04',
    isNearEnd: false,
    waiting: 1,
    sinceIso: isoAt('10:16:00'),
  } as const
  const withPrinter = (over: object): BoardView => ({
    ...boards.normal,
    lanes: [entryLane(), lane({ printers: [{ ...printer, ...over }] })],
  })
  lot.board = withPrinter({})
  await openPage(lot, '/lane')
  expect(one(test('printer-note')).innerText).toContain(faultWhat('RECEIPT-04'))
  expect(one(test('printer-note')).innerText).toContain('1 张收据没有印出')
  expect(one(test('printer-dot')).innerText).toMatch(/打印机.*▲.*不能工作 · 缺纸/s)
  expect(one(test('attention-printer')).innerText).toMatch(
    /1 张收据没有印出，打印机 exit-desk：缺纸/,
  )
  expect(one(test('printer-note')).innerText).not.toContain('钱箱')
  await showBoard(lot, withPrinter({ code: 'RECEIPT-07', isDrawerShut: true }))
  expect(one(test('printer-note')).innerText).toContain('打印机没有应答 · 收现金时钱箱不会自己打开')
  await showBoard(
    lot,
    withPrinter({ code: null, waiting: 0, device: { ...printer.device, state: 'up' } }),
  )
  expect(all(test('printer-note'))).toHaveLength(0)
  expect(all(test('attention-printer'))).toHaveLength(0)
  expect(one(test('printer-dot')).innerText).toContain('●')
})

it.each([
  [{ ok: true, reason: null }, '✓ 是本场开出的收据'],
  [{ ok: true, reason: 'lost' }, '✓ 签名是本场的'],
  [{ ok: false, reason: 'forged' }, '✕ 签名不对'],
  [{ ok: false, reason: 'notInDay' }, '✕ 签名是本场的，但那天的账里没有这张'],
])('a code that somebody holds is judged: %j', async (verdict, text) => {
  const { stayId, plate, amountFen, leftAtIso } = receipt
  const says = { stayId, plate, amountFen, leftAtIso }
  lot.answers('receipt.check', { ...verdict, says })
  await openPage(lot, '/day')
  const field = one('[name="receiptText"]') as HTMLInputElement
  field.value = ' ETC1CODE '
  field.dispatchEvent(new Event('input'))
  await settle()
  await press('check-receipt')
  expect(called('receipt.check')).toMatchObject([{ args: { text: 'ETC1CODE' } }])
  expect(one(test('checked')).innerText).toContain(text)
  expect(one(test('checked')).innerText).toContain('12.00')
  expect(one(test('checked')).innerText).toContain('测A·12345')
  field.value = 'ETC1OTHER'
  field.dispatchEvent(new Event('input'))
  await settle()
  expect(all(test('checked')), 'the verdict of another text').toHaveLength(0)
})

it('a checked receipt takes the word of its driver, and one that is not ours takes none', async () => {
  const { stayId, plate, amountFen, leftAtIso } = receipt
  const says = { stayId, plate, amountFen, leftAtIso }
  const check = async (verdict: object): Promise<void> => {
    lot.answers('receipt.check', { ...verdict, says })
    closePage()
    await openPage(lot, '/day')
    await type('[name="receiptText"]', ' ETC1CODE ')
    await press('check-receipt')
  }
  await check({ ok: false, reason: 'otherKey' })
  expect(all(test('open-feedback'))).toHaveLength(0)
  await check({ ok: true, reason: null })
  await press('open-feedback')
  await type('[name="by"]', '李四')
  await submit()
  expect(called('feedback.open'), 'nothing is said yet').toEqual([])
  one('input[value="amount"]').click()
  await type('[name="text"]', '多收了')
  await type('[name="contact"]', '13800000000')
  await submit()
  const args = { receipt: 'ETC1CODE', kind: 'amount', text: '多收了', contact: '13800000000' }
  expect(called('feedback.open')).toMatchObject([{ args: { ...args, by: '李四' } }])
})
