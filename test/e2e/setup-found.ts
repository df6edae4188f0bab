// Devices of a lane straight from the page that finds them: an antenna by its address and a camera by its answer are added
// to the exit, tested where they then stand, and the camera gets the address that was copied.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import {
  spawnLauncher,
  startSimProcess,
  type SimProcess,
} from '../../firmware-runtime/harness/lot/sim-process.ts'
import { eventually } from '../kit/eventually.ts'
import { program } from '../wire/kit/program.ts'
import { picture, randomPlate } from './demo-sims.ts'
import type { Studio } from './studio.ts'

type Shot = (name: string) => Promise<void>

/** One that is no camera of the lot: it tells a search of itself, from the address that those of the lot push from. */
export function cameraThatAnswers(): Promise<SimProcess> {
  const at = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const asked = [...at, '--variant', 'hikvision-pull', '--discovery', '0']
  return startSimProcess('camera-sim', asked, spawnLauncher(program))
}

/** From the form of devices to the search and back to it. `camera` answers a question put to it alone. */
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
  // No name of it says whose it is: a person does.
  const exit = network.locator('p', { has: named('add-to-exit') }).filter({ hasText: '海康' })
  await exit.getByRole('button').click()
  await exit.getByText('已加到').waitFor()
  await shot('found')
  await network.locator('[data-test="add-to-lot"] a[href$="/setup"]').click()
  await named('row-devices').click()
  // It was found out which one it is.
  expect(await page.locator('[name="exit-rsu"]').inputValue()).toBe(
    `${antenna}?variant=generic-bcc`,
  )
  expect(await page.locator('[name="exit-how"]').inputValue()).toBe('push:hikvision')
}

/** The address that is typed into the camera of a lane, by the button beside it. */
export async function copiedAddress({ app, page }: Studio, lane: string): Promise<string> {
  await app.evaluate(({ clipboard }) => clipboard.clear())
  const push = page.locator('[data-test="push"]').filter({ hasText: `/${lane}/` })
  await push.getByRole('button').click()
  return app.evaluate(({ clipboard }) => clipboard.readText())
}

/** The camera of the exit is looked at until it has pushed a picture. */
export async function cameraLooked(page: Page, camera: { readonly admin: string }): Promise<void> {
  await page.locator('[data-test="try-look-exit-camera"]').click()
  const end = page.locator('[data-test="end-exit-camera"]')
  await end.waitFor()
  // It may push before the test listens: then again.
  await eventually(async () => {
    await picture({ camera, barrier: camera }, randomPlate())
    return end.getAttribute('data-end')
  }).toBe('picture')
}
