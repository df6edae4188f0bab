// The window: sandboxed, isolated, one page of our own, and no way out of it.
// Permissions, navigation, new windows and embedded pages are all refused, whatever asks.
import { BrowserWindow, nativeTheme, session } from 'electron'
import { appOrigin, startPage } from './app-protocol.ts'

/** Sizes of ui.md section 7; the smallest still works without sideways scrolling. */
const size = { width: 1366, height: 768, minWidth: 1024, minHeight: 600 }

export function lockSession(): void {
  const own = session.defaultSession
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  // Nothing of the page's traffic leaves this machine.
  own.webRequest.onBeforeRequest((details, answer) => {
    const ours = /^(app|devtools|data|blob):/.test(details.url)
    answer({ cancel: !ours })
  })
}

export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    ...size,
    useContentSize: true,
    title: 'ETC Lane Studio',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14181d' : '#f4f5f7',
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault()
  })
  webContents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !event.url.startsWith(`${appOrigin}/`)) event.preventDefault()
  })
  webContents.on('will-redirect', (event) => event.preventDefault())
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  void window.loadURL(startPage)
  return window
}
