// Studio on a folder that has no lot: it says what is missing and what to do, and makes no demo there.
// One folder is empty, the other has the ledger of a real lot whose lot.json is lost.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { demoTariff } from '../../firmware-runtime/app/demo-tariff.ts'
import { Program } from '../wire/kit/live-program.ts'
import { removeFolder, root, setLooks, shotsDir, startStudio, tempFolder } from './studio.ts'

const dir = tempFolder()
afterAll(() => removeFolder(dir))

async function realLotWithoutItsFile(): Promise<string> {
  const data = join(dir, 'real')
  const tariff = join(dir, 'tariff.json')
  writeFileSync(tariff, JSON.stringify(demoTariff))
  execFileSync(process.execPath, [
    join(root, 'firmware-runtime', 'main.ts'),
    ...['lot', 'init', '--data', data, '--mode', 'production', '--charge', 'card'],
    ...['--tariff', tariff, '--lot-id', 'GX00077', '--node-id', 'n1', '--name', '停车场'],
  ])
  const run = new Program(['run', '--data', data])
  await run.ready()
  await run.stop()
  rmSync(join(data, 'lot.json'))
  return data
}

function emptyFolder(): Promise<string> {
  const data = join(dir, 'empty')
  mkdirSync(data)
  return Promise.resolve(data)
}

describe('Studio on a folder without lot.json', () => {
  it.each([
    ['LOT-08', 'lot.json 从备份放回', realLotWithoutItsFile],
    ['LOT-01', 'lot init', emptyFolder],
  ])('%s is said, with what to do, and no demo is made', async (code, todo, made) => {
    const data = await made()
    const home = join(dir, code)
    mkdirSync(home)
    const studio = await startStudio({ dir: home, args: ['--data', data] })
    try {
      const { page } = studio
      await setLooks(page, { language: 'zh', theme: 'light' })
      const fault = page.locator('[data-test="notice"] [role="alert"]')
      await fault.waitFor({ timeout: 30_000 })
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
})
