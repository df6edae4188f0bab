// Studio's main process: one window, one runtime link, no access to devices.
// Attaches to a runtime that already runs for the data folder, else hosts one in a utility process.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, ipcMain, powerSaveBlocker, session, shell } from 'electron'
import { atLoginChannel, hideChannel, setAtLoginChannel } from '#runtime/api/desktop.ts'
import { pickChannel } from '#runtime/api/pick.ts'
import { savesChannel } from '#runtime/api/saves.ts'
import {
  carriedChannel,
  carryChannel,
  centreDemoChannel,
  knownChannel,
  fetchBackChannel,
  lookChannel,
  nearbyChannel,
  restoreChannel,
  startChannel,
  stopCarryChannel,
  type CarryAnswer,
  type RestoreAnswer,
  type StartChoice,
} from '#runtime/api/start.ts'
import type { HostMessage, HostMode } from '#runtime/api/messages.ts'
import { registerScheme, serveApp } from './app-protocol.ts'
import { argumentsAtLogin, readArguments, refusedSwitch } from './arguments.ts'
import { opensAtLogin, setOpensAtLogin, type LoginSystem } from './at-login.ts'
import { AttachedRuntime, findRuntime, isAnswering } from './attached-runtime.ts'
import { endsNow, inBackground } from './background.ts'
import { buildOf } from './build.ts'
import { carryQueue } from './carry-queue.ts'
import { CentreDemo } from './centre-demo.ts'
import { decideClose, decideLeave } from './closing.ts'
import { guardAll } from './contents-guard.ts'
import { handOver } from './hand-over.ts'
import { hostMode } from './host-mode.ts'
import { HostedRuntime, modeAfter } from './hosted-runtime.ts'
import { isOurs, serveWindow } from './ipc.ts'
import { KnownLots } from './known-lots.ts'
import { nearbyLots } from './nearby-lots.ts'
import { FileSaves } from './file-saves.ts'
import { pickPath } from './pick-path.ts'
import { printingLink } from './printing-link.ts'
import { ReportWindow } from './report-window.ts'
import { setMenu, showsAtLogin } from './menu.ts'
import { programFolder } from './program-folder.ts'
import { fetchRows, lookAtServer, restoreLot } from './restore-lot.ts'
import type { RuntimeLink } from './runtime-link.ts'
import { StartLink } from './start-link.ts'
import { beginsWithPage, choose, setupFolder } from './start-page.ts'
import { texts } from './texts.ts'
import { showTray } from './tray.ts'
import { runUtility, startUtility } from './utility-child.ts'
import { lockSession, openWindow } from './window.ts'
import { WindowScale } from './window-scale.ts'

const dist = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = programFolder(dist, app.getPath('exe'))
/** The bundled lane program, for utility processes. */
const bundle = join(program, 'main.mjs')
const studioArguments = readArguments(process.argv.slice(1), process.cwd())
const build = buildOf({
  isPackaged: app.isPackaged,
  appPath: app.getAppPath(),
  electronKind: process.env['ETC_LANE_ELECTRON_KIND'],
})

interface Wanted {
  readonly workbench: boolean
  readonly demo: boolean
  readonly setup?: boolean
  /** Layout of a new demo; absent: the usual enclosed one. */
  readonly layout?: string
}

/** Its street has sensors and both kinds of cameras, a patrol car, a handheld and a gantry. */
const streetDemo = '7.2.5'

/** From a checkout the program needs the application's folder as an argument; a package does not. */
const loginSystem = (): LoginSystem => ({
  platform: process.platform,
  home: app.getPath('home'),
  program: process.execPath,
  args: [...(app.isPackaged ? [] : [app.getAppPath()]), ...argumentsAtLogin(studioArguments)],
  getLoginItem: (args) => app.getLoginItemSettings({ args }).openAtLogin,
  setLoginItem: (openAtLogin, args) => app.setLoginItemSettings({ openAtLogin, args }),
})

let keepsAwake = false
/** Keeps the machine from sleeping, which would stop the lanes. */
function keepAwake(): void {
  if (!keepsAwake) powerSaveBlocker.start('prevent-app-suspension')
  keepsAwake = true
}

const isServed = async (dataDir: string): Promise<boolean> => {
  const found = findRuntime(dataDir)
  return found !== null && (await isAnswering(found))
}

/** The service of this computer takes over the lanes: the window shows those. */
const toService = (link: StartLink, dataDir: string, ended: RuntimeLink): Promise<void> =>
  handOver(link, {
    ended,
    attached: new AttachedRuntime(dataDir),
    answers: () => isServed(dataDir),
    host: () => linkTo(dataDir, { workbench: false, demo: false }, link),
    reload() {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.reload()
    },
    failed() {
      const { noService: message, noServiceWhy: detail } = texts
      inBackground('service', dialog.showMessageBox({ type: 'error', message, detail }))
    },
  })

async function linkTo(dataDir: string, wanted: Wanted, link: StartLink): Promise<RuntimeLink> {
  if (studioArguments.attachOnly) return new AttachedRuntime(dataDir)
  const { workbench, demo, setup = false, layout } = wanted
  if (!workbench && !setup && (await isServed(dataDir))) return new AttachedRuntime(dataDir)
  const own = hostMode(dataDir, demo)
  let mode: HostMode = setup ? 'setup' : workbench ? 'bench' : own
  const hosted = new HostedRuntime(
    (ended) => {
      if (mode === 'run') keepAwake()
      const { forTests } = build
      const made = layout === undefined ? {} : { layout }
      const host: HostMessage = { type: 'host', dataDir, mode, forTests, ...made }
      return startUtility(bundle, host, (code) => {
        mode = modeAfter(code, mode, own)
        ended(code)
      })
    },
    () => inBackground('service', toService(link, dataDir, hosted)),
  )
  return hosted
}

/** The start page: nothing runs until one of its rows is chosen. The demo has its own folder. */
function startPage(demoDir: string): StartLink {
  const link = new StartLink()
  const home = app.getPath('userData')
  const lots = new KnownLots(join(home, 'lots.json'))
  const acts = {
    async askFolder(): Promise<string | null> {
      const { filePaths } = await dialog.showOpenDialog({
        title: texts.openTitle,
        properties: ['openDirectory'],
      })
      return filePaths[0] ?? null
    },
    known: () => lots.list(),
    setupDir: () =>
      studioArguments.dataDir !== null && beginsWithPage(studioArguments)
        ? studioArguments.dataDir
        : setupFolder(home),
    linkTo(what: StartChoice, dir: string) {
      const isLot = what === 'open' || what === 'setup'
      if (isLot) lots.remember(dir)
      const wanted = { workbench: what === 'device', demo: !isLot, setup: what === 'setup' }
      if (what === 'street')
        return linkTo(join(home, 'demo-street'), { ...wanted, layout: streetDemo }, link)
      return linkTo(isLot ? dir : demoDir, wanted, link)
    },
  }
  ipcMain.handle(startChannel, (event, what: unknown, dir: unknown) =>
    isOurs(event) ? choose(link, { what, dir }, acts) : { state: 'cancelled', dir: '' },
  )
  ipcMain.handle(knownChannel, (event) => (isOurs(event) ? lots.list() : []))
  ipcMain.handle(nearbyChannel, (event) =>
    isOurs(event) ? nearbyLots((args) => runUtility(bundle, args)) : null,
  )
  const centre = new CentreDemo({
    dir: join(home, 'centre-demo'),
    run: (args, onLine) => runUtility(bundle, args, { onLine, hasSims: true }),
    open: (url) => shell.openExternal(url),
  })
  ipcMain.handle(centreDemoChannel, (event) => (isOurs(event) ? centre.show() : null))
  let restoredDir: string | null = null
  ipcMain.handle(fetchBackChannel, (event, wish: unknown) =>
    isOurs(event) ? fetchRows(wish, restoredDir, (args) => runUtility(bundle, args)) : null,
  )
  ipcMain.handle(restoreChannel, async (event, wish: unknown): Promise<RestoreAnswer | null> => {
    if (!isOurs(event) || link.hasBegun) return null
    const dir = acts.setupDir()
    const answer = await restoreLot(wish, dir, (args) => runUtility(bundle, args))
    restoredDir = answer.ok ? dir : null
    // An interrupted restore may have written the lot; without a lot.json the list does not show it.
    lots.remember(dir)
    return answer
  })
  ipcMain.handle(lookChannel, (event, to: unknown) =>
    isOurs(event) ? lookAtServer(to, (args) => runUtility(bundle, args)) : null,
  )
  serveCarrying(join(home, 'carried'))
  return link
}

/** Sends the records of another machine. A new request stops the one in progress and waits for its end. */
function serveCarrying(folder: string): void {
  let carrying = new AbortController()
  let work: Promise<unknown> = Promise.resolve()
  ipcMain.handle(carryChannel, (event, wish: unknown): Promise<CarryAnswer> | null => {
    if (!isOurs(event)) return null
    carrying.abort()
    carrying = new AbortController()
    const { signal: stopped } = carrying
    const { sender } = event
    const answer = work.then(() =>
      carryQueue(wish, {
        newFolder: () => join(folder, new Date().toISOString().replaceAll(/\D/g, '')),
        run: (args, onLine) => runUtility(bundle, args, { onLine, stopped }),
        onProgress(progress) {
          if (!sender.isDestroyed()) sender.send(carriedChannel, progress)
        },
        stopped,
      }),
    )
    work = answer.catch(() => undefined)
    return answer
  })
  ipcMain.handle(stopCarryChannel, (event) => {
    if (isOurs(event)) carrying.abort()
  })
}

async function askStop(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: texts.stopTitle,
    message: texts.stopMessage,
    detail: texts.stopDetail,
    buttons: [texts.stopStay, texts.stopLanes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

/** Called from the menu: ends what runs and shows the start page. */
async function toStartPage(window: BrowserWindow, link: StartLink): Promise<void> {
  if (!link.hasBegun) return
  const may = await decideLeave(link, {
    closeAnyway: (unsent) => askClose(window, unsent),
    stopLanes: () => askStop(window),
  })
  if (!may) return
  await link.leave()
  window.webContents.reload()
}

async function askClose(window: BrowserWindow, unsent: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: texts.closeTitle,
    message: texts.closeMessage(unsent),
    detail: texts.closeDetail,
    buttons: [texts.closeStay, texts.closeAnyway],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

function toTray(window: BrowserWindow): void {
  window.hide()
  showTray(
    () => window.show(),
    () => app.quit(),
  )
}

function keepClosing(window: BrowserWindow, link: RuntimeLink): void {
  let quitting = false
  let deciding = false
  let done = false
  const finish = async (): Promise<void> => {
    endsNow()
    await link.close()
    done = true
    app.quit()
  }
  const decide = async (): Promise<void> => {
    const closeAnyway = (unsent: number): Promise<boolean> => askClose(window, unsent)
    const choice = await decideClose(link, { closeAnyway, quitting })
    if (choice === 'end') return finish()
    quitting = false
    if (choice === 'tray') toTray(window)
  }
  app.on('before-quit', () => {
    quitting = true
  })
  // The system ends the session, so nobody can be asked: stop in good order.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => inBackground('closing', finish()))
  }
  // A page that closes its own window skips the question; the runtime still ends in good order.
  app.on('will-quit', (event) => {
    if (done) return
    event.preventDefault()
    inBackground('closing', finish())
  })
  window.on('close', (event) => {
    if (done) return
    event.preventDefault()
    if (deciding) return
    deciding = true
    const decided = decide().finally(() => {
      deciding = false
    })
    inBackground('closing', decided)
  })
}

async function start(): Promise<void> {
  await app.whenReady()
  const demoDir = join(app.getPath('userData'), 'demo')
  const saves = new FileSaves(() => {
    const { notSaved: message, notSavedWhy: detail } = texts
    inBackground('notSaved', dialog.showMessageBox({ type: 'error', message, detail }))
  })
  guardAll(saves)
  lockSession()
  serveApp(session.defaultSession, join(dist, 'renderer'))
  const link = startPage(demoDir)
  if (!beginsWithPage(studioArguments))
    link.begin(await linkTo(studioArguments.dataDir ?? demoDir, studioArguments, link))
  const printer = new ReportWindow(join(program, 'report'))
  serveWindow(printingLink(link, (html, stop) => printer.print(html, stop)))
  const window = openWindow(join(dist, 'preload', 'preload.cjs'), studioArguments.kiosk)
  const scale = new WindowScale(window, join(app.getPath('userData'), 'window-scale'))
  ipcMain.handle(pickChannel, (event, kind: unknown) =>
    isOurs(event) ? pickPath(kind, (options) => dialog.showOpenDialog(window, options)) : null,
  )
  ipcMain.handle(savesChannel, (event, url: unknown) =>
    isOurs(event) ? saves.ended(url) : 'cancelled',
  )
  const login = loginSystem()
  ipcMain.handle(atLoginChannel, (event) => isOurs(event) && opensAtLogin(login))
  ipcMain.handle(setAtLoginChannel, (event, open: unknown) => {
    if (!isOurs(event)) return false
    setOpensAtLogin(login, open === true)
    showsAtLogin(opensAtLogin(login))
    return opensAtLogin(login)
  })
  ipcMain.handle(hideChannel, (event) => {
    if (isOurs(event)) toTray(window)
  })
  setMenu(!app.isPackaged, {
    toStartPage: () => inBackground('startPage', toStartPage(window, link)),
    atLogin: opensAtLogin(login),
    setAtLogin: (open) => setOpensAtLogin(login, open),
    scale: (step) => scale.change(step),
  })
  keepClosing(window, link)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
}

registerScheme()
const hasSwitch = (name: string): boolean => app.commandLine.hasSwitch(name)
const refused = refusedSwitch(process.argv.slice(1), hasSwitch, build.release)
if (refused !== null) {
  process.stderr.write(texts.refused(refused))
  app.exit(2)
} else if (!app.requestSingleInstanceLock()) app.quit()
else inBackground('start', start())
