// Part of the set-up walk: the window's process is killed, and the next one continues.
// Everything typed is in setup.json.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import { startStudio, type Studio } from './studio.ts'

/** The window's process is killed; the next window has every form as it was. */
export async function killedAndBack(before: Studio, data: string, rsu: string): Promise<Studio> {
  const draft = () => readFileSync(join(data, 'setup.json'), 'utf8')
  const form = (name: string) => before.page.locator(`[name="${name}"]`)
  await before.page.locator('[data-test="row-lot"]').click()
  await form('district').fill('东区')
  await before.page.keyboard.press('Tab')
  await eventually(draft).toContain('东区')
  const typed = draft()
  await before.kill()
  const studio = await startStudio({ dir: before.dir, args: ['--data', data] })
  const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
  const field = (name: string) => studio.page.locator(`[name="${name}"]`)
  await named('start-setup').click()
  await named('row-lot').waitFor()
  for (const row of ['lot', 'devices', 'tariff'])
    expect(await named(`row-${row}`).locator('.state').innerText(), row).toContain('已填')
  for (const row of ['charge', 'offline'])
    expect(await named(`row-${row}`).locator('.state').innerText(), row).toMatch(/已填|按建议/)
  await named('row-lot').click()
  expect(await field('district').inputValue()).toBe('东区')
  await named('row-devices').click()
  expect(await field('exit-rsu').inputValue()).toBe(rsu)
  expect(draft()).toBe(typed)
  return studio
}
