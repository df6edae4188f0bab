// A byte link to a USB printer class device. Linux: its device file, without waiting, because it accepts nothing
// without paper. Windows: a shared spooler queue, which prints what one opening wrote and answers nothing.
import { type DownText, systemText } from '#base/pure/words/notes.ts'
import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { ByteLink, ByteLinkHandlers } from '../ports/byte-link.ts'

/** Interval in ms for trying a file again that has no data or accepts none. */
const againMs = 50
/** Limit of unsent bytes. A receipt is 2 kB, so the printer has not taken many of them. */
const sendQueueBytesMax = 65_536
const readBytes = 256

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, againMs).unref())

/** One opening of the printer; `read` is null when it is write-only. */
interface LpPort {
  write(bytes: Uint8Array): Promise<void>
  readonly read: (() => Promise<Uint8Array | 'never'>) | null
  close(): Promise<void>
}

/** Error codes of the kernel for a write-only printer. */
const unreadable: readonly string[] = ['EINVAL', 'EOPNOTSUPP', 'EBADF']

async function devicePort(path: string, isOver: () => boolean): Promise<LpPort> {
  const { O_RDWR, O_NONBLOCK, O_NOCTTY } = constants
  const file: FileHandle = await open(path, O_RDWR | O_NONBLOCK | O_NOCTTY)
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length && !isOver();) {
        try {
          at += (await file.write(bytes, at)).bytesWritten
        } catch (error) {
          if (codeOf(error) !== 'EAGAIN') throw error
          await pause()
        }
      }
    },
    async read() {
      const chunk = new Uint8Array(readBytes)
      try {
        const { bytesRead } = await file.read(chunk, 0, readBytes)
        if (bytesRead > 0) return chunk.slice(0, bytesRead)
      } catch (error) {
        if (unreadable.includes(codeOf(error))) return 'never'
        if (codeOf(error) !== 'EAGAIN') throw error
      }
      await pause()
      return new Uint8Array()
    },
    close: () => file.close(),
  }
}

/** One opening is one print job. */
const queuePort = (path: string): LpPort => ({
  async write(bytes) {
    const file = await open(path, 'w')
    try {
      await file.write(bytes)
    } finally {
      await file.close()
    }
  },
  read: null,
  close: () => Promise.resolve(),
})

export function openLpLink(
  path: string,
  handlers: ByteLinkHandlers,
  platform: NodeJS.Platform = process.platform,
): ByteLink {
  const counts = { bytesIn: 0, bytesOut: 0 }
  let queued = 0
  let isOver = false
  let port: LpPort | null = null
  let sending: Promise<void> = Promise.resolve()
  const end = (reason: DownText): void => {
    if (isOver) return
    isOver = true
    const down = (): void => handlers.down(reason)
    if (port === null) down()
    else port.close().then(down, down)
  }
  const failed = (error: unknown): void => end(systemText(error))
  const listen = async ({ read }: LpPort): Promise<void> => {
    while (read !== null && !isOver) {
      const chunk = await read()
      if (chunk === 'never') return
      if (chunk.length === 0 || isOver) continue
      counts.bytesIn += chunk.length
      handlers.bytes(chunk)
    }
  }
  const opening =
    platform === 'win32' ? Promise.resolve(queuePort(path)) : devicePort(path, () => isOver)
  opening
    .then((made) => {
      if (isOver) return made.close()
      port = made
      handlers.up()
      return listen(made)
    })
    .catch(failed)
  return Object.assign(counts, {
    send(bytes: Uint8Array) {
      if (isOver || port === null) return
      const { write } = port
      queued += bytes.length
      if (queued > sendQueueBytesMax) {
        setImmediate(() => end('takesNoBytes'))
        return
      }
      sending = sending
        .then(async () => {
          if (isOver) return
          await write(bytes)
          queued -= bytes.length
          counts.bytesOut += bytes.length
        })
        .catch(failed)
    },
    close() {
      setImmediate(() => end('closedHere'))
    },
  })
}
