// Part of the set-up walk: onboarding by the platform. Application, review, test keys and joint test through the
// forms of the window, with the platform in its own process.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { SimProcess } from '#harness/lot/sim-process.ts'

interface Given {
  readonly review: unknown
  readonly files: Readonly<Record<string, string>>
}

/** Begins and ends with the charging form open. */
export async function letIn(
  page: Page,
  shot: (name: string) => Promise<void>,
  platform: SimProcess,
  stick: string,
): Promise<void> {
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  const field = (name: string) => page.locator(`[name="${name}"]`)
  await named('row-lot').click()
  for (const [name, text] of [
    ['district', '东区'],
    ['qualification', '桂停-001'],
  ] as const) {
    await field(name).fill(text)
    await page.keyboard.press('Tab')
  }
  await named('row-charge').click()
  await named('part-onboarding').locator('summary').click()
  await field('contact').fill('王师傅 13800000000')
  await field('applyTo').fill(stick)
  await named('apply').click()
  await named('step-review').getByText('等平台').waitFor()
  const file = join(stick, 'A0001.test-1.application.json')
  const application: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const { id } = await platform.admin<{ id: string }>('POST', '/applications', application)
  for (const by of ['李工', '周工'])
    await platform.admin('POST', '/reviews', { id, verdict: 'pass', by, reason: '' })
  const { review, files } = await platform.admin<Given>('GET', `/applications/${id}`)
  const given = join(stick, 'given')
  mkdirSync(given)
  for (const [name, text] of Object.entries({ ...files, 'review.json': JSON.stringify(review) }))
    writeFileSync(join(given, name), text)
  await field('importFrom').fill(given)
  await named('import').click()
  await named('step-keys').getByText('完成').waitFor()
  const refunds = { at: 'POST /v1/etc/refunds', when: 'before', do: 'status', status: 503 }
  await platform.admin('POST', '/faults', { ...refunds, times: 99 })
  await named('debug').click()
  await named('interface-refund').getByText('不通过').waitFor()
  await named('debug').waitFor()
  await named('part-onboarding').scrollIntoViewIfNeeded()
  await shot('joint-test-failed')
  await platform.admin('DELETE', '/faults')
  await named('debug').click()
  await named('step-release').getByText('完成').waitFor()
  expect(await named('step-release').innerText()).toMatch(/[0-9A-Z]{32}/)
  // No step is left.
  expect(await named('debug').count()).toBe(0)
  await named('part-onboarding').scrollIntoViewIfNeeded()
  await shot('joint-test')
  await field('importFrom').fill('')
}
