// The tray icon of a real lot that goes on after its window was closed.
// Created once; the icon, a simple barrier, is drawn here and needs no file.
import { Menu, nativeImage, Tray, type NativeImage } from 'electron'
import { texts } from './texts.ts'

const side = 32
let tray: Tray | null = null

/** A raised boom beside its post, white on blue. */
function icon(): NativeImage {
  const bitmap = Buffer.alloc(side * side * 4)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const post = x >= 22 && x < 26 && y >= 14 && y < 28
      const boom = y >= 6 && y < 26 && Math.abs(x - 4 - (26 - y)) < 3 && x < 26
      const white = post || boom
      bitmap.set(white ? [255, 255, 255, 255] : [168, 87, 31, 255], (y * side + x) * 4)
    }
  }
  return nativeImage.createFromBitmap(bitmap, { width: side, height: side })
}

export function showTray(open: () => void, quit: () => void): void {
  if (tray !== null) return
  tray = new Tray(icon())
  tray.setToolTip(texts.trayTip)
  tray.on('click', open)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: texts.trayOpen, click: open },
      { type: 'separator' },
      { label: texts.trayQuit, click: quit },
    ]),
  )
}
