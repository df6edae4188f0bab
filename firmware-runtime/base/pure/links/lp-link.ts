// Links to printers of the printer class of USB taken apart: `usblp:/dev/usb/lp0`, or a shared queue of Windows.
// Pure, so that the check of a lot file and the opener of a link cannot disagree.
import { t } from '../words/fault-text.ts'
import { LaneFault } from '../faults/faults.ts'

const shape = /^usblp:(\/[^\s?]{1,200}|\\\\[^\s?\\]{1,80}\\[^\s?\\]{1,80})(?:\?[\w=&./-]*)?$/

export const isLpLink = (url: string): boolean => url.startsWith('usblp:')

/** Where it is opened: a device file, or `\\computer\queue`. */
export function parseLpLink(url: string, field = ''): string {
  const [, path] = shape.exec(url) ?? []
  if (path !== undefined) return path
  const note = t(
    'usblp:/dev/usb/lpN,Windows 上为 usblp:\\\\computer\\queue',
    'usblp:/dev/usb/lpN, or usblp:\\\\computer\\queue on Windows',
  )
  throw new LaneFault('LOT-03', { field, value: url.slice(0, 200), note })
}
