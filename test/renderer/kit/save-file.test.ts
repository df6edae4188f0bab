// A file is said to be saved when the system's dialog was answered and the file is written, on each page that saves one: not
// before, not where the person cancels, and not where it cannot be written.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SaveEnd } from '#runtime/api/saves.ts'
import { all, named as test, openPage, settle, press } from './page.ts'
import { receipt } from '../components/receipt-view.ts'
import { ScriptedLot } from './scripted-lot.ts'
import { timeline } from '../pages/timeline/timeline-view.ts'

let lot: ScriptedLot
let answer: (end: SaveEnd) => void
const click = HTMLAnchorElement.prototype.click
/** What the window asked before the download began. */
let asked: string[]

beforeEach(() => {
  lot = new ScriptedLot()
  asked = []
  const ended = (url: string) => {
    asked.push(url)
    return new Promise<SaveEnd>((done) => (answer = done))
  }
  Object.assign(window, { saves: { ended } })
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    expect(asked).toContain(this.href)
  }
})
afterEach(() => {
  HTMLAnchorElement.prototype.click = click
  Reflect.deleteProperty(window, 'saves')
})

const payment = { ...timeline.rows[0], kind: 'payment', amountFen: 1200, body: { means: 'etc' } }
const pages = {
  receipt: {
    async opens() {
      const rows = [...timeline.rows, payment]
      lot.answers('ledger.timeline', { ...timeline, rows })
      lot.answers('receipt.pdf', { ...receipt, fileName: 'receipt.pdf', pdfBase64: 'eA==' })
      await openPage(lot, `/ledger/${timeline.stayId}`)
      await press('open-receipt')
      await press('save-pdf')
    },
    said: 'receipt-done',
  },
  report: {
    async opens() {
      await openPage(lot, '/reports')
      await settle()
      await press('save-pdf')
    },
    said: 'saved',
  },
  'records as a table': {
    async opens() {
      await openPage(lot, '/ledger')
      await settle()
      await press('save-csv')
    },
    said: 'saved',
  },
} as const

describe.each(Object.entries(pages))('%s', (name, { opens, said }) => {
  it.each([
    ['saved', 1],
    ['cancelled', 0],
    ['failed', 0],
  ] as const)('a dialog that ends as %s', async (end, count) => {
    await opens()
    expect(all(test(said))).toHaveLength(0)
    const told = () => lot.sent('receipt.saved')
    expect(told()).toEqual([])
    answer(end)
    await settle()
    expect(all(test(said))).toHaveLength(count)
    if (name === 'receipt')
      expect(told()).toMatchObject([{ args: { stayId: timeline.stayId, isSaved: count === 1 } }])
  })
})

it('no other file of the window saves one by itself', () => {
  const root = join(import.meta.dirname, '../../../renderer')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:ts|vue)$/.test(file),
  )
  const makers = files.filter((file) =>
    /\.download\s*=/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(makers.map((file) => file.replaceAll('\\', '/'))).toEqual(['kit/save-file.ts'])
})
