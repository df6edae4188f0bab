// Studio on a folder without a lot. Remains of a lot say what is missing and what to do; an empty folder
// shows the start page, behind which nothing runs: a device, a car park or the demo is one press away.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { Program } from '../wire/kit/live-program.ts'
import { program } from '../wire/kit/program.ts'
import { removeFolder, setLooks, shotsDir, startStudio, tempFolder } from './studio.ts'

const dir = tempFolder()
afterAll(() => removeFolder(dir))

async function realLotWithoutItsFile(): Promise<string> {
  const data = join(dir, 'real')
  const tariff = join(dir, 'tariff.json')
  writeFileSync(tariff, JSON.stringify(demoTariff))
  execFileSync(process.execPath, [
    program,
    ...['lot', 'init', '--data', data, '--mode', 'production', '--charge', 'card'],
    ...['--tariff', tariff, '--lot-id', 'GX00077', '--node-id', 'n1', '--name', '停车场'],
  ])
  const run = new Program(['run', '--data', data])
  await run.ready()
  await run.stop()
  rmSync(join(data, 'lot.json'))
  return data
}

describe('Studio on a folder without lot.json', () => {
  it('that has a ledger says LOT-08 and what to do, and no demo is made', async () => {
    const [code, todo] = ['LOT-08', 'lot.json 从备份放回']
    const data = await realLotWithoutItsFile()
    const home = join(dir, code)
    mkdirSync(home)
    const studio = await startStudio({ dir: home, args: ['--data', data] })
    try {
      const { page } = studio
      await setLooks(page, { language: 'zh', theme: 'light' })
      const fault = page.locator('[data-test="notice"] [role="alert"]')
      await fault.waitFor()
      const said = await fault.innerText()
      expect(said).toContain(code)
      expect(said).toContain(todo)
      mkdirSync(shotsDir, { recursive: true })
      await page.screenshot({ path: join(shotsDir, `folder-${code}.png`) })
      expect(existsSync(join(data, 'lot.json'))).toBe(false)
      expect(readdirSync(data)).not.toContain('sims')
    } finally {
      await studio.close()
    }
  })
  it.each(['zh', 'en'])(
    'that is empty brings the start page (%s), and stays empty',
    async (language) => {
      const [data, home] = [join(dir, `empty-${language}`), join(dir, `home-${language}`)]
      for (const one of [data, home]) mkdirSync(one)
      const studio = await startStudio({ dir: home, args: ['--data', data] })
      const { page, app } = studio
      const row = (what: string) => page.locator(`[data-test="start-${what}"]`)
      try {
        await row('demo').waitFor()
        await page.evaluate((own) => localStorage.setItem('studio.language', own), language)
        await page.reload()
        await row('demo').waitFor()
        mkdirSync(shotsDir, { recursive: true })
        await page.screenshot({ path: join(shotsDir, `start-${language}.png`) })
        await app.evaluate(({ dialog }, folder) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
        }, data)
        await row('open').click()
        expect(await page.locator('[data-test="no-lot"]').innerText()).toContain(data)
        expect(readdirSync(data)).toEqual([])
        // One press: Enter on the row that is focused at first.
        if (language === 'zh') await row('device').click()
        else {
          await row('demo').focus()
          await page.keyboard.press('Enter')
        }
        const mode = page.locator(language === 'zh' ? '.mode.workbench' : '.mode.demo')
        await mode.waitFor()
        expect(readdirSync(data)).toEqual([])
      } finally {
        await studio.close()
      }
    },
  )
})
