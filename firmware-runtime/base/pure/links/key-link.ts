// Links to scanners that type taken apart: `evdev:/dev/input/...`, an event device of Linux.
// Pure, so that the check of a lot file and the opener of a link cannot disagree.
import { LaneFault } from '../faults/faults.ts'

const shape = /^evdev:(\/dev\/input\/[\w.:@+/-]{1,200})(?:\?[\w=&./-]*)?$/

export const isKeyLink = (url: string): boolean => url.startsWith('evdev:')

/** The event device; one by its lasting name is best, `/dev/input/by-id/...-event-kbd`. */
export function parseKeyLink(url: string, field = ''): string {
  const [, path] = shape.exec(url) ?? []
  if (path !== undefined && !path.includes('..')) return path
  const note = 'evdev:/dev/input/by-id/NAME-event-kbd'
  throw new LaneFault('LOT-03', { field, value: url.slice(0, 200), note })
}
