// The window: sandboxed, isolated, one page of our own, and no way out of it.
// What every page is refused stands in contents-guard.ts; here is what this one is made of.
import { BrowserWindow, nativeTheme, screen, session } from 'electron'
import { startPage } from './app-protocol.ts'

/** Sizes of ui.md section 7; the smallest still works without sideways scrolling. */
const size = { width: 1366, height: 768, minWidth: 1024, minHeight: 600 }

export function lockSession(): void {
  const own = session.defaultSession
  // Nothing of the page's traffic leaves this machine.
  own.webRequest.onBeforeRequest((details, answer) => {
    const ours = /^(app|devtools|data|blob):/.test(details.url)
    answer({ cancel: !ours })
  })
}

export function openWindow(preload: string, kiosk: boolean): BrowserWindow {
  const window = new BrowserWindow({
    // A lane computer may have no window manager that would make it fill the screen.
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
  void window.loadURL(startPage)
  return window
}
