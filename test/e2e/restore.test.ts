// A lost computer: on a new one, the start page sends its unsent records, restores the car park from its copies with
// the recovery key, says what is lost, and opens it. A key of another car park is refused, and nothing is made.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { backupCommand } from '#runtime/commands/backup.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { queueCommand } from '#runtime/commands/queue.ts'
import { BackupLot, said } from '../wire/kit/backup-lot.ts'
import { cleanUp, Program, runToEnd } from '../wire/kit/live-program.ts'
import { hasSshServer, SshServer } from '../wire/kit/ssh-server.ts'
import { startPlatform, TransferLot } from '../wire/kit/transfer-lot.ts'
import { removeFolder, shotsDir, startStudio, tempFolder, type Studio } from './studio.ts'
import { Hands, sumOf } from './walk-model.ts'

/** From the new machine on the desk to running lanes, without unpacking and installing. */
const minutesMax = 5
const dir = tempFolder()
const fresh = join(dir, 'new-lot')
const old = { root: dir, dir: join(dir, 'old-lot') }
const place = join(dir, 'place')
const other = new BackupLot('GX00078')
let studio: Studio
let keys: Readonly<Record<'own' | 'foreign', string>>

const keyOf = async (one: { readonly root: string; readonly dir: string }): Promise<string> => {
  const args = ['key', '--data', one.dir, '--to', join(one.root, 'stick'), '--by', '店主']
  const made = (await said(backupCommand, [...args, '--reason', '开通'])) as { files: string[] }
  return made.files[0] ?? ''
}
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
/** The paths that the person chooses in the system's dialogs. */
const chooses = (file: string): Promise<void> =>
  studio.app.evaluate(
    ({ dialog }, [folder, key]) => {
      dialog.showOpenDialog = (...given: unknown[]) => {
        const isFolder = JSON.stringify(given).includes('openDirectory')
        return Promise.resolve({ canceled: false, filePaths: [isFolder ? folder : key] })
      }
    },
    [place, file] as [string, string],
  )
const shot = (name: string) => studio.page.screenshot({ path: join(shotsDir, `${name}.png`) })

/** The old computer works: each start and end is in its ledger. */
async function aDay(): Promise<void> {
  const run = new Program(['run', '--data', old.dir])
  await run.ready()
  expect(await run.stop()).toBe(0)
}

beforeAll(async () => {
  for (const one of [place, shotsDir]) mkdirSync(one, { recursive: true })
  const init = ['lot', 'init', '--data', old.dir, '--mode', 'demo', '--charge', 'card']
  expect((await runToEnd(init)).code).toBe(0)
  await aDay()
  keys = { own: await keyOf(old), foreign: await keyOf(other) }
  await said(backupCommand, ['now', '--data', old.dir, '--to', place])
  await aDay()
  studio = await startStudio({ dir, args: ['--data', fresh] })
  await named('start-restore').waitFor()
})
afterAll(async () => {
  other.remove()
  await cleanUp()
  removeFolder(dir)
})

it('sends the waiting records of another computer, stops by Escape and goes on', async () => {
  const lot = new TransferLot(await startPlatform())
  lot.adds(5)
  const key = await keyOf(lot)
  const to = ['export', '--data', lot.dir, '--to', lot.stick, '--recipient', 'recovery']
  expect(await said(queueCommand, to)).toMatchObject({ records: 5 })
  await named('start-carry').click()
  const field = (name: string) => studio.page.locator(`[name="${name}"]`)
  await field('carryFrom').fill(lot.stick)
  await field('keyFile').fill(keys.foreign)
  await studio.page.keyboard.press('Enter')
  await studio.page.locator('[role="alert"]').getByText('TRANSFER-02').waitFor()
  await shot('carry-refused')
  expect(await lot.books()).toEqual([])
  await field('keyFile').fill(key)
  // After the first record the platform is silent, so that there is something to stop even on a slow machine.
  const silent = { at: 'POST /v1/etc/exit-charges', when: 'before', do: 'drop', skip: 1, times: 0 }
  await lot.admin('POST', '/faults', silent)
  await studio.page.keyboard.press('Enter')
  await named('carrying')
    .getByText(/已处理 [1-4] 条/)
    .waitFor()
  await shot('carrying-zh')
  await studio.page.keyboard.press('Escape')
  const carried = named('carried')
  await carried.getByText('还没有结果').waitFor()
  const sent = await lot.books()
  expect(sent.length).toBeLessThan(5)
  await shot('carry-stopped-zh')
  await lot.admin('DELETE', '/faults')
  await named('carry-run').click()
  await carried.getByText('5 条记录都有了平台的应答').waitFor()
  expect(await lot.books()).toHaveLength(5)
  // The folder of the lost computer is used as it is; nothing in it changes.
  await field('carryFrom').fill(lot.dir)
  await named('carry-run').click()
  await studio.page.getByText(join('home', 'config')).first().waitFor()
  await carried.getByText('5 条记录都有了平台的应答').waitFor()
  expect(lot.unsent()).toBe(5)
  await studio.page.getByRole('button', { name: 'English' }).click()
  await studio.page.emulateMedia({ colorScheme: 'dark' })
  await shot('carried-en-dark')
  await studio.page.emulateMedia({ colorScheme: 'light' })
  await studio.page.getByRole('button', { name: '中文' }).click()
  await studio.page.keyboard.press('Escape')
  await named('start-carry').waitFor()
  await shot('start-rows')
})

/** Copies on a server: its host key is shown and agreed to before it gets a name or a password. */
async function fromServer(server: SshServer): Promise<void> {
  cpSync(place, server.place, { recursive: true })
  execFileSync('chown', ['-R', server.owner, server.place])
  await studio.page.locator('[name="fromKind"][value="server"]').check()
  for (const [name, text] of [
    ['serverHost', '127.0.0.1'],
    ['serverPort', String(server.port)],
    ['serverUser', 'lot'],
    ['serverPath', server.place],
  ] as const)
    await studio.page.locator(`[name="${name}"]`).fill(text)
  await named('look-server').click()
  await named('host-key').waitFor()
  expect(await named('host-key').innerText()).toBe(server.fingerprint)
  await studio.page.locator('[name="serverAgreed"]').check()
  await studio.page.locator('[name="serverPassword"]').fill(server.password)
  await shot('restore-server')
}

it('refuses the key of another car park, and makes nothing', async () => {
  await named('start-restore').click()
  await chooses(keys.foreign)
  const server = hasSshServer ? await SshServer.start() : null
  await (server === null ? named('pick-from').click() : fromServer(server))
  await named('pick-keyFile').click()
  await studio.page.locator('[name="by"]').fill('店主')
  await named('restore-run').click()
  const alert = studio.page.locator('[role="alert"]')
  await alert.waitFor()
  expect(await alert.innerText()).toContain('RECOVERY-02')
  await shot('restore-refused')
  expect(existsSync(fresh)).toBe(false)
  await named('restore-back').click()
  await server?.stop()
})

it('brings the car park back within minutes, says what is lost, and opens it', async () => {
  const bill = join(dir, 'bill.csv')
  writeFileSync(bill, 'outTradeNo,amountFen,atIso\nT1,1200,2026-11-22T10:00:00+08:00\n')
  const hands = new Hands(studio.page, 'mouse')
  hands.begin('Choose to restore; the folder and the key by dialogs of the system, the bill, press')
  await hands.click(named('start-restore'))
  await chooses(keys.own)
  // Two more presses in each dialog, which the test answers itself.
  for (const name of ['from', 'keyFile']) {
    await hands.click(named(`pick-${name}`))
    for (const _ of [1, 2]) hands.act()
  }
  for (const [name, text] of [
    ['bill', bill],
    ['head', join(old.dir, 'ledger.head')],
  ] as const) {
    await hands.click(studio.page.locator(`[name="${name}"]`))
    await hands.type(text, 'E:/ledger.head')
  }
  expect(await studio.page.locator('[name="by"]').inputValue()).toBe('店主')
  await hands.click(named('restore-run'))
  await named('restored').waitFor()
  const told = await named('restored').innerText()
  expect(told).toMatch(/旧电脑比副本多 [1-9]\d* 行/)
  for (const word of ['1 笔扣费', '¥ 12.00', 'T1', '账本里没有', '没有完好的照片'])
    expect(told).toContain(word)
  await shot('restored-zh')
  await studio.page.getByRole('button', { name: 'English' }).click()
  await shot('restored-en')
  hands.begin('Read what is lost, and open it')
  await hands.click(named('open-restored'))
  hands.waits('lanes')
  await studio.page.locator('.top').getByText('Demo', { exact: false }).first().waitFor()
  const { modelMs } = sumOf(hands.steps)
  expect(modelMs / 60_000).toBeLessThan(minutesMax)
})

it('leaves a ledger that verifies, sealed to the new machine', async () => {
  await studio.close()
  expect(await said(ledgerCommand, ['verify', '--data', fresh])).toMatchObject({ ok: true })
})
