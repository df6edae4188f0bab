// A real lot behind its tray icon: an independent tray shows the icon on its own screen, and a mouse and keys
// of that screen press it. Closing the window stops no lane; only the menu entry for it does.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { eventually } from '../kit/eventually.ts'
import { said } from '../wire/kit/backup-lot.ts'
import { program } from '../wire/kit/program.ts'
import {
  electronBinary,
  removeFolder,
  root,
  startStudio,
  studioEnv,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
const data = join(dir, 'lot')
const runFile = join(data, 'run', 'runtime.json')
const helpers: ChildProcess[] = []
/** Without a session bus, so that the icon goes to the tray of this screen. */
const env: Record<string, string> = {
  ETC_LANE_ELECTRON_KIND: 'official',
  DBUS_SESSION_BUS_ADDRESS: '',
  XAUTHORITY: '',
}
let studio: Studio
let own: ChildProcess

/** xdotool's input on the screen, which knows nothing of the programs there. */
const hands = (...args: readonly string[]): string =>
  execFileSync('xdotool', args, { encoding: 'utf8', env: { ...process.env, ...env } })

interface Box {
  readonly x: number
  readonly y: number
}
const numbers = (text: string): Map<string, number> =>
  new Map([...text.matchAll(/^(\w+)=(\d+)$/gm)].map(([, name = '', n]) => [name, Number(n)]))

/** Centres of visible Studio windows with the size of an icon. */
function icons(): readonly Box[] {
  let found = ''
  try {
    found = hands('search', '--onlyvisible', '--class', 'electron')
  } catch {
    // It exits with 1 when it finds no window.
  }
  return found
    .split('\n')
    .filter((id) => id !== '')
    .flatMap((id) => {
      const at = numbers(hands('getwindowgeometry', '--shell', id))
      const [x = 0, y = 0, w = 0, h = 0] = ['X', 'Y', 'WIDTH', 'HEIGHT'].map((n) => at.get(n))
      return w >= 16 && w <= 64 && h === w ? [{ x: x + w / 2, y: y + h / 2 }] : []
    })
}
const icon = async (): Promise<Box> => {
  const [seen] = await eventually(icons, (all) => all.length > 0)
  return seen ?? { x: 0, y: 0 }
}
async function press(button: 1 | 3): Promise<void> {
  const { x, y } = await icon()
  hands('mousemove', String(x), String(y), 'click', String(button))
}
/** Chooses an entry by its position in the menu; its effect shows which one it was. */
async function chooses(entry: 1 | 2): Promise<void> {
  const before = windows()
  await press(3)
  await eventually(windows, (count) => count > before)
  for (let n = 0; n < entry; n++) hands('key', 'Down')
  hands('key', 'Return')
}
/** Number of visible windows on the screen, including the menu. */
const windows = (): number =>
  hands('search', '--onlyvisible', '--name', '.*').trim().split('\n').length

const isVisible = (): Promise<boolean> =>
  studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)
const isShown = (shown: boolean) => eventually(isVisible, (is) => is === shown)
const closes = () =>
  studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
const pidOfLanes = (): unknown => (JSON.parse(readFileSync(runFile, 'utf8')) as { pid: number }).pid

async function ownScreen(): Promise<void> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  helpers.push(screen)
  const [number] = (await once(screen.stdio[3] as Readable, 'data')) as [Buffer]
  env['DISPLAY'] = `:${number.toString().trim()}`
  const tray = ['--edge', 'bottom', '--widthtype', 'request', '--monitor', 'primary']
  helpers.push(spawn('trayer', tray, { stdio: 'ignore', env: { ...process.env, ...env } }))
}

beforeAll(async () => {
  await ownScreen()
  const tariff = join(dir, 'tariff.json')
  writeFileSync(tariff, JSON.stringify(demoTariff))
  const named = ['--lot-id', 'GX00077', '--node-id', 'n1', '--name', '停车场']
  const real = ['--mode', 'production', '--charge', 'card', '--tariff', tariff]
  execFileSync(process.execPath, [program, 'lot', 'init', '--data', data, ...real, ...named])
  studio = await startStudio({ dir, args: ['--data', data], env })
  own = studio.app.process()
  await studio.page.locator('.mode.live').waitFor()
})
afterAll(async () => {
  if (own.exitCode === null) await studio.close()
  for (const one of helpers.toReversed()) one.kill()
  removeFolder(dir)
})

describe('the window of a real lot', () => {
  it('has no icon while it is open; closed, the icon is in the tray and the same lanes go on', async () => {
    const pid = pidOfLanes()
    expect(icons()).toEqual([])
    await closes()
    await isShown(false)
    await icon()
    expect(pidOfLanes()).toBe(pid)
    const answer = await studio.page.evaluate(`lane.call('status.get', {})`)
    expect(answer).toMatchObject({ ok: true, data: { mode: 'production' } })
  })

  it('comes back by a press on the icon, and by the first entry of its menu', async () => {
    await press(1)
    await isShown(true)
    await closes()
    await isShown(false)
    await chooses(1)
    await isShown(true)
    await closes()
    await isShown(false)
    expect(icons()).toHaveLength(1)
  })

  it('comes back by starting Studio again, where a desktop has no tray', async () => {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const again = spawn(electronBinary, [...asRoot, root, '--data', data], {
      env: { ...studioEnv(dir), ...env },
      stdio: 'ignore',
    })
    const [code] = (await once(again, 'exit')) as [number]
    expect(code).toBe(0)
    await isShown(true)
  })

  it('ends with its lanes, in good order, by the entry that says so', async () => {
    await closes()
    await isShown(false)
    const gone = once(own, 'exit')
    await chooses(2)
    expect(await gone).toEqual([0, null])
    expect(existsSync(runFile)).toBe(false)
    expect(await said(ledgerCommand, ['verify', '--data', data])).toMatchObject({ ok: true })
  })
})
