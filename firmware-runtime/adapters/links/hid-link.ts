// A byte link over a HID device: each input report is one chunk, whole.
// node-hid is loaded at the first opening: without its native part only HID links are out.
import type { ByteLink, ByteLinkHandlers } from '../../ports/byte-link.ts'
import type { HidTarget } from '../../core/values/hid-link.ts'

/** What this link uses of an opened HID device. */
interface HidDeviceLike {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  close(): unknown
}

export type HidOpener = (target: HidTarget) => Promise<HidDeviceLike>

/** Bar code scanners: usage page 0x8C of the HID usage tables. */
const posPage = 0x8c

/** Of its collections the one of scanners; a keyboard of the same device is never opened. */
export const nativeHid: HidOpener = async ({ vendorId, productId, serial }) => {
  const { devicesAsync, HIDAsync } = await import('node-hid')
  const all = await devicesAsync(vendorId, productId)
  const own = all.filter(({ serialNumber }) => serial === null || serialNumber === serial)
  const found = own.find(({ usagePage }) => usagePage === posPage)
  if (found?.path === undefined)
    throw new Error(own.length === 0 ? 'no such device' : 'it has no collection of scanners')
  return HIDAsync.open(found.path)
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function openHidLink(
  target: HidTarget,
  handlers: ByteLinkHandlers,
  open: HidOpener = nativeHid,
): ByteLink {
  let bytesIn = 0
  let device: HidDeviceLike | null = null
  let isOver = false
  const end = (reason: string): void => {
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
        bytesIn += report.length
        handlers.bytes(report)
      })
      made.on('error', (error) => end(textOf(error)))
      return handlers.up()
    },
    (error: unknown) => end(textOf(error)),
  )
  return {
    // A scanner is only listened to.
    send: () => undefined,
    close() {
      setImmediate(() => end('closed by the lane'))
    },
    get bytesIn() {
      return bytesIn
    },
    bytesOut: 0,
  }
}
