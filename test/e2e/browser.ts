// A browser for served pages: Chromium of the pinned binary, with one sandboxed tab in the window.
// It contains no script of ours: a page may do what its policy and the browser allow.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { patienceMs } from '../kit/eventually.ts'
import { handshakeMs, studioEnv } from './studio.ts'

const main = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const webPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false }
  new BrowserWindow({ width: 1280, height: 860, webPreferences }).loadURL('about:blank')
})
app.on('window-all-closed', () => app.quit())
`

const isRoot = process.getuid?.() === 0

interface Browser {
  readonly app: ElectronApplication
  readonly page: Page
}

/** `dir` is made and removed by the caller. */
export async function startBrowser(dir: string): Promise<Browser> {
  const own = join(dir, 'browser')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'package.json'), '{"name":"browser","main":"main.cjs"}')
  writeFileSync(join(own, 'main.cjs'), main)
  const launch = (timeout: number): Promise<ElectronApplication> =>
    _electron.launch({
      args: [...(isRoot ? ['--no-sandbox'] : []), own],
      env: studioEnv(dir),
      cwd: dir,
      timeout,
    })
  // As for the window: Playwright's handshake sometimes hangs.
  const app = await launch(handshakeMs).catch(() => launch(patienceMs))
  const page = await app.firstWindow({ timeout: patienceMs })
  page.setDefaultTimeout(patienceMs)
  return { app, page }
}
