// Studio's window: time from start to the first complete page, and memory of all its processes, against a bare
// Electron that shows an empty page. Both through Playwright, on the same screen, as on a
// live site, where Studio is the client of a running lane. The demo, which also starts its lot
// and all simulators, stands beside it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { _electron } from 'playwright-core'
import { present } from '#base/pure/values/must.ts'
import { patienceMs } from '../../kit/eventually.ts'
import { resultOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { inFolder, program, repository } from '../kit/place.ts'
import { familyMb, startNode } from '../kit/processes.ts'

const roundCount = roundsOf(3)
const settledMs = 3_000
const bareMain = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 })
  .loadURL('data:text/html,<title>bare</title><main>bare</main>'))
`

function bareApp(dir: string): string {
  const folder = join(dir, 'bare')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bare', main: 'main.cjs' }))
  writeFileSync(join(folder, 'main.cjs'), bareMain)
  return folder
}

interface Looked {
  readonly startMs: number
  readonly memoryMb: number
}

interface LookAt {
  readonly args: readonly string[]
  readonly display: string
  /** Wait before its memory is read. */
  readonly settleMs: number
}

async function look(dir: string, { args, display, settleMs }: LookAt): Promise<Looked> {
  const home = join(dir, `home-${process.hrtime.bigint()}`)
  mkdirSync(home)
  const env: Record<string, string> = { HOME: home, XDG_CONFIG_HOME: join(home, 'config') }
  for (const name of ['PATH', 'LANG', 'XAUTHORITY', 'ELECTRON_OVERRIDE_DIST_PATH']) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const startNs = process.hrtime.bigint()
  const app = await _electron.launch({
    args: [...flags, ...args],
    env: { ...env, DISPLAY: display },
    cwd: home,
    timeout: patienceMs,
  })
  const page = await app.firstWindow({ timeout: patienceMs })
  await page.locator('main').first().waitFor({ timeout: patienceMs })
  const startMs = Number(process.hrtime.bigint() - startNs) / 1e6
  await pause(settleMs)
  const memoryMb = familyMb(present(app.process().pid, 'the window has a process'))
  const gone = once(app.process(), 'exit')
  await app.evaluate(({ app: own, dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
    own.quit()
  })
  await gone
  return { startMs, memoryMb }
}

/** Runs on the present screen, else on a virtual one. */
async function onScreen<T>(use: (display: string) => Promise<T>): Promise<T> {
  const own = process.env['DISPLAY']
  if (own !== undefined && own !== '') return use(own)
  const screen = ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset']
  const child = spawn('Xvfb', screen, { stdio: ['ignore', 'pipe', 'ignore'] })
  const gone = once(child, 'exit')
  try {
    const [number] = (await once(child.stdout, 'data')) as [Buffer]
    return await use(`:${number.toString('utf8').trim()}`)
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const bare = bareApp(dir)
  const starts: [number, number][] = []
  const demoStarts: [number, number][] = []
  const demo: [number, number][] = []
  const client: [number, number][] = []
  const live = join(dir, 'live')
  const lane = await startNode([program(), 'demo', '--headless', '--data', live])
  try {
    await onScreen(async (display) => {
      for (let round = -1; round < roundCount; round++) {
        const data = join(dir, `data-${process.hrtime.bigint()}`)
        // The first round is not counted, so it does not wait.
        const settleMs = round < 0 ? 0 : settledMs
        const lookAt = (...args: string[]): Promise<Looked> =>
          look(dir, { args, display, settleMs })
        const hosted = await lookAt(repository, '--demo', '--data', data)
        const peer = await lookAt(bare)
        const attached = await lookAt(repository, '--data', live)
        if (round < 0) continue
        starts.push([attached.startMs, peer.startMs])
        demoStarts.push([hosted.startMs, peer.startMs])
        demo.push([hosted.memoryMb, peer.memoryMb])
        client.push([attached.memoryMb, peer.memoryMb])
      }
    })
  } finally {
    await lane.end()
  }
  const better = 'lower'
  const peerName = 'bare Electron window'
  const row = (metric: string, unit: string, pairs: [number, number][]): BenchResult =>
    resultOf({ metric, unit, better, peerName }, pairs)
  return [
    row('Studio window start, client of a running lane', 'ms', starts),
    row('Studio window start, demo lot included', 'ms', demoStarts),
    row('Studio memory, client of a running lane', 'MB', client),
    row('Studio memory, demo lot included', 'MB', demo),
  ]
}

function missing(): string | null {
  if (process.platform !== 'linux') return 'it reads /proc'
  if (!existsSync(process.env['ETC_LANE_ELECTRON'] ?? '')) return 'no Electron is set up'
  return existsSync(join(repository, 'dist', 'main', 'main.mjs')) ? null : 'Studio is not built'
}

export const windowRow: BenchRow = { missing, run: () => inFolder(measure) }
