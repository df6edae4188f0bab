// A page of the window on a scripted lot: mounted in a test document, read and pressed.
// Used by the tests of screens; every test begins with a new page.
import { createPinia } from 'pinia'
import { vi } from 'vitest'
import { createApp, nextTick, type App as VueApp } from 'vue'
import { faults } from '#base/pure/faults/faults.ts'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import type { LaneClient } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { BoardView } from '#lane/calls/views.ts'
import App from '#renderer/shell/App.vue'
import { makeRouter } from '#renderer/shell/router.ts'
import { setLaneClient } from '#renderer/api/client.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { closePage, keepOpened } from './opened-page.ts'
import type { ScriptedLot } from './scripted-lot.ts'

export const clientOf = (own: ScriptedLot): LaneClient => ({
  async call(name, args) {
    const reply = (await own.call(name, args)) as ApiReply<never>
    await own.waits.get(name)
    return reply
  },
  subscribe: (stream, _since, take) => own.subscribe(stream, take as never),
})

export const all = (selector: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(selector),
]
export const one = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector)
  if (found === null)
    throw new Error(`nothing at ${selector}: ${document.body.innerText.slice(0, 400)}`)
  return found
}
export const named = (name: string): string => `[data-test="${name}"]`

/** A row of the catalogue as the window shows it now, with its placeholders filled. */
export const wordOf = (key: string, args: Readonly<Record<string, unknown>> = {}): string =>
  i18n.global.t(key, args)

/** A fault's text as the window shows it in Chinese. */
export const faultWhat = (code: keyof typeof faults): string => chineseMarks(faults[code].what.zh)

/** Waits for answers, renders and transitions of the test page. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    await Promise.resolve()
    await nextTick()
  }
  await new Promise((done) => requestAnimationFrame(done))
  await nextTick()
}

export async function click(element: HTMLElement | null | undefined): Promise<void> {
  element?.click()
  await settle()
}

/** Clicks what has the name. */
export const press = (name: string): Promise<void> => click(one(named(name)))

export const textOf = (name: string): string => one(named(name)).innerText

export async function type(selector: string, text: string): Promise<void> {
  const field = one(selector) as HTMLInputElement
  field.value = text
  field.dispatchEvent(new Event('input'))
  await settle()
}

/** Types like `type`, then leaves the field. */
export async function enter(selector: string, text: string): Promise<void> {
  await type(selector, text)
  one(selector).dispatchEvent(new Event('change'))
  await settle()
}

/** Types into the field of a form that has the name, then leaves it. */
export async function fill(name: string, text: string): Promise<void> {
  const selector = `[name="${name}"]`
  await type(selector, text)
  one(selector).dispatchEvent(new Event('change', { bubbles: true }))
  await settle()
}

export async function choose(selector: string, index = 0): Promise<void> {
  const radio = all(selector)[index] as HTMLInputElement
  radio.checked = true
  radio.dispatchEvent(new Event('change'))
  await settle()
}

/** Presses a key outside any field, given as people write it: `F8`, `Ctrl+Enter`; its effect may take a while. */
export function pressKey(keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const ctrlKey = parts.includes('Ctrl')
  return window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, cancelable: true }))
}

/** Presses a key like `pressKey`, and waits for its effect. */
export async function hit(keys: string): Promise<void> {
  pressKey(keys)
  await settle()
}

/** Takes a value of a list of choices. */
export async function pick(selector: string, value: string): Promise<void> {
  const field = one(selector) as HTMLSelectElement
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await settle()
}

/** Has the faked clock run on. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await settle()
}

/** Fills in who does an act, and which of its reasons. */
export async function sayWho(by: string, reason = 0): Promise<void> {
  await type('[name="by"]', by)
  await choose('[name="reason"]', reason)
}

/** Fills in who and why, and does the act. */
export async function sign(by: string, reason = 0): Promise<void> {
  await sayWho(by, reason)
  await submit()
}

/** Sends another board to the page. */
export async function showBoard(lot: ScriptedLot, board: BoardView): Promise<void> {
  lot.show(board)
  await settle()
}

/** Submits a form, that of the open dialog where none is named. */
export async function submit(form: HTMLElement | null = one('form.act')): Promise<void> {
  form?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

const ownNow = performance.now
/**
 * The page's clock stands still unless a test moves it, so that a displayed age is the one that the test set,
 * however slow the machine is.
 */
function holdClock(): void {
  if (performance.now === ownNow) vi.spyOn(performance, 'now').mockReturnValue(performance.now())
}

/** Mounts the window on a screen, until the test ends. */
export async function openPage(lot: ScriptedLot, path: string): Promise<VueApp> {
  closePage()
  holdClock()
  localStorage.clear()
  document.body.innerHTML = '<div id="app"></div>'
  i18n.global.locale.value = 'zh'
  setLaneClient(clientOf(lot))
  const router = makeRouter()
  const app = createApp(App).use(createPinia()).use(i18n).use(router)
  keepOpened(app)
  await router.push(path)
  app.mount('#app')
  await settle()
  return app
}

/** Drops files on what has the name, and waits until they are read. */
export async function dropOn(name: string, files: readonly File[]): Promise<void> {
  const event = new Event('drop', { cancelable: true })
  Object.assign(event, { dataTransfer: { files } })
  one(named(name)).dispatchEvent(event)
  for (let i = 0; i < 4; i++) await settle()
}

/** Types a whole value that the field takes at its end. */
export async function changeTo(name: string, value: string): Promise<void> {
  const field = one(`input[name="${name}"]`) as HTMLInputElement
  field.value = value
  field.dispatchEvent(new Event('change'))
  await settle()
}
