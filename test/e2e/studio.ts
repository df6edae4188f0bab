// Starts the built Studio on a folder of its own and ends it again, for every test of the window.
// Settings go to a temporary home, so that tests do not share a window's state or language.
import { pages } from '#renderer/pages/pages.ts'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { eventually, patienceMs } from '../kit/eventually.ts'

export const root = join(import.meta.dirname, '..', '..')
export const shotsDir = join(import.meta.dirname, 'shots')

const distPath = process.env['ELECTRON_OVERRIDE_DIST_PATH']
/** Set by the stages; without them the folder alone is known. */
export const electronBinary =
  process.env['ETC_LANE_ELECTRON'] ?? (distPath === undefined ? '' : join(distPath, 'electron'))
const isRoot = process.getuid?.() === 0

/** After this time the handshake is tried once more; nothing fails by it. */
export const handshakeMs = 90_000
/** Pages of open windows, shown in a failure. */
export const openPages = new Set<Page>()

export interface Studio {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dir: string
  /** Closes the window like a person, answering yes to the question about unsent records. */
  close(): Promise<void>
  /** Kills its process. */
  kill(): Promise<void>
}

export interface StudioOptions {
  /** Folder for home and data; the caller creates and removes it. */
  readonly dir: string
  readonly args?: readonly string[]
  /** Environment in addition to this process's. */
  readonly env?: Readonly<Record<string, string>>
}

export const tempFolder = (): string => mkdtempSync(join(tmpdir(), 'etc-lane-e2e-'))

/** Whether any user may enter each folder of the path. */
function isOpenToAll(dir: string): boolean {
  const up = dirname(dir)
  return (statSync(dir).mode & 0o001) !== 0 && (up === dir || isOpenToAll(up))
}

/** A folder that another user can reach: TMPDIR may be inside a private folder. */
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
 * Without a path to the binary, Playwright uses ELECTRON_OVERRIDE_DIST_PATH and delays the
 * start until it listens; with a path it would race with the first window and sometimes hang.
 */
export async function startStudio({ dir, args = [], env = {} }: StudioOptions): Promise<Studio> {
  const launch = (timeout: number): Promise<ElectronApplication> =>
    _electron.launch({
      args: [...(isRoot ? ['--no-sandbox'] : []), root, ...args],
      env: { ...studioEnv(dir), ...env },
      cwd: dir,
      timeout,
    })
  // Playwright's handshake sometimes hangs before the app has started: one more try, then it counts.
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

/** Sets what the window remembers of the person, then reloads it. */
export async function setLooks(page: Page, looks: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((values) => {
    for (const [name, value] of Object.entries(values))
      localStorage.setItem(`studio.${name}`, value)
  }, looks)
  await page.reload()
  await page.getByRole('contentinfo').waitFor()
}

/** The window on a demo of its own, in Chinese, at 1366 x 768. */
export async function startDemo(dir: string, attendant: string): Promise<Studio> {
  mkdirSync(shotsDir, { recursive: true })
  const studio = await startStudio({ dir, args: ['--demo', '--data', join(dir, 'data')] })
  await studio.page.locator('[data-test="open"]').waitFor()
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant })
  await setSize(studio, 1366, 768)
  return studio
}

export async function setSize(
  studio: Pick<Studio, 'app' | 'page'>,
  width: number,
  height: number,
): Promise<void> {
  await studio.app.evaluate(
    ({ BrowserWindow }, [w, h]) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0)
    },
    [width, height],
  )
  // Evaluated repeatedly from here, because this page's policy allows no polling inside the page.
  // A large window draws its page larger, in steps of a quarter.
  const isThere = () =>
    studio.page.evaluate(
      ([w = 0, h = 0]) =>
        Math.abs(innerWidth * devicePixelRatio - w) < 2 &&
        Math.abs(innerHeight * devicePixelRatio - h) < 2,
      [width, height],
    )
  await eventually(isThere).toBe(true)
}

/** The page's content, and whether anything still moves; endless animations are ignored. */
const picture = `(() => {
  const isMoving = document.getAnimations().some(
    (one) => one.playState === 'running' && Number.isFinite(one.effect?.getComputedTiming().endTime),
  )
  return [isMoving, document.body.innerHTML]
})()`

/** Waits until a press was answered and drawn: a further call has returned, and two looks are equal. */
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

/** Opens a page by the side bar: its place, then its link, which a place with one page does not have. */
export async function goTo(page: Page, id: keyof typeof pages): Promise<void> {
  const entry = `[data-test="entry-${pages[id].place}"]`
  await page.locator(entry).click()
  const link = page.locator(`[data-test="page-${id}"]`)
  const gear = page.locator('[data-test="page-gear"]')
  await link
    .or(gear)
    .or(page.locator(`${entry}[aria-current]`))
    .first()
    .waitFor()
  // A part of a device is on the page of the device, and in the search by its name.
  if ('parts' in pages[id] && (await gear.count()) > 0) {
    await page.keyboard.press('Control+k')
    await page.locator('[role="combobox"]').fill(pages[id].title.zh)
    return page.locator(`[data-test="goto-${id}"]`).click()
  }
  if ((await link.count()) > 0) await link.click()
}
