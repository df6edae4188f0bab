// The window: sandboxed, isolated, with our own page alone and no way out of it.
// Restrictions for all pages are in contents-guard.ts; this file configures the window.
import { BrowserWindow, nativeTheme, screen, session } from 'electron'
import { startPage } from './app-protocol.ts'
import { inBackground } from './background.ts'

/** Sizes of ui.md section 7; the smallest one works without scrolling sideways. */
const size = { width: 1366, height: 768, minWidth: 1024, minHeight: 600 }

export function lockSession(): void {
  const own = session.defaultSession
  // Blocks all network requests of the page.
  own.webRequest.onBeforeRequest((details, answer) => {
    const ours = /^(app|devtools|data|blob):/.test(details.url)
    answer({ cancel: !ours })
  })
}

export function openWindow(preload: string, kiosk: boolean): BrowserWindow {
  const window = new BrowserWindow({
    // A lane computer may have no window manager to make the window full-screen.
    ...(kiosk ? screen.getPrimaryDisplay().bounds : size),
    frame: !kiosk,
    useContentSize: true,
    title: 'ETC Lane Studio',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14181d' : '#f4f5f7',
    show: false,
    kiosk,
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
  window.once('ready-to-show', () => window.show())
  inBackground('page', window.loadURL(startPage))
  return window
}
