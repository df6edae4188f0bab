// A byte link over a serial port or a pty by its path.
// serialport is loaded at the first opening: without its native module only serial links fail.
import { type DownText, note, systemText } from '#base/pure/words/notes.ts'
import { existsSync } from 'node:fs'
import type { ByteLink, ByteLinkHandlers } from '../ports/byte-link.ts'
import type { SerialTarget } from '#base/pure/links/link-url.ts'

/** The used part of a serialport object; tests replace it. */
export interface SerialPortLike {
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'error' | 'close', listener: (error?: Error | null) => void): unknown
  open(done: (error: Error | null) => void): void
  close(done: (error: Error | null) => void): void
  write(bytes: Uint8Array): boolean
  readonly writableLength: number
  readonly isOpen: boolean
}

interface SerialOpenOptions {
  readonly path: string
  readonly baudRate: number
  readonly parity: 'none' | 'even' | 'odd'
  readonly dataBits: 7 | 8
  readonly stopBits: 1 | 2
  readonly autoOpen: false
  /** One master per port (lane-devices.md section 0): a second program gets an error, not bytes. */
  readonly lock: true
}

export type SerialPortMaker = (options: SerialOpenOptions) => Promise<SerialPortLike>

export const nativeSerialPort: SerialPortMaker = async (options) => {
  const { SerialPort } = await import('serialport')
  return new SerialPort(options)
}

/** At 9600 baud over a minute of sending: the device accepts nothing. */
const sendQueueBytesMax = 65_536
/** An adapter unplugged between two reads is sometimes not reported: its path is checked. */
const lookMs = 1_000

/** Longest wait in ms for a closing port: a system may hold it until written bytes are sent. */
const closeWithinMs = 1_000

/** Closing ports of this program: the next opening of the same path waits for them. */
const closing = new Map<string, Promise<void>>()

/** Closes the port and calls `act` when it is free, also after an error. */
function closed(path: string, port: SerialPortLike, act: () => void): void {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isFree = false
  const free = (): void => {
    if (isFree) return
    isFree = true
    clearTimeout(late)
    if (closing.get(path) === promise) closing.delete(path)
    resolve()
    act()
  }
  const late = setTimeout(free, closeWithinMs).unref()
  closing.set(path, promise)
  port.close(free)
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Opens the port after this program's former port on the same path has closed. */
async function nextPort(target: SerialTarget, makePort: SerialPortMaker): Promise<SerialPortLike> {
  const { path, baud, parity, dataBits, stopBits } = target
  // A link closed in this loop turn registers its closing port in the next one.
  await new Promise((resolve) => setImmediate(resolve))
  await closing.get(path)
  return makePort({ path, baudRate: baud, parity, dataBits, stopBits, autoOpen: false, lock: true })
}

export function openSerialLink(
  target: SerialTarget,
  handlers: ByteLinkHandlers,
  makePort: SerialPortMaker = nativeSerialPort,
): ByteLink {
  const { path } = target
  const counts = { bytesIn: 0, bytesOut: 0 }
  let ended = false
  let port: SerialPortLike | null = null
  let look: NodeJS.Timeout | undefined
  const end = (reason: DownText): void => {
    if (ended) return
    ended = true
    clearInterval(look)
    if (port?.isOpen !== true) {
      handlers.down(reason)
      return
    }
    // Called when the port is free, so that the caller can reopen it or release it to another program.
    closed(path, port, () => handlers.down(reason))
  }
  const opened = (made: SerialPortLike, error: Error | null): void => {
    if (error !== null) end(systemText(error))
    else if (ended) closed(path, made, () => undefined)
    else {
      look = setInterval(() => {
        if (path.startsWith('/') && !existsSync(path)) end('portAway')
      }, lookMs)
      look.unref()
      handlers.up()
    }
  }
  nextPort(target, makePort).then(
    (made) => {
      if (ended) return
      port = made
      made.on('data', (chunk) => {
        if (ended) return
        counts.bytesIn += chunk.length
        handlers.bytes(chunk)
      })
      made.on('error', (error) => end(systemText(error)))
      made.on('close', (error) => end(error ? systemText(error) : 'portAway'))
      made.open((error) => opened(made, error))
    },
    (error: unknown) => end(note('noSerialPorts', textOf(error))),
  )
  // `down` is called in a later loop turn than `send` or `close`, so that the caller is not re-entered.
  return Object.assign(counts, {
    send(bytes: Uint8Array) {
      if (ended || port?.isOpen !== true) return
      if (port.writableLength + bytes.length > sendQueueBytesMax) {
        setImmediate(() => end('takesNoBytes'))
        return
      }
      counts.bytesOut += bytes.length
      port.write(bytes)
    },
    close() {
      if (!ended) setImmediate(() => end('closedHere'))
    },
  })
}
