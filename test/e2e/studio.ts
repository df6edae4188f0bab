// Starts the built Studio on a folder of its own and ends it again, for every test of the window.
// Settings go to a temporary home, so that one test never meets another's window or language.
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { eventually, patienceMs } from '../kit/eventually.ts'

export const root = join(import.meta.dirname, '..', '..')
export const shotsDir = join(import.meta.dirname, 'shots')

const distPath = process.env['ELECTRON_OVERRIDE_DIST_PATH']
/** Set by the stages; a window started by hand names the folder alone. */
export const electronBinary =
  process.env['ETC_LANE_ELECTRON'] ?? (distPath === undefined ? '' : join(distPath, 'electron'))
const isRoot = process.getuid?.() === 0

/** After that the driver is asked once more: nothing fails by it. */
export const handshakeMs = 90_000
/** Pages of windows that are open, for what a failure says of them. */
export const openPages = new Set<Page>()

export interface Studio {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dir: string
  /** Closes the window as a person would, answering the question about unsent records with yes. */
  close(): Promise<void>
  /** Its process is gone from one moment to the next. */
  kill(): Promise<void>
}

export interface StudioOptions {
  /** Folder of home and data; made and removed by the caller. */
  readonly dir: string
  readonly args?: readonly string[]
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>
}

export const tempFolder = (): string => mkdtempSync(join(tmpdir(), 'etc-lane-e2e-'))

/** Whether any user may pass each folder on the way. */
function isOpenToAll(dir: string): boolean {
  const up = dirname(dir)
  return (statSync(dir).mode & 0o001) !== 0 && (up === dir || isOpenToAll(up))
}

/** A folder that another user can reach: TMPDIR may lie in a folder of its owner alone. */
export function openTempFolder(): string {
  const places = [tmpdir(), '/tmp', '/var/tmp'].filter((place) => existsSync(place))
  const open = places.find((place) => isOpenToAll(realpathSync(place))) ?? tmpdir()
  return mkdtempSync(join(open, 'etc-lane-e2e-'))
}
export const removeFolder = (dir: string): void =>
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })

export function studioEnv(dir: string): Record<string, string> {
  const home = join(dir, 'home')
  if (!existsSync(home)) mkdirSync(home, { recursive: true })
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE') env[name] = value
  }
  return { ...env, HOME: home, XDG_CONFIG_HOME: join(home, 'config') }
}

/**
 * Without a path to the binary, Playwright takes the one of ELECTRON_OVERRIDE_DIST_PATH and holds the
 * start until it listens; with a path it would race against the first window and now and then hang.
 */
export async function startStudio({ dir, args = [], env = {} }: StudioOptions): Promise<Studio> {
  const launch = (timeout: number): Promise<ElectronApplication> =>
    _electron.launch({
      args: [...(isRoot ? ['--no-sandbox'] : []), root, ...args],
      env: { ...studioEnv(dir), ...env },
      cwd: dir,
      timeout,
    })
  // The driver's own handshake hangs now and then before the app has run a line: once more, then it counts.
  const app = await launch(handshakeMs).catch((error: unknown) => {
    process.stderr.write(`the window did not start, once more: ${String(error)}\n`)
    return launch(patienceMs)
  })
  const page = await app.firstWindow({ timeout: patienceMs })
  page.setDefaultTimeout(patienceMs)
  openPages.add(page)
  page.once('close', () => openPages.delete(page))
  await page.waitForLoadState('domcontentloaded')
  const own = app.process()
  return {
    app,
    page,
    dir,
    kill: async () => {
      const gone = once(own, 'exit')
      own.kill('SIGKILL')
      await gone
    },
    close: async () => {
      const gone = new Promise<void>((done) => app.process().once('exit', () => done()))
      await app.evaluate(({ app: own, dialog }) => {
        dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })
        own.quit()
      })
      await gone
    },
  }
}

/** Sets what the window remembers of the person, then shows it. */
export async function setLooks(page: Page, looks: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((values) => {
    for (const [name, value] of Object.entries(values))
      localStorage.setItem(`studio.${name}`, value)
  }, looks)
  await page.reload()
  await page.getByRole('contentinfo').waitFor()
}

export async function setSize(studio: Studio, width: number, height: number): Promise<void> {
  await studio.app.evaluate(
    ({ BrowserWindow }, [w, h]) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0)
    },
    [width, height],
  )
  // Asked from here: a page under this policy can be asked by a text once, and not again and again.
  const size = () => studio.page.evaluate(() => [innerWidth, innerHeight])
  await eventually(size).toEqual([width, height])
}

/** What the page shows, with whether something of it still moves; a motion without an end is none that is waited for. */
const picture = `(() => {
  const isMoving = document.getAnimations().some(
    (one) => one.playState === 'running' && Number.isFinite(one.effect?.getComputedTiming().endTime),
  )
  return [isMoving, document.body.innerHTML]
})()`

/** Until what was pressed is answered and drawn: a question that goes behind those of the page is back, and two looks see the same. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate("lane.call('status.get', {}).then(() => undefined)")
  let before = ''
  const stands = async (): Promise<boolean> => {
    const [isMoving, shown] = (await page.evaluate(picture)) as [boolean, string]
    const isSame = !isMoving && shown === before
    before = shown
    return isSame
  }
  await eventually(stands, { what: 'the page stands still' }).toBe(true)
}

type EntryName = 'lane' | 'records' | 'devices' | 'commission' | 'settings'

/** An entry of the side bar, and one of its pages where it is not the first. */
export async function goTo(page: Page, entry: EntryName, own?: string): Promise<void> {
  await page.locator(`[data-test="entry-${entry}"]`).click()
  if (own !== undefined) await page.locator(`[data-test="page-${own}"]`).click()
}
