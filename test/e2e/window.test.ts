// The window from inside and outside: what a page in it cannot do, which runtime it finds,
// and that it starts for an ordinary user with Chromium's own sandbox.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { callOk } from './demo-sims.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import {
  electronBinary,
  removeFolder,
  root,
  setSize,
  settled,
  shotsDir,
  startStudio,
  studioEnv,
  openTempFolder,
  tempFolder,
  type Studio,
} from './studio.ts'
import { goesNowhere } from './wanted-places.ts'

const etcLane = join(root, 'installers', 'dev', 'etc-lane.mjs')

describe('what a page in the window can do', () => {
  const dir = tempFolder()
  let runtime: ScriptedRuntime
  let studio: Studio
  /** Evaluates in the page. */
  const inPage = <T>(expression: string): Promise<T> =>
    studio.page.evaluate(expression) as Promise<T>

  beforeAll(async () => {
    runtime = await startScripted(dir)
    studio = await startStudio({ dir, args: ['--attach', dir] })
    await studio.page.locator('[data-test="open"]').waitFor()
  })
  afterAll(async () => {
    await studio.close()
    await runtime.close()
    removeFolder(dir)
  })

  it('sees no Node, no Electron, and one client with two functions', async () => {
    expect(
      await inPage(
        `[typeof require, typeof process, typeof module, typeof global, typeof electron]`,
      ),
    ).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined'])
    expect(await inPage('Object.keys(lane).sort()')).toEqual(['call', 'subscribe'])
    expect(await inPage(`Object.isFrozen(lane) || (lane.call = 1, typeof lane.call)`)).not.toBe(
      'number',
    )
  })

  it('runs in the sandbox, isolated', async () => {
    const preferences = await studio.app.evaluate(({ BrowserWindow, webContents }) => {
      const contents = webContents.getAllWebContents()
      const own = BrowserWindow.getAllWindows()[0]?.webContents
      const found = (
        own as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences()
      return { count: contents.length, found }
    })
    expect(preferences.count).toBe(1)
    expect(preferences.found).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    })
  })

  it('has the strict policy as a header and blocks inline script, eval and foreign hosts', async () => {
    const header = await inPage<string>(
      `fetch(location.href).then((r) => r.headers.get('content-security-policy'))`,
    )
    expect(header).toContain(`default-src 'none'`)
    expect(header).not.toContain('unsafe-inline')
    expect(header).not.toContain(`'unsafe-eval'`)
    await inPage(`{
      window.blocked = []
      document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.head.append(script)
      const style = document.createElement('style')
      style.textContent = 'body { display: none }'
      document.head.append(style)
      fetch('http://127.0.0.1:9/').catch(() => undefined)
      const image = new Image()
      image.src = 'https://127.0.0.1:9/x.png'
    }`)
    const four = ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem']
    await eventually(() => inPage('blocked.toSorted()')).toEqual(four)
    expect(await inPage('typeof inlineRan')).toBe('undefined')
    // Playwright's own evaluation is not subject to the policy, so a script in the page tries eval.
    expect(await inPage(`document.body.getAttribute('onclick')`)).toBeNull()
  })

  it('gets no permission, whatever it asks for', async () => {
    expect(
      await inPage(`Promise.all(['geolocation', 'notifications', 'camera', 'microphone']
        .map((name) => navigator.permissions.query({ name }).then((p) => p.state)))`),
    ).toEqual(['denied', 'denied', 'denied', 'denied'])
  })

  it('reaches only the names of the API table, with checked arguments of bounded size', async () => {
    const codeOf = (name: string, args: string): Promise<string> =>
      inPage(`lane.call('${name}', ${args}).then((r) => r.error?.code ?? 'ok', () => 'rejected')`)
    expect(await codeOf('status.get', '{}')).toBe('ok')
    expect(await codeOf('runtime.exec', '{}')).toBe('rejected')
    expect(await codeOf('toString', '{}')).toBe('rejected')
    const before = runtime.lot.calls.length
    expect(await codeOf('status.get', '{ extra: 1 }')).toBe('API-01')
    expect(await codeOf('lane.open', `{ laneId: 'exit' }`)).toBe('API-01')
    expect(await codeOf('queue.list', '{ limit: 1e9 }')).toBe('API-01')
    expect(await codeOf('queue.list', `{ limit: 1, x: 'y'.repeat(70000) }`)).toBe('API-01')
    expect(await codeOf('status.get', 'undefined')).toBe('API-01')
    const passed = runtime.lot.calls.slice(before).filter((call) => call.name !== 'board.get')
    expect(passed).toEqual([])
  })

  it('works at 1024 x 600 without sideways scrolling on every screen', async () => {
    await setSize(studio, 1024, 600)
    for (const index of [0, 1, 2, 3, 4]) {
      await studio.page.locator('.nav .link').nth(index).click()
      await settled(studio.page)
      const wide = await inPage<string[]>(`[...document.querySelectorAll('body, body *')]
        .filter((e) => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
        .map((e) => e.className)`)
      expect(wide, `screen ${index}`).toEqual([])
    }
  })

  it('goes nowhere else: no navigation, no window, no file, no path out of the page folder', async () => {
    const before = studio.page.url()
    await goesNowhere(studio.app, ['https://127.0.0.1:9/', 'file:///etc/hostname'], (place) =>
      inPage(`void (location.href = '${place}')`),
    )
    expect(studio.page.url()).toBe(before)
    expect(await inPage(`window.open('app://ui/index.html') === null`)).toBe(true)
    expect(studio.app.windows()).toHaveLength(1)
    const statuses = await inPage<number[]>(`Promise.all(
      ['../main/main.mjs', '..%2Fmain%2Fmain.mjs', 'assets/%2e%2e/%2e%2e/main/main.mjs', 'none.js']
        .map((path) => fetch('app://ui/' + path).then((r) => r.status)))`)
    expect(statuses).toEqual([404, 404, 404, 404])
  })
})

describe('a window that fills the screen', () => {
  const dir = tempFolder()
  let runtime: ScriptedRuntime

  beforeAll(async () => {
    runtime = await startScripted(dir)
  })
  afterAll(async () => {
    await runtime.close()
    removeFolder(dir)
  })

  const seen = ({ app, page }: Studio) =>
    app
      .evaluate(({ BrowserWindow, screen }) => {
        const [window] = BrowserWindow.getAllWindows()
        return {
          kiosk: window?.isKiosk(),
          menu: window?.isMenuBarVisible(),
          window: window?.getBounds(),
          screen: screen.getPrimaryDisplay().bounds,
        }
      })
      .then(async (outside) => ({
        ...outside,
        page: await page.evaluate(() => ({ width: innerWidth, height: innerHeight })),
      }))

  it('has no menu and no edge, with --kiosk alone', async () => {
    const kiosk = await startStudio({ dir, args: ['--attach', dir, '--kiosk'] })
    await kiosk.page.locator('[data-test="open"]').waitFor()
    const { kiosk: is, menu, window, screen, page } = await seen(kiosk)
    expect({ is, menu, at: [window?.x, window?.y] }).toEqual({ is: true, menu: false, at: [0, 0] })
    // Without a window manager Chromium leaves out the last row and column of a screen.
    for (const { width, height } of [window ?? page, page])
      expect([screen.width - width, screen.height - height].filter((n) => n > 1)).toEqual([])
    await kiosk.page.screenshot({ path: join(shotsDir, 'kiosk.png') })
    await kiosk.close()
    const usual = await startStudio({ dir, args: ['--attach', dir] })
    expect(await seen(usual)).toMatchObject({ kiosk: false, menu: true })
    await usual.close()
  })
})

describe('a second page, which nobody thought of', () => {
  const dir = tempFolder()
  let runtime: ScriptedRuntime
  let studio: Studio
  /** Evaluates in a window without any handlers of its own, in its own session. */
  const inSecond = <T>(expression: string): Promise<T> =>
    studio.app.evaluate(async ({ BrowserWindow }, code) => {
      const url = 'data:text/html,<title>second</title><a id=a>a</a>'
      const found = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL() === url)
      const second =
        found ?? new BrowserWindow({ show: false, webPreferences: { partition: 'second' } })
      if (found === undefined) await second.loadURL(url)
      return (await second.webContents.executeJavaScript(code, true)) as unknown
    }, expression) as Promise<T>

  beforeAll(async () => {
    runtime = await startScripted(dir)
    studio = await startStudio({ dir, args: ['--attach', dir] })
  })
  afterAll(async () => {
    await studio.close()
    await runtime.close()
    removeFolder(dir)
  })

  it('opens no window and goes nowhere', async () => {
    const count = () =>
      studio.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
    expect(await inSecond('document.title')).toBe('second')
    const before = await count()
    expect(await inSecond(`window.open('app://ui/index.html') === null`)).toBe(true)
    const places = ['app://ui/index.html', 'https://127.0.0.1:9/', 'file:///etc/hostname']
    await goesNowhere(studio.app, places, (place) =>
      inSecond(`void (document.getElementById('a').href = '${place}', a.click())`),
    )
    expect(await inSecond('location.protocol + document.title')).toBe('data:second')
    expect(await count()).toBe(before)
  })

  it('gets no permission, no embedded page and no download', async () => {
    expect(await inSecond('Notification.permission')).toBe('denied')
    expect(
      await inSecond(`navigator.permissions.query({ name: 'geolocation' }).then((p) => p.state)`),
    ).toBe('denied')
    const embedded = await studio.app.evaluate(async ({ BrowserWindow, webContents }) => {
      const third = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } })
      const asked = new Promise<boolean>((done) =>
        third.webContents.once('will-attach-webview', (event) => done(event.defaultPrevented)),
      )
      await third.loadURL('data:text/html,<webview src="data:text/html,inner"></webview>')
      const isRefused = await asked
      return { isRefused, kinds: webContents.getAllWebContents().map((one) => one.getType()) }
    })
    expect(embedded.isRefused).toBe(true)
    expect(embedded.kinds).not.toContain('webview')
    const state = await studio.app.evaluate(async ({ session }) => {
      const own = session.fromPartition('second')
      const ended = new Promise<string>((done) =>
        own.on('will-download', (event, item) => {
          if (event.defaultPrevented) done('refused')
          else item.once('done', (_event, how) => done(how))
        }),
      )
      own.downloadURL('data:text/plain,taken')
      return await ended
    })
    expect(state).toBe('refused')
  })

  it('while our own page still saves what it made', async () => {
    const saved = studio.app.evaluate(
      ({ session }) =>
        new Promise<boolean>((done) =>
          session.defaultSession.once('will-download', (event, item) => {
            done(!event.defaultPrevented)
            item.cancel()
          }),
        ),
    )
    await studio.page.evaluate(`{
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(['x']))
      link.download = 'x.txt'
      link.click()
    }`)
    expect(await saved).toBe(true)
  })
})

interface Spawned {
  readonly child: ChildProcess
  readonly ready: Promise<string>
}

function run(args: readonly string[], dir: string): Spawned {
  const child = spawn(process.execPath, [etcLane, ...args], { env: studioEnv(dir), cwd: root })
  const ready = new Promise<string>((done, fail) => {
    let text = ''
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8')
      if (text.includes('\n')) done(text)
    })
    child.once('exit', (code) => fail(new Error(`ended with ${code}: ${text}`)))
  })
  return { child, ready }
}

async function stop({ child }: Spawned): Promise<void> {
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  await gone
}

describe('a runtime that already runs', () => {
  const dir = tempFolder()
  const data = join(dir, 'data')

  afterAll(() => removeFolder(dir))

  it('is attached to, outlives the window, and is found again after its restart', async () => {
    const lot = [
      ...['lot', 'init', '--data', data, '--layout', '7.1.1', '--mode', 'demo'],
      ...['--charge', 'card', '--offline', 'other-payment'],
      ...['--rsu', 'exit=tcp://127.0.0.1:9?variant=generic-ver'],
      ...['--barrier', 'exit=tcp://127.0.0.1:9', '--barrier', 'entry=tcp://127.0.0.1:9'],
      ...['--camera', 'exit=push:hikvision', '--camera', 'entry=push:hikvision'],
    ]
    execFileSync(process.execPath, [etcLane, ...lot], { env: studioEnv(dir), cwd: root })
    let runtime = run(['run', '--data', data], dir)
    await runtime.ready
    const studio = await startStudio({ dir, args: ['--data', data] })
    const { page } = studio
    await page.locator('[data-test="open"]').waitFor()
    const board = await callOk<BoardView>(page, 'board.get')
    expect(board.lanes.map((lane) => lane.laneId).sort()).toEqual(['entry', 'exit'])
    const runFile = JSON.parse(readFileSync(join(data, 'run', 'runtime.json'), 'utf8')) as {
      pid: number
    }
    await stop(runtime)
    await page.locator('[data-test="notice"]').waitFor()
    expect(await page.locator('[data-test="notice"]').innerText()).toContain('车道没有在运行')
    runtime = run(['run', '--data', data], dir)
    await runtime.ready
    await page.locator('[data-test="notice"]').waitFor({ state: 'hidden' })
    const again = JSON.parse(readFileSync(join(data, 'run', 'runtime.json'), 'utf8')) as {
      pid: number
    }
    expect(again.pid).not.toBe(runFile.pid)
    await studio.close()
    expect(runtime.child.exitCode).toBeNull()
    await stop(runtime)
    expect(existsSync(join(data, 'run', 'runtime.json'))).toBe(false)
  })
})

const nobody = 65_534
const canBecome = process.getuid?.() === 0 && process.platform === 'linux'

/** Makes hard links where the disk allows it, else copies. */
function copyTree(from: string, to: string): void {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' })
  } catch {
    // Hard links do not cross file systems.
    rmSync(to, { recursive: true, force: true })
    execFileSync('cp', ['-a', from, to])
  }
}

/** The built app in a place that any user can read: a checkout may be inside a private folder. */
function openApp(to: string): { binary: string; app: string } {
  mkdirSync(to, { mode: 0o755 })
  chmodSync(to, 0o755)
  copyTree(dirname(electronBinary), join(to, 'electron'))
  const app = join(to, 'app')
  mkdirSync(app)
  copyTree(join(root, 'dist'), join(app, 'dist'))
  copyFileSync(join(root, 'package.json'), join(app, 'package.json'))
  return { binary: join(to, 'electron', basename(electronBinary)), app }
}

describe('an ordinary user', () => {
  it.skipIf(process.platform !== 'linux')('starts the window without --no-sandbox', async () => {
    const dir = openTempFolder()
    const env = studioEnv(dir)
    mkdirSync(join(dir, 'config'), { recursive: true })
    const ids = canBecome ? { uid: nobody, gid: nobody } : {}
    // The screen belongs to the user who started the test, so the other user gets its access key.
    const screenKey = join(dir, 'home', '.Xauthority')
    const ownKey = env['XAUTHORITY']
    if (ownKey !== undefined) copyFileSync(ownKey, screenKey)
    if (canBecome) {
      if (ownKey !== undefined) chownSync(screenKey, nobody, nobody)
      for (const folder of [dir, join(dir, 'home'), join(dir, 'config')]) {
        chownSync(folder, nobody, nobody)
        chmodSync(folder, 0o700)
      }
    }
    const publicDir = `${dir}-app`
    const { binary, app } = openApp(publicDir)
    // --attach: only the window is tested here, and it must start without any runtime.
    const child = spawn(binary, ['--enable-logging=stderr', app, '--attach', dir], {
      ...ids,
      env: {
        ...env,
        HOME: join(dir, 'home'),
        XDG_CONFIG_HOME: join(dir, 'config'),
        // The caller's TMPDIR may be unreachable.
        TMPDIR: dir,
        ...(ownKey === undefined ? {} : { XAUTHORITY: screenKey }),
      },
      cwd: dir,
    })
    const gone = new Promise<number | null>((done) => child.once('exit', done))
    const renderer = (): string | undefined => {
      const list = execFileSync('ps', ['-eo', 'pid,ppid,uid,args'], { encoding: 'utf8' })
      return list.split('\n').find((row) => row.includes('--type=renderer') && row.includes(dir))
    }
    await eventually(renderer).toBeDefined()
    const row = renderer() ?? ''
    expect(row).not.toContain('--no-sandbox')
    expect(Number(row.trim().split(/\s+/)[2])).toBe(canBecome ? nobody : process.getuid?.())
    expect(child.exitCode).toBeNull()
    child.kill('SIGTERM')
    await gone
    removeFolder(dir)
    removeFolder(publicDir)
  })
})
