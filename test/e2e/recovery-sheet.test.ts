// The recovery key on paper: the sheets from the window and from files are printed, an independent decoder reads
// their codes, and the result opens the lot's copies: the whole key, two halves, and never a sheet of another lot.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backupCommand } from '#runtime/commands/backup.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { BackupLot, refusal, said } from '../wire/kit/backup-lot.ts'
import { codesInPdf } from '../wire/kit/codes.ts'
import { cleanUp, Program, runToEnd } from '../wire/kit/live-program.ts'
import { goTo, removeFolder, setLooks, startStudio, tempFolder, type Studio } from './studio.ts'

const dir = tempFolder()
const data = join(dir, 'lot')
const place = join(dir, 'place')
const who = ['--by', '店主', '--reason', '开通'] as const
const other = new BackupLot('GX00078')
let studio: Studio

const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)

/** What a printer would get, from a file or from the window's page. */
async function printed(name: string, file: string | null): Promise<string> {
  const base64 = await studio.app.evaluate(async ({ BrowserWindow }, path) => {
    const [own] = BrowserWindow.getAllWindows()
    if (path === null)
      return (await own?.webContents.printToPDF({ pageSize: 'A4' }))?.toString('base64') ?? ''
    // Opened like in a browser, because Studio's own session reads no files.
    const paper = new BrowserWindow({ show: false, webPreferences: { partition: 'paper' } })
    await paper.loadFile(path)
    const bytes = await paper.webContents.printToPDF({ pageSize: 'A4' })
    paper.destroy()
    return bytes.toString('base64')
  }, file)
  const pdf = join(dir, `${name}.pdf`)
  writeFileSync(pdf, Buffer.from(base64, 'base64'))
  return pdf
}

/** Types what the decoder read, and nothing else of the sheet. */
function typed(...codes: readonly string[]): string {
  const file = join(dir, 'typed.txt')
  writeFileSync(file, codes.join('\n'))
  return file
}

let restored = 0
const restoreArgs = (key: string) => {
  const to = join(dir, `restored-${restored++}`)
  const from = ['--from', place, '--recovery-key', key]
  return { to, args: ['restore', '--data', to, ...from, ...who] }
}
async function isRestored(codes: readonly string[]): Promise<void> {
  const { to, args } = restoreArgs(typed(...codes))
  await said(backupCommand, args)
  expect(await said(ledgerCommand, ['verify', '--data', to])).toMatchObject({ ok: true })
}
async function isRefused(codes: readonly string[]): Promise<string> {
  const { to, args } = restoreArgs(typed(...codes))
  const code = await refusal(backupCommand, args)
  expect(existsSync(to)).toBe(false)
  return code
}

/** Makes the key on the copies page, prints its sheets there and saves them as files. */
async function makesKey(name: string, isSplit: boolean): Promise<readonly string[]> {
  await named('make-key').click()
  const { page } = studio
  if (isSplit) await page.locator('[name="split"]').check()
  await page.locator('[name="reason"]').first().check()
  await named('do').click()
  await named('key-sheets').waitFor()
  const onPaper = codesInPdf(await printed(`key-window-${name}`, null))
  const saved = saves(onPaper.length)
  await named('save-key').click()
  const files = await saved
  const ofFiles = []
  for (const file of files)
    ofFiles.push(...codesInPdf(await printed(`key-file-${name}-${files.indexOf(file)}`, file)))
  // Two encoders and two layouts of one key.
  expect(ofFiles).toEqual(onPaper)
  await page.locator('[name="kept"]').check()
  await named('put-key').click()
  await named('copy-now').click()
  await page.getByText('副本已经放好').waitFor()
  return onPaper
}

/** Waits for that many files of the window, saved without a dialog. */
const saves = (count: number): Promise<readonly string[]> =>
  studio.app.evaluate(
    ({ session }, [folder, wanted]) =>
      new Promise<string[]>((done) => {
        const files: string[] = []
        const own = session.defaultSession
        own.on('will-download', function take(_event, item) {
          const file = `${folder}/${item.getFilename()}`
          item.setSavePath(file)
          item.once('done', () => {
            files.push(file)
            if (files.length < wanted) return
            own.off('will-download', take)
            done(files.toSorted())
          })
        })
      }),
    [dir, count] as const,
  )

beforeAll(async () => {
  mkdirSync(place, { recursive: true })
  const init = ['lot', 'init', '--data', data, '--mode', 'demo', '--charge', 'card']
  expect((await runToEnd(init)).code).toBe(0)
  const run = new Program(['run', '--data', data])
  await run.ready()
  const to = { to: place, hostKey: null, password: null }
  await run.call('backup.place', { ...to, by: '店主', reason: '开通', commandId: 'place-000001' })
  studio = await startStudio({ dir, args: ['--attach', data] })
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '店主' })
  await goTo(studio.page, 'copies')
})
afterAll(async () => {
  await studio.close()
  other.remove()
  await cleanUp()
  removeFolder(dir)
})

describe('what a decoder reads off the printed sheets', () => {
  let whole: readonly string[]

  it('opens the copies: the whole key', async () => {
    whole = await makesKey('whole', false)
    expect(whole).toHaveLength(1)
    await isRestored(whole)
  })

  it('opens them by both halves in either order, and by neither alone', async () => {
    const halves = await makesKey('halves', true)
    expect(halves).toHaveLength(2)
    await isRestored(halves)
    await isRestored(halves.toReversed())
    for (const half of halves) expect(await isRefused([half])).toBe('RECOVERY-01')
    // After a new key the old sheet opens nothing that was copied since.
    expect(await isRefused(whole)).toBe('RECOVERY-02')
  })

  it('is refused where it is the sheet of another lot, and nothing is made', async () => {
    const args = ['key', '--data', other.dir, '--to', join(other.root, 'stick'), ...who]
    const { files } = (await said(backupCommand, args)) as { files: string[] }
    const codes = codesInPdf(await printed('key-foreign', files[0] ?? ''))
    expect(codes).toHaveLength(1)
    expect(await isRefused(codes)).toBe('RECOVERY-02')
  })
})
