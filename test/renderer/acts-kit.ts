// A page of one lot, opened before each test and closed after it, with what its tests do over and over: press by name,
// sign an act with who and why, and look at the last call of a name.
import { afterEach, beforeEach } from 'vitest'
import type { App as VueApp } from 'vue'
import { eventually } from '../kit/eventually.ts'
import { choose, named, one, openPage, settle, submit, type } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

export const done = { ok: true, data: { ok: true, repeated: false } } as const

export const press = async (name: string): Promise<void> => {
  one(named(name)).click()
  await settle()
}

export const sign = async (): Promise<void> => {
  await type('[name="by"]', '店主')
  await choose('form.act input[type="radio"]')
  await submit()
  await settle()
}

/** A table is chosen in the page, which reads it and asks by `call` what it would change. */
export async function bringTable(lot: ScriptedLot, call: string, text: BlobPart): Promise<void> {
  const asked = (): number => lot.calls.filter(({ name }) => name === call).length
  const before = asked()
  const picker = one(named('file')) as HTMLInputElement
  const files = [new File([text], 'table.csv')]
  Object.defineProperty(picker, 'files', { value: files, configurable: true })
  picker.dispatchEvent(new Event('change'))
  await eventually(asked).toBeGreaterThan(before)
  await settle()
}

/** Answers the way to the lot of the test that runs. */
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

export const lastOf = (lot: ScriptedLot, name: string): unknown =>
  lot.calls.findLast((call) => call.name === name)?.args
