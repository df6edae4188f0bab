// The size of a page in its window. A large window shows everything larger instead of more, so that text and buttons keep
// their size for a person who looks at the whole screen; beside that a person may choose larger or smaller.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow } from 'electron'

/** Window for which the pages are drawn at their plain size; a page twice as large has all lengths twice. */
const plain = { width: 1920, height: 1080 }
const ownMax = 6

/** In steps of a quarter, which keep lines of one pixel sharp. */
export function scaleOf(width: number, height: number, own: number): number {
  const fit = Math.min(width / plain.width, height / plain.height)
  return Math.max(1, Math.floor(fit * 4) / 4) * 1.1 ** own
}

/** A file that is missing, damaged or of another kind counts as no choice. */
function ownIn(file: string): number {
  const own = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return Number.isInteger(own) && Math.abs(own) <= ownMax ? own : 0
}

export class WindowScale {
  private own: number
  private readonly window: BrowserWindow
  private readonly file: string

  constructor(window: BrowserWindow, file: string) {
    this.window = window
    this.file = file
    this.own = ownIn(file)
    const apply = (): void => this.#apply()
    window.on('resize', apply)
    window.webContents.on('did-navigate', apply)
    window.once('ready-to-show', apply)
  }

  /** Steps larger (positive) or smaller than now; null: back to the size that the window gives. */
  change(steps: number | null): void {
    const own = steps === null ? 0 : this.own + steps
    this.own = Math.min(ownMax, Math.max(-ownMax, own))
    writeFileSync(this.file, String(this.own))
    this.#apply()
  }

  #apply(): void {
    const [width = 0, height = 0] = this.window.getContentSize()
    this.window.webContents.setZoomFactor(scaleOf(width, height, this.own))
  }
}
