// Device profiles in the real window on a running demo: good, signed, bad and hostile files dropped or
// chosen, each with its verdict before anything is written; accepted whole, and undone.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  Folder,
  makeSigner,
  run,
  signersPem,
} from '../firmware-runtime/devices/desk/commands/profile/kit.ts'
import { copyOf, put } from '../firmware-runtime/devices/profiles/shipped.ts'
import { eventually } from '../kit/eventually.ts'
import { callOk } from './demo-sims.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
const dataDir = join(dir, 'data')
const folder = new Folder()
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)

const acme = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const profile = copyOf('rsu/soulin/parking') as Record<string, unknown>
  Object.assign(profile, { vendor: 'acme', model: 'one' })
  for (const [pointer, value] of Object.entries(changes)) put(profile, pointer, value)
  return profile
}

const textOf = async (): Promise<string> => at('verdicts').innerText()
const current = (): string => {
  const file = join(dataDir, 'profiles', 'current')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none'
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  studio = await startStudio({ dir, args: ['--demo', '--data', dataDir] })
  page = studio.page
  await at('open').waitFor()
  await setLooks(page, { language: 'zh', theme: 'light', attendant: '装机员' })
  await goTo(page, 'profiles')
})

afterAll(async () => {
  await studio.close()
  removeFolder(dir)
  folder.remove()
})

it('lists the library that came with the program, and the lanes that use it', async () => {
  await at('library').waitFor()
  const text = await at('library').innerText()
  for (const word of ['天线', '道闸', '程序自带', '推定', '出口']) expect(text).toContain(word)
  expect(await at('undo').isDisabled()).toBe(true)
  await page.screenshot({ path: join(shotsDir, 'profiles-library.png') })
  // A row says what has to be set on the device first.
  await at('library').locator('tr', { hasText: 'generic/modbus-relay' }).locator('button').click()
  await at('profile-sheet').getByText('要在设备上设置').waitFor()
  expect(await at('profile-sheet').innerText()).toContain('输入不得自行带动继电器')
  await page.screenshot({ path: join(shotsDir, 'profiles-sheet.png') })
  await at('library').locator('tr', { hasText: 'generic/modbus-relay' }).locator('button').click()
})

it('a key opens the choice of files', async () => {
  const chooser = page.waitForEvent('filechooser')
  await at('pick').focus()
  await page.keyboard.press('Enter')
  expect((await chooser).isMultiple()).toBe(true)
})

it('judges good, unsigned, bad and hostile files before anything is written', async () => {
  const signer = makeSigner(folder, 'support')
  const signed = folder.put('in/signed.json', acme())
  await run('sign', signed, '--key', signer.key, '--cert', signer.cert)
  // One signer is trusted here, the other is not.
  mkdirSync(join(dataDir, 'keys'), { recursive: true })
  writeFileSync(join(dataDir, 'keys', 'profile-signers.pem'), signersPem(signer))
  const mallory = makeSigner(folder, 'mallory')
  const strange = folder.put('in/strange.json', acme({ '/model': 'five' }))
  await run('sign', strange, '--key', mallory.key, '--cert', mallory.cert)
  const files = [
    signed,
    `${signed}.sig`,
    strange,
    `${strange}.sig`,
    folder.put('in/unsigned.json', acme({ '/model': 'two' })),
    folder.put('in/bad.json', acme({ '/model': 'three', '/examples/0/hex': 'FF FF' })),
    folder.put('in/path.json', acme({ '/vendor': '../../etc' })),
    folder.put('in/poison.json', JSON.stringify(acme()).replace('{', '{"__proto__":{},')),
    folder.put('in/deep.json', `${'['.repeat(100)}${']'.repeat(100)}`),
    folder.put('in/gbk.json', Buffer.from([0x7b, 0x22, 0xb2, 0xe2, 0x22, 0x7d])),
    folder.put('in/huge.json', Buffer.alloc(3_000_000, 0x20)),
  ]
  await at('files').setInputFiles(files)
  await at('verdicts').waitFor()
  expect(await at('verdict-new').count()).toBe(2)
  expect(await at('verdict-refused').count()).toBe(7)
  const text = await textOf()
  for (const word of [
    'TEST support',
    '✓ 受信任的签名',
    '签名人不在受信任名单',
    '▲ 未签名',
    '没有车道使用',
  ])
    expect(text).toContain(word)
  const refused = await at('verdict-refused').allTextContents()
  const codes = [
    ['bad.json', 'PROFILE-08'],
    ['path.json', 'PROFILE-01'],
    ['poison.json', 'FILE-02'],
    ['deep.json', 'FILE-02'],
    ['gbk.json', 'FILE-02'],
    ['huge.json', 'PROFILE-19'],
    ['strange.json', 'PROFILE-23'],
  ] as const
  for (const [name, code] of codes)
    expect(refused.find((one) => one.includes(name)) ?? '', name).toContain(code)
  expect(current()).toBe('none')
  for (const [width, height] of [
    [1024, 600],
    [1366, 768],
  ] as const) {
    await setSize(studio, width, height)
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(width)
    await page.screenshot({ path: join(shotsDir, `profiles-verdicts-${width}.png`) })
  }
})

it('accepts the good ones whole, with name and reason, once in the ledger', async () => {
  await at('accept').click()
  await page.locator('input[name="reason"]').first().check()
  await at('do').click()
  await at('done').waitFor()
  expect(await at('done').innerText()).toContain('2')
  expect(current()).toBe('1')
  const text = await at('library').innerText()
  for (const word of ['acme/one', 'acme/two', 'TEST support']) expect(text).toContain(word)
  const { rows } = await callOk<{ rows: readonly object[] }>(page, 'ledger.query', {
    kind: 'event',
    limit: 1000,
  })
  const acts = rows.map((row) => JSON.stringify(row)).filter((row) => row.includes('profiles.'))
  expect(acts).toHaveLength(1)
})

it('shows the difference of a dropped newer revision', async () => {
  const newer = JSON.stringify(acme({ '/revision': 9, '/title/en': 'Another name' }))
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer()
    data.items.add(new File([${JSON.stringify(newer)}], 'newer.json'))
    return data
  })()`)
  await at('profiles').dispatchEvent('drop', { dataTransfer: transfer })
  await at('verdict-changed').waitFor()
  const text = await at('verdict-changed').innerText()
  for (const word of ['修订 1 → 9', '/title/en', 'Another name', '▲ 未签名'])
    expect(text).toContain(word)
  await page.screenshot({ path: join(shotsDir, 'profiles-difference.png') })
  await at('discard').click()
})

it('takes a whole folder and leaves aside what is no profile', async () => {
  folder.put('lib/rsu/acme/three.json', acme({ '/model': 'three' }))
  folder.put('lib/rsu/acme/four.json', acme({ '/model': 'misplaced' }))
  folder.put('lib/notes.txt', 'no profile')
  await at('folder').setInputFiles(folder.at('lib'))
  await at('verdict-new').waitFor()
  expect(await at('verdict-new').innerText()).toContain('rsu/acme/three.json')
  expect(await at('verdict-refused').textContent()).toContain('PROFILE-02')
  expect(await textOf()).not.toContain('notes.txt')
  await at('discard').click()
})

it('takes the import back and says what goes', async () => {
  await at('undo').click()
  const plan = await at('undo-plan').innerText()
  for (const word of ['移除 rsu/acme/one', '移除 rsu/acme/two']) expect(plan).toContain(word)
  await page.locator('input[name="reason"]').first().check()
  await at('do').click()
  await eventually(async () => at('library').innerText()).not.toContain('acme/one')
  expect(current()).toBe('0')
  await setLooks(page, { language: 'en', theme: 'dark' })
  await goTo(page, 'profiles')
  await at('library').waitFor()
  await at('files').setInputFiles([folder.at('in/signed.json'), folder.at('in/gbk.json')])
  await at('verdicts').waitFor()
  await setSize(studio, 1024, 600)
  await page.screenshot({ path: join(shotsDir, 'profiles-en-dark.png') })
})
