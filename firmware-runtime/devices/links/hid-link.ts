// A byte link over a HID device: each input report is one whole chunk; output is sent as feature reports.
// node-hid is loaded at the first opening: without its native module only HID links fail.
import { asTurn } from '#base/pure/faults/whole-turn.ts'
import { type DownText, systemText } from '#base/pure/words/notes.ts'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ByteLink, ByteLinkHandlers } from '../ports/byte-link.ts'
import type { HidTarget } from '#base/pure/links/hid-link.ts'

/** The used part of an opened HID device. */
interface HidDeviceLike {
  /** Its report descriptor; null when the system does not show it. */
  readonly descriptor: Uint8Array | null
  on(event: 'data', listener: (report: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  feature(report: Uint8Array): Promise<unknown>
  close(): unknown
}

export type HidOpener = (target: HidTarget) => Promise<HidDeviceLike>

/** Bar code scanners: usage page 0x8C of the HID usage tables. */
const posPage = 0x8c

/** Linux shows it beside the device; node-hid has no call for it, and Windows shows it only to drivers. */
async function descriptorOf(path: string): Promise<Uint8Array | null> {
  if (!path.startsWith('/dev/hidraw')) return null
  try {
    return await readFile(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

/** Opens the scanner's collection of the device; a keyboard of the same device is never opened. */
export const nativeHid: HidOpener = async ({ vendorId, productId, serial }) => {
  const { devicesAsync, HIDAsync } = await import('node-hid')
  const all = await devicesAsync(vendorId, productId)
  const own = all.filter(({ serialNumber }) => serial === null || serialNumber === serial)
  const found = own.find(({ usagePage }) => usagePage === posPage)
  if (found?.path === undefined)
    throw new Error(own.length === 0 ? 'no such device' : 'it has no collection of scanners')
  const { path } = found
  const device = await HIDAsync.open(path)
  return {
    descriptor: await descriptorOf(path),
    on: (event, listener) => device.on(event, asTurn(listener)),
    feature: (report) => device.sendFeatureReport(Buffer.from(report)),
    close: () => device.close(),
  }
}

export function openHidLink(
  target: HidTarget,
  handlers: ByteLinkHandlers,
  open: HidOpener = nativeHid,
): ByteLink {
  const counts = { bytesIn: 0, bytesOut: 0 }
  let device: HidDeviceLike | null = null
  let isOver = false
  const end = (reason: DownText): void => {
    if (isOver) return
    isOver = true
    device?.close()
    handlers.down(reason)
  }
  open(target).then(
    (made) => {
      if (isOver) return made.close()
      device = made
      made.on('data', (report) => {
        if (isOver) return
        counts.bytesIn += report.length
        handlers.bytes(report)
      })
      made.on('error', (error) => end(systemText(error)))
      return handlers.up(made.descriptor ?? undefined)
    },
    (error: unknown) => end(systemText(error)),
  )
  return Object.assign(counts, {
    send(bytes: Uint8Array) {
      counts.bytesOut += bytes.length
      device?.feature(bytes).catch((error: unknown) => end(systemText(error)))
    },
    close() {
      setImmediate(() => end('closedHere'))
    },
  })
}
