// A document in the making: nothing is shown in its first second, then how long it has taken, what is done as far as that is known,
// and its cancel by button or Esc. What was cancelled is no fault, and the page is as before.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '#renderer/i18n/index.ts'
import { named, one, openPage, pressKey, settle, wordOf, textOf, click, hit } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

const data = { fileName: 'a.pdf', base64: btoa('%PDF'), simulated: true }
let lot: ScriptedLot
let end: () => void = () => undefined
const button = (name: string) => one(named(name)) as HTMLButtonElement
const found = (name: string) => document.querySelector<HTMLElement>(named(name))

/** The clock of the page and its timers go on together. */
async function pass(ms: number): Promise<void> {
  const now = performance.now()
  vi.mocked(performance.now).mockReturnValue(now + ms)
  await vi.advanceTimersByTimeAsync(ms)
  await settle()
}
async function begin(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  end = resolve
  lot.waits.set('papers.report', promise)
  await click(button('report-pdf'))
}

beforeEach(async () => {
  lot = new ScriptedLot()
  lot.answers('papers.report', data)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await openPage(lot, '/papers')
})
afterEach(() => {
  end()
})

it('shows nothing of what is there within a second', async () => {
  await begin()
  expect(button('report-pdf').disabled).toBe(true)
  await pass(900)
  expect(found('making')).toBeNull()
  end()
  await settle()
  await pass(5_000)
  expect(found('making')).toBeNull()
  expect(found('making-cancelled')).toBeNull()
  expect(textOf('made')).toContain('a.pdf')
  expect(lot.sent('document.state')).toEqual([])
})

it('shows a bar, the seconds and what is done, and no percent', async () => {
  await begin()
  lot.answers('document.state', { phase: 'reading' })
  // Between two whole seconds.
  await pass(1_300)
  expect(one(`${named('making')} [role="status"]`).innerText).toBe(wordOf('making.reading'))
  expect(textOf('making-seconds')).toBe('已用 1 秒')
  const bar = one(`${named('making')} progress`)
  expect(bar.hasAttribute('value')).toBe(false)
  expect(bar.getAttribute('aria-label')).toBe(wordOf('making.reading'))
  lot.answers('document.state', { phase: 'layingOut' })
  await pass(11_000)
  expect(one(`${named('making')} [role="status"]`).innerText).toBe(wordOf('making.layingOut'))
  expect(textOf('making-seconds')).toBe('已用 12 秒')
  expect(textOf('making')).not.toContain('%')
  expect(lot.sent('document.state')[0]?.args).toEqual({ of: 'papers.report' })
  i18n.global.locale.value = 'en'
  await settle()
  expect(textOf('making')).toMatch(/Laying out\s*12 s so far\s*Cancel Esc/)
})

it.each(['button', 'Esc'])('is cancelled by %s, and the page is as before', async (by) => {
  lot.refuses('papers.report', 'REPORT-05')
  await begin()
  await pass(2_000)
  if (by === 'Esc') expect(pressKey('Escape')).toBe(false)
  else button('making-cancel').click()
  await settle()
  expect(button('making-cancel').disabled).toBe(true)
  expect(one(`${named('making')} [role="status"]`).innerText).toBe(wordOf('making.stopping'))
  // Pressed again it asks nothing more.
  await hit('Escape')
  expect(lot.argsOf('document.stop')).toEqual([{ of: 'papers.report' }])
  end()
  await settle()
  expect(found('making')).toBeNull()
  const line = one(named('making-cancelled'))
  expect(line.innerText).toBe(wordOf('making.cancelled'))
  expect([line.className, line.getAttribute('role')]).toEqual(['quiet', 'status'])
  expect(document.body.innerText).not.toContain('REPORT-05')
  expect(button('report-pdf').disabled).toBe(false)
  expect(found('made')).toBeNull()
  // The next one begins as the first did.
  await begin()
  expect(found('making-cancelled')).toBeNull()
})

it('is not cancelled by the Esc of a dialog over it, nor in its first second', async () => {
  await begin()
  pressKey('Escape')
  await pass(1_000)
  await click(button('drill'))
  await hit('Escape')
  expect(lot.sent('document.stop')).toEqual([])
})

it('may be cancelled again where nothing was stopped', async () => {
  lot.answers('document.stop', { stopped: 0 })
  await begin()
  await pass(1_000)
  await click(button('making-cancel'))
  expect(button('making-cancel').disabled).toBe(false)
})

it('a fault is a fault', async () => {
  lot.refuses('papers.report', 'RULE-01')
  await begin()
  await pass(1_000)
  end()
  await settle()
  expect(document.body.innerText).toContain('RULE-01')
  expect(found('making-cancelled')).toBeNull()
})
