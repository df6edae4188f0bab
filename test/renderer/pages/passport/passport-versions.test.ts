// Versions on the passport page: what changed with both versions, what is unchanged, and what nobody can read.
import { beforeEach, expect, it } from 'vitest'
import { openPage, textOf } from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot
beforeEach(() => {
  lot = lotOnFakeTime()
})

it.each([
  ['version-rsu', ['软件 0201', '软件 0200', '装机员', '变了', '确认新版本']],
  ['version-camera', ['V1.0.0', '没有人确认过', '没有变']],
  ['version-barrier', ['还没有读到', '不知道有没有变']],
])('%s says %j', async (row, words) => {
  await openPage(lot, '/passport')
  for (const word of words) expect(textOf(row)).toContain(word)
  expect(textOf(row).includes('确认新版本')).toBe(row === 'version-rsu')
})
