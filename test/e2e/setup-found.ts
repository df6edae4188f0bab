// Adds devices to a lane from the page that finds them: an antenna by its address and a camera by its answer are added
// to the exit and tested there, and the camera gets the copied address.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { eventually } from '../kit/eventually.ts'
import { program } from '../wire/kit/program.ts'
import { picture, randomPlate } from './demo-sims.ts'
import type { Studio } from './studio.ts'

type Shot = (name: string) => Promise<void>

/**
 * A device that answers a search like a camera but is not of the lot, at the address from which the lot's cameras push.
 */
export function cameraThatAnswers(): Promise<SimProcess> {
  const at = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const asked = [...at, '--variant', 'hikvision-pull', '--discovery', '0']
  return startSimProcess('camera-sim', asked, spawnLauncher(program))
}

/** From the devices form to the search and back. `camera` answers a search sent to it alone. */
export async function foundForTheExit(
  page: Page,
  shot: Shot,
  antenna: string,
  camera: SimProcess,
): Promise<void> {
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  const network = named('network')
  await named('form-devices').locator('a[href$="/devices/find"]').click()
  await page.locator('[name="link"]').fill(antenna)
  await page.keyboard.press('Enter')
  await named('report').waitFor()
  await named('add-to-exit').click()
  await named('add-to-lot').getByText('已加到').waitFor()
  const { discovery = '' } = camera.endpoints as { discovery?: string }
  await page.locator('[name="camera-at"]').fill(discovery)
  await page.keyboard.press('Enter')
  await named('cameras-to-lot').click()
  // The camera has no name that tells its lane, so a person chooses the exit.
  const exit = network.locator('p', { has: named('add-to-exit') }).filter({ hasText: '海康' })
  await exit.getByRole('button').click()
  await exit.getByText('已加到').waitFor()
  await shot('found')
  await network.locator('[data-test="add-to-lot"] a[href$="/setup"]').click()
  await named('row-devices').click()
  // The search has found out the variant.
  expect(await page.locator('[name="exit-rsu"]').inputValue()).toBe(
    `${antenna}?variant=generic-bcc`,
  )
  expect(await page.locator('[name="exit-how"]').inputValue()).toBe('push:hikvision')
}

/** The address to type into a lane's camera, copied by the button beside it. */
export async function copiedAddress({ app, page }: Studio, lane: string): Promise<string> {
  await app.evaluate(({ clipboard }) => clipboard.clear())
  const push = page.locator('[data-test="push"]').filter({ hasText: `/${lane}/` })
  await push.getByRole('button').click()
  return app.evaluate(({ clipboard }) => clipboard.readText())
}

/** Tests the exit's camera until it has pushed a picture. */
export async function cameraLooked(page: Page, camera: { readonly admin: string }): Promise<void> {
  await page.locator('[data-test="try-look-exit-camera"]').click()
  const end = page.locator('[data-test="end-exit-camera"]')
  await end.waitFor()
  // It may push before the test listens, so it pushes again.
  await eventually(async () => {
    await picture({ camera, barrier: camera }, randomPlate())
    return end.getAttribute('data-end')
  }).toBe('picture')
}
