// The receipt of a stay in the window: shown as it stands on paper, printed, kept as a file; a printer that cannot
// print says why, and what was asked for and did not print is on the page of the records.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { App as VueApp } from 'vue'
import type { PrintersView } from '../../firmware-runtime/api/calls/receipt.ts'
import { i18n } from '../../renderer/i18n/index.ts'
import { all, named as test, one, openPage, settle } from './page.ts'
import { receipt } from './receipt-view.ts'
import { ScriptedLot } from './scripted-lot.ts'
import { timeline } from './timeline-view.ts'

let lot: ScriptedLot
let app: VueApp | null = null
const ready: PrintersView['printers'][number] = {
  id: 'exit-desk',
  lanes: ['exit'],
  prints: 'asked',
  trouble: null,
  code: null,
  isNearEnd: false,
}
const printersAre = (
  printers: PrintersView['printers'],
  waiting: PrintersView['waiting'] = [],
): unknown => lot.replies.set('receipt.printers', { ok: true, data: { printers, waiting } })
const called = (name: string) => lot.calls.filter((call) => call.name === name)

beforeEach(() => {
  lot = new ScriptedLot()
})
afterEach(() => app?.unmount())

/** The car of the timeline, which paid. */
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
  lot.replies.set('ledger.timeline', { ok: true, data: { ...timeline, rows } })
  app = await openPage(lot, `/ledger/${timeline.stayId}`)
  one(test('open-receipt')).click()
  await settle()
}

it('shows the lines of the paper and its code, in both languages the same', async () => {
  await openReceipt()
  const paper = one('.paper')
  for (const text of ['演示停车场', '测A·12345', '12.00 元'])
    expect(paper.innerText).toContain(text)
  expect(one('.paper svg').getAttribute('viewBox')).toMatch(/^0 0 \d+ \d+$/)
  expect(called('receipt.give')[0]?.args).toEqual({ stayId: timeline.stayId })
  expect(document.body.innerText).toContain('本车场没有配置收据打印机')
  expect(all(test('print'))).toHaveLength(0)
  i18n.global.locale.value = 'en'
  await settle()
  expect(one('.paper').innerText).toContain('停车收费收据')
})

it('prints on the printer of the lot and says so; the next one is a copy', async () => {
  printersAre([ready])
  lot.replies.set('receipt.print', { ok: true, data: { ...receipt, printer: 'exit-desk' } })
  await openReceipt()
  lot.replies.set('receipt.give', { ok: true, data: { ...receipt, isOnPaper: true } })
  one(test('print')).click()
  await settle()
  const args = { stayId: timeline.stayId, printer: 'exit-desk' }
  expect(called('receipt.print').map((call) => call.args)).toEqual([args])
  expect(one(test('receipt-done')).innerText).toContain('已在打印机 exit-desk 上印出')
  expect(document.body.innerText).toContain('再印会标为副本')
})

it('a printer without paper is said before and after it is tried', async () => {
  printersAre([{ ...ready, trouble: 'paperOut', code: 'RECEIPT-04' }])
  await openReceipt()
  expect(one(test('printer-trouble')).innerText).toContain('打印机缺纸')
  const error = { code: 'RECEIPT-04', message: '', means: '', todo: '', field: '', value: '' }
  lot.replies.set('receipt.print', { ok: false, error })
  one(test('print')).click()
  await settle()
  expect(one('.fault').innerText).toContain('装纸后再打印一次')
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
  lot.replies.set('receipt.pdf', { ok: true, data })
  one(test('save-pdf')).click()
  await settle()
  HTMLAnchorElement.prototype.click = click
  expect(names).toEqual(['receipt-20260302-0007.pdf'])
  expect(one(test('receipt-done')).innerText).toContain('receipt-20260302-0007.pdf')
})

it('a stay that paid nothing has no receipt to open', async () => {
  const rows = [...timeline.rows, { ...payment, amountFen: 0 }]
  lot.replies.set('ledger.timeline', { ok: true, data: { ...timeline, rows } })
  app = await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(all(test('open-receipt'))).toHaveLength(0)
})

it('what did not print stands on the page of the records, with the way to its stay', async () => {
  const sinceIso = '2026-03-02T10:16:00+08:00'
  const waits = { stayId: timeline.stayId, printer: 'exit-desk', sinceIso, code: 'RECEIPT-04' }
  printersAre([{ ...ready, trouble: 'paperOut', code: 'RECEIPT-04' }], [waits])
  app = await openPage(lot, '/ledger')
  const note = one(test('receipts-waiting'))
  expect(note.innerText).toContain('exit-desk 打印机缺纸')
  expect(note.innerText).toContain('1 张收据要了没有印出')
  one(`${test('receipts-waiting')} button`).click()
  await settle()
  expect(called('ledger.timeline')[0]?.args).toEqual({ stayId: timeline.stayId })
  printersAre([ready])
})
