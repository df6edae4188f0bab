// A page of one lot, opened before each test and closed after it, with the steps that its tests repeat: press by name,
// confirm an act with who and why, and read the last call of a name.
import { afterEach, beforeEach } from 'vitest'
import type { App as VueApp } from 'vue'
import { eventually } from '../../kit/eventually.ts'
import { choose, named, one, openPage, settle, submit, type } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

export const done = { ok: true, data: { ok: true, repeated: false } } as const

export const sign = async (): Promise<void> => {
  await type('[name="by"]', '店主')
  await choose('form.act input[type="radio"]')
  await submit()
  await settle()
}

/** Chooses a table file in the page, which reads it and calls `call` for the difference. */
export async function bringTable(lot: ScriptedLot, call: string, text: BlobPart): Promise<void> {
  const asked = (): number => lot.sent(call).length
  const before = asked()
  const picker = one(named('file')) as HTMLInputElement
  const files = [new File([text], 'table.csv')]
  Object.defineProperty(picker, 'files', { value: files, configurable: true })
  picker.dispatchEvent(new Event('change'))
  await eventually(asked).toBeGreaterThan(before)
  await settle()
}

/** Returns a function that gives the lot of the running test. */
export function eachOn(path: string): () => ScriptedLot {
  let lot: ScriptedLot
  let app: VueApp
  beforeEach(async () => {
    lot = new ScriptedLot()
    app = await openPage(lot, path)
  })
  afterEach(() => app.unmount())
  return () => lot
}

export const lastOf = (lot: ScriptedLot, name: string): unknown => lot.sent(name).at(-1)?.args
