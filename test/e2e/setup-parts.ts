// Parts of the set-up walk: devices beside the lanes are typed and tested, and a running lot shows what its
// lanes ran on and makes its handover document. The test owns the page.
import { X509Certificate } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { SimProcess } from '#harness/lot/sim-process.ts'
import { eventually } from '../kit/eventually.ts'
import { runProgram } from '../wire/kit/program.ts'
import { goTo, setLooks, type Studio } from './studio.ts'
import { letIn } from './setup-onboarding.ts'

type Shot = (name: string) => Promise<void>

/** The menu goes back to the start page. */
export const toStartPage = (studio: Studio) =>
  studio.app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('start-page')?.click()
  })

/** Changes a file with an editor, so that no person of the lot is recorded for it. */
export function editedByHand(file: string): void {
  const lot = JSON.parse(readFileSync(file, 'utf8')) as { plateMatch: object }
  writeFileSync(file, JSON.stringify({ ...lot, plateMatch: { scoreMin: 95 } }))
}

/** A channel file is refused by its field, then reviewed and applied. */
export async function channelFile(page: Page, shot: Shot, file: string, url: string) {
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  const field = (name: string) => page.locator(`[name="${name}"]`)
  const own = { format: 'etc-channel', version: 1, appId: 'GX_1', url, lotId: 'A0001' }
  writeFileSync(file, JSON.stringify(own))
  await field('channelFile').fill(file)
  await named('look-channel').click()
  await named('channel').getByText('SETUP-07').waitFor()
  writeFileSync(file, JSON.stringify({ ...own, appId: 'GX00099' }))
  await named('look-channel').click()
  await named('changes').getByText('GX00099').waitFor()
  await shot('channel')
  await named('take-channel').click()
  await eventually(() => field('appId').inputValue()).toBe('GX00099')
}

/**
 * The lot's own certificate: requested, issued by the platform from its file, installed; the former one is withdrawn.
 */
async function ownCertificate(page: Page, shot: Shot, platform: SimProcess, stick: string) {
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  const field = (name: string) => page.locator(`[name="${name}"]`)
  const { baseUrl, caFile = '', certDir = '', appId } = platform.endpoints
  const former = new X509Certificate(readFileSync(join(certDir, 'client.pem'))).serialNumber
  await named('row-charge').click()
  await named('request').click()
  await field('requestTo').fill(stick)
  await named('save-request').click()
  await named('joining').getByText('已存为').waitFor()
  await named('joining-state').scrollIntoViewIfNeeded()
  await shot('joining')
  await field('importFrom').fill(stick)
  await named('import').click()
  await named('joining').getByText('CERT-05').waitFor()
  const request = readFileSync(join(stick, 'A0001.csr.pem'), 'utf8')
  const { certificate } = await platform.admin<{ certificate: string }>('POST', '/clients', {
    request,
  })
  writeFileSync(join(stick, 'A0001.cer'), certificate)
  copyFileSync(join(certDir, 'platform.pem'), join(stick, 'platform.pem'))
  copyFileSync(caFile, join(stick, 'ca.pem'))
  const channel = { format: 'etc-channel', version: 1, appId, url: baseUrl, lotId: 'A0001' }
  writeFileSync(join(stick, 'channel.json'), JSON.stringify(channel))
  await named('import').click()
  await named('joining').getByText('证书已就位').waitFor()
  await eventually(() => field('certDir').inputValue()).toMatch(/new-lot.keys.platform$/)
  for (const name of ['client', 'key', 'platform', 'ca'])
    await named(`file-${name}`).getByText('可用').waitFor()
  await shot('joined')
  // Payments must use the new certificate from here on.
  await platform.admin('DELETE', `/clients/${former}`)
}

/** Applied, reviewed, every interface tried; then a certificate of its own. */
export async function connected(page: Page, shot: Shot, platform: SimProcess, stick: string) {
  await letIn(page, shot, platform, stick)
  await ownCertificate(page, shot, platform, stick)
}

export async function besideTheLanes(page: Page, shot: Shot): Promise<void> {
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  const field = (name: string) => page.locator(`[name="${name}"]`)
  const type = async (name: string, text: string): Promise<void> => {
    await field(name).fill(text)
    await page.keyboard.press('Tab')
  }
  await named('row-charge').click()
  for (const part of ['gateway', 'printers', 'scanners', 'rules'])
    await named(`part-${part}`).locator('summary').click()
  await field('gateway-has').check()
  await type('gateway-url', 'https://127.0.0.1:9')
  await type('gateway-merchantNo', 'M1')
  await type('gatewayKey', `k1:${'a'.repeat(64)}`)
  await named('keep-gateway-key').click()
  await named('gateway-key').getByText('已封存').waitFor()
  await named('try-look-gateway-gateway').click()
  await named('end-gateway-gateway').getByText('没有给出可信的回答').waitFor()
  await named('add-printer').click()
  await named('row-charge').getByText('打印机地址').waitFor()
  await type('printer-link', 'tcp://127.0.0.1:9100')
  await named('add-scanner').click()
  await type('scanner-link', 'tcp://127.0.0.1:4001')
  await type('plateMatch.scoreMin', '90')
  await named('row-charge')
    .getByText(/已填|已通过/)
    .first()
    .waitFor()
  await named('part-gateway').scrollIntoViewIfNeeded()
  await shot('beside-gateway')
  await named('part-printers').scrollIntoViewIfNeeded()
  await shot('beside-printers')
  await named('part-scanners').scrollIntoViewIfNeeded()
  await shot('beside-scanners')
  await field('gateway-has').uncheck()
  await named('remove-scanner').click()
}

interface Places {
  readonly data: string
  readonly dir: string
  readonly shot: Shot
}

interface AtWork {
  readonly shot: Shot
  /** Puts a car on the entry's loop, or takes it away. */
  arrives(on: boolean): Promise<unknown>
  spaces(): unknown
  /** Confirms with the user's own secret, as later prices change. */
  confirms(): Promise<void>
}

/** The forms on a running lot: a change waits for the car in a lane, takes effect when it has left, and is undone. */
export async function changedAtWork(studio: Studio, { shot, arrives, spaces, confirms }: AtWork) {
  const { page } = studio
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  await goTo(page, 'lot')
  await named('in-force').getByText('车道按这些设置运行').waitFor()
  await named('row-lot').click()
  await arrives(true)
  await page.locator('[name="ordinary"]').fill('70')
  await page.keyboard.press('Tab')
  await named('row-lot').getByText('70 个车位').waitFor()
  await shot('settings-typed')
  await named('next').click()
  await named('changes').getByText('车位数').waitFor()
  await named('write').click()
  await confirms()
  await named('in-force')
    .getByText(/等 入口.*的车离开/)
    .waitFor()
  expect(spaces()).toBe(60)
  await shot('settings-waiting')
  await arrives(false)
  await named('in-force').getByText('从 20').waitFor()
  expect(spaces()).toBe(70)
  await shot('settings-in-force')
  await named('revert').click()
  await confirms()
  await eventually(spaces).toBe(60)
  await named('in-force').getByText('从 20').waitFor()
  await setLooks(page, { language: 'en', theme: 'dark' })
  await goTo(page, 'lot')
  await named('in-force').getByText('since 20').waitFor()
  await shot('settings-dark-en')
  await setLooks(page, { language: 'zh', theme: 'light' })
}

export async function ranOnThen(studio: Studio, { data, dir, shot }: Places): Promise<void> {
  const { page } = studio
  const named = (name: string) => page.locator(`[data-test="${name}"]`)
  await goTo(page, 'belief')
  await named('version').getByText('直接改了文件 lot.json').waitFor()
  await named('belief').getByText('和现在一样').waitFor()
  await page.locator('.versions summary').click()
  await page.locator('.versions button').last().click()
  await named('otherwise').getByText('直接改了文件 lot.json').waitFor()
  expect(await named('otherwise').innerText()).toMatch(/自动纠正车牌的最低分\s+90 分\s+95 分/)
  await shot('belief')
  await goTo(page, 'system')
  const file = join(dir, 'running.pdf')
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
  }, file)
  await named('handover').click()
  await eventually(() => existsSync(file) && readFileSync(file).length).toBeGreaterThan(10_000)
  await shot('handover-running')
  const byCommand = join(dir, 'command.pdf')
  const ran = await runProgram('lot', 'handover', '--data', data, '--out', byCommand)
  expect(ran).toMatchObject({ code: 0 })
  expect(readFileSync(byCommand).length).toBeGreaterThan(10_000)
  for (const [language, theme] of [
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const) {
    await setLooks(page, { language, theme })
    await goTo(page, 'belief')
    await named('belief').waitFor()
    await shot(`belief-${language}-${theme}`)
  }
}
