// A scanner that types while no field has the focus (renderer/kit/scan-keys.ts): its code is used for the waiting car;
// slow typing, short texts, input in a field and the window's own keys are ignored.
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, type App as VueApp } from 'vue'
import { useLayers } from '#renderer/kit/state/layers-store.ts'
import { useScanKeys } from '#renderer/kit/scan-keys.ts'

const code = '134567890123456789'
let app: VueApp
let taken: (string | null)[]

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div><input id="field" /><button id="button">x</button>'
  const pinia = createPinia()
  setActivePinia(pinia)
  taken = []
  vi.spyOn(useLayers(), 'takeScan').mockImplementation((text) => void taken.push(text))
  const page = defineComponent({
    setup() {
      useScanKeys()
      return () => h('p')
    },
  })
  app = createApp(page).use(pinia)
  app.mount('#app')
})
afterEach(() => app.unmount())

interface Typed {
  readonly at?: string
  readonly eachMs?: number
  readonly init?: KeyboardEventInit
}

/** Presses keys one after another; true: the last one was consumed and did not reach the focused element. */
function typed(
  keys: readonly string[],
  { at = 'body', eachMs = 5, init = {} }: Typed = {},
): boolean {
  let isTaken = false
  keys.forEach((key, i) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
    Object.defineProperty(event, 'timeStamp', { value: 60_000 + i * eachMs })
    document.querySelector(at)?.dispatchEvent(event)
    isTaken = event.defaultPrevented
  })
  return isTaken
}
const scan = (text: string, how: Typed = {}): boolean => typed([...text, 'Enter'], how)

it('takes a code, and the button that has the focus is not pressed by its Enter', () => {
  expect(scan(code, { at: '#button' })).toBe(true)
  expect(taken).toEqual([code])
})

it('what is no code is said to be none, capitals and all', () => {
  typed(['Shift', 'H', 'Shift', 'T', ...'TPS://X.TEST/PAY', 'Enter'])
  expect(taken).toEqual([null])
})

it.each<[string, () => boolean]>([
  ['typed by a slow hand', () => scan(code, { eachMs: 501 })],
  ['too short to be scanned', () => scan('1345678')],
  ['typed into a field', () => scan(code, { at: '#field' })],
  ['keys of the window', () => scan(code, { init: { ctrlKey: true } })],
  ['Enter alone', () => typed(['Enter'])],
])('%s is none: the key is left alone', (_name, act) => {
  expect(act()).toBe(false)
  expect(taken).toEqual([])
})

it('a code is whole again after what a hand began and left', () => {
  typed(['x', 'y'], { eachMs: -1_000 })
  expect(scan(code)).toBe(true)
  expect(taken).toEqual([code])
})

it('while a dialog is open its own field takes codes, and a page that is gone takes none', () => {
  useLayers().dialog = 'settle'
  expect(scan(code)).toBe(false)
  useLayers().dialog = null
  app.unmount()
  expect(scan(code)).toBe(false)
  expect(taken).toEqual([])
  app = createApp(defineComponent({ render: () => h('p') }))
  app.mount('#app')
})
