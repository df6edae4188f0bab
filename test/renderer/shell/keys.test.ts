// The keys listed in ui.md (section 4, "Keys"), compared with the window's table, its palette and
// its help page; and the effect of each on its page.
import { beforeEach, expect, it, vi } from 'vitest'
import { commandOf, keyTable } from '#renderer/shell/keys.ts'
import { commandRows } from '#renderer/shell/commands.ts'
import { makeRouter } from '#renderer/shell/router.ts'
import { all, named, one, openPage, settle, submit, type, textOf, pass, sign } from '../kit/page.ts'
import { safetyStates } from '../pages/safety/safety-views-kit.ts'
import type { ScriptedLot } from '../kit/scripted-lot.ts'
import { closePage } from '../kit/opened-page.ts'
import { lotOnFakeTime } from '../kit/fake-time.ts'

/** As ui.md writes them; `own` keys are handled by their page, as another test shows. */
const named4 = [
  ['F1', 'help'],
  ['F2', 'correct plate / rename'],
  ['F4', 'find device'],
  ['F5', 'read / refresh'],
  ['F6', 'compare'],
  ['F8', 'open barrier with reason'],
  ['F9', 'other payment'],
  ['Ctrl+T', 'start or stop test'],
  ['Ctrl+Enter', 'write after diff'],
  ['Ctrl+K', 'commands and settings'],
  ['Ctrl+S', 'save'],
  ['Ctrl+O', 'open'],
  ['Ctrl+Z', 'undo'],
  ['Ctrl+Y', 'redo'],
  ['Ctrl+D', 'diff'],
  ['Ctrl+Shift+B', 'backup'],
  ['Ctrl+L', 'log'],
] as const
/** Keys of other pages (a survey's points), and of the layers over every page. */
const elsewhere = ['Space', 'Backspace', 'Esc'] as const
/** Keys that open the palette, which does not list itself. */
const notListed = ['Ctrl+K']

let lot: ScriptedLot

beforeEach(() => void (lot = lotOnFakeTime()))

function eventOf(keys: string): KeyboardEvent {
  const parts = keys.split('+')
  const last = parts.at(-1) ?? ''
  const shiftKey = parts.includes('Shift')
  const key = last.length > 1 ? last : shiftKey ? last : last.toLowerCase()
  const ctrlKey = parts.includes('Ctrl')
  return new KeyboardEvent('keydown', { key, ctrlKey, shiftKey, cancelable: true, bubbles: true })
}
async function press(keys: string, on: EventTarget = window): Promise<KeyboardEvent> {
  const event = eventOf(keys)
  on.dispatchEvent(event)
  await settle()
  return event
}
const open = async (path: string): Promise<void> => {
  await openPage(lot, path)
}
async function typed(setting: string, value: string): Promise<void> {
  await type(`input[name="${setting}"]`, value)
  await pass(200)
}
const fieldOf = (setting: string): HTMLInputElement =>
  one(`input[name="${setting}"]`) as HTMLInputElement

it('has every key of ui.md, no other, each under its own command', () => {
  expect(Object.keys(keyTable).sort()).toEqual(named4.map(([keys]) => keys).sort())
  expect(new Set(Object.values(keyTable)).size).toBe(named4.length)
  for (const [keys] of named4) expect(commandOf(eventOf(keys)), keys).toBe(keyTable[keys])
  for (const keys of elsewhere) expect(commandOf(eventOf(keys)), keys).toBeNull()
  for (const keys of ['Shift+F8', 'Ctrl+F5', 'Shift+D', 'Ctrl+Shift+Z', 'D', 'Ctrl+B'])
    expect(commandOf(eventOf(keys)), keys).toBeNull()
})

it('every one is in the palette and on the help page, in words', async () => {
  await open('/devices/settings')
  const rows = commandRows(makeRouter())
  for (const [keys] of named4)
    if (!notListed.includes(keys))
      expect(
        rows.map((row) => row.keys),
        keys,
      ).toContain(keys)
  await press('F1')
  const shown = all('.keys kbd').map((key) => key.innerText)
  for (const keys of [...named4.map(([key]) => key), 'Space', 'Esc', 'Tab'])
    expect(shown, keys).toContain(keys)
  for (const word of all('.keys dd')) expect(word.innerText).toMatch(/[\u4e00-\u9fff]/)
})

it('F6 brings what is compared into sight, and into the hand', async () => {
  await open('/devices/settings')
  const event = await press('F6')
  expect(event.defaultPrevented).toBe(true)
  expect(document.activeElement?.getAttribute('name')).toBe('compare-before')
})

it('F6 without a backup goes to the sentence that says so', async () => {
  lot.backups = []
  await open('/devices/settings')
  await press('F6')
  expect(document.activeElement).toBe(one(named('backups')))
  expect(textOf('backups')).toContain('还没有备份')
})

it('Ctrl+D shows what would be written, with the verdict of each row, and writes nothing', async () => {
  await open('/devices/settings')
  await typed('powerStep', '99')
  await typed('heightCm', '255')
  await press('Ctrl+D')
  const text = textOf('diff')
  for (const word of ['8 档', '99 档', '不允许', '高于最大值', '255 厘米', '只作记录'])
    expect(text).toContain(word)
  expect(lot.sent('device.apply')).toEqual([])
})

it('Ctrl+D with nothing typed says that nothing would change', async () => {
  await open('/devices/settings')
  await press('Ctrl+D')
  expect(textOf('diff-none')).toContain('没有改动')
})

it('Ctrl+Z and Ctrl+Y undo and redo what was typed, step by step, also from within a field', async () => {
  await open('/devices/settings')
  await typed('powerStep', '12')
  await typed('heightCm', '255')
  expect((await press('Ctrl+Z', fieldOf('heightCm'))).defaultPrevented).toBe(true)
  expect([fieldOf('powerStep').value, fieldOf('heightCm').value]).toEqual(['12', ''])
  await press('Ctrl+Z')
  expect(fieldOf('powerStep').value).toBe('')
  await press('Ctrl+Y')
  expect([fieldOf('powerStep').value, fieldOf('heightCm').value]).toEqual(['12', ''])
  await typed('powerStep', '14')
  expect((await press('Ctrl+Y')).defaultPrevented).toBe(false)
})

it('in a field of text, undo is that of the text', async () => {
  await open('/devices/settings')
  await typed('powerStep', '12')
  expect((await press('Ctrl+Z', one('input[name="search"]'))).defaultPrevented).toBe(false)
  expect(fieldOf('powerStep').value).toBe('12')
})

it('Ctrl+Shift+B makes a backup with name and reason', async () => {
  await open('/devices/settings')
  await press('Ctrl+Shift+B')
  await submit()
  expect(lot.sent('device.backUp')).toEqual([])
  await sign('装机员')
  expect(lot.sent('device.backUp')[0]?.args).toMatchObject({ laneId: 'exit', by: '装机员' })
})

it('a backup asks where a device of no lot stands; in a lot nobody is asked', async () => {
  await open('/devices/settings')
  await press('Ctrl+Shift+B')
  expect(document.querySelector('[data-test="place"]')).toBeNull()
  closePage()
  lot.device = { ...lot.device, place: null }
  await open('/devices/settings')
  await press('Ctrl+Shift+B')
  await type('input[name="place-site"]', ' 东门停车场 ')
  await sign('装机员')
  expect(lot.sent('device.backUp')[0]?.args).toMatchObject({
    place: { site: '东门停车场', lane: '' },
  })
})

it('under a dialog the keys of the page do nothing', async () => {
  await open('/devices/settings')
  await press('Ctrl+D')
  const event = await press('F6')
  expect(event.defaultPrevented).toBe(false)
  expect(document.activeElement?.getAttribute('name')).not.toBe('compare-before')
})

it('Ctrl+T on the safety page begins the test that has the focus, else the first', async () => {
  await open('/devices/safety')
  const offers = safetyStates.normal.test.offers.filter(({ refused }) => refused === null)
  const second = offers[1]?.kind ?? ''
  await press('Ctrl+T')
  await sign('装机员')
  expect(lot.sent('test.begin')[0]?.args).toMatchObject({ kind: offers[0]?.kind })
  closePage()
  await open('/devices/safety')
  one(named(`test-${second}`)).focus()
  await press('Ctrl+T')
  await sign('装机员')
  expect(lot.sent('test.begin')[1]?.args).toMatchObject({ kind: second })
})

it('Ctrl+S saves on the frames page, Ctrl+O opens files on those of passports and profiles', async () => {
  await open('/devices/frames')
  await press('Ctrl+S')
  expect(lot.sent('device.saveFrames')[0]?.args).toMatchObject({ format: 'capture' })
  for (const [path, input] of [
    ['/passport', 'file'],
    ['/profiles', 'files'],
  ] as const) {
    closePage()
    await open(path)
    const clicked = vi.fn()
    one(named(input)).addEventListener('click', clicked)
    expect((await press('Ctrl+O')).defaultPrevented, path).toBe(true)
    expect(clicked, path).toHaveBeenCalledTimes(1)
  }
  closePage()
  await open('/ledger')
  expect((await press('Ctrl+S')).defaultPrevented).toBe(false)
})
