// The page of surveys with one of them open.
import { one, openPage, press, settle } from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'

export async function openSurvey(lot: ScriptedLot): Promise<void> {
  await openPage(lot, '/survey')
  await press('open')
}

export async function keyAt(field: string, key: string): Promise<void> {
  one(field).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await settle()
}
