// The store of a simulator: an append-only file of JSON lines that survives kill -9.
// Runs are judged by it, so an effect is visible only after its row is synced.
import { closeSync, fdatasync, ftruncateSync, openSync, readFileSync, write } from 'node:fs'
import { LaneFault } from '#base/pure/faults/faults.ts'

interface StoreWriter {
  /** Queues a row; the promise settles when it is on disk. Rows keep their order. */
  append(row: unknown): Promise<void>
  /** Settles when everything appended so far is on disk; null when nothing is waiting. */
  settled(): Promise<void> | null
  close(): Promise<void>
}

export interface OpenedStore {
  readonly writer: StoreWriter
  /** Rows found in the file, oldest first. */
  readonly rows: readonly unknown[]
  /** Bytes of a torn last line that were cut off: a write that a kill interrupted. */
  readonly tornBytes: number
}

interface StoreContext {
  readonly store: OpenedStore
  readonly args: { readonly storeFile: string | null }
}

/** Complete rows of a store file and where they end. Only a bad last line counts as a torn write. */
function readRows(bytes: Uint8Array, file: string): { rows: unknown[]; end: number } {
  const rows: unknown[] = []
  const decoder = new TextDecoder()
  let start = 0
  for (;;) {
    const newline = bytes.indexOf(0x0a, start)
    if (newline < 0) return { rows, end: start }
    const line = decoder.decode(bytes.subarray(start, newline))
    try {
      const row: unknown = JSON.parse(line)
      rows.push(row)
    } catch (error) {
      const last = newline === bytes.length - 1
      if (last) return { rows, end: start }
      const note = error instanceof Error ? error.message : 'not JSON'
      throw new LaneFault('FILE-02', { file, field: `line ${rows.length + 1}`, note })
    }
    start = newline + 1
  }
}

/** A store without a file: nothing is kept, and no write is waited for. */
const memoryStore = (): StoreWriter => ({
  append: () => Promise.resolve(),
  settled: () => null,
  close: () => Promise.resolve(),
})

function openFile(file: string): number {
  try {
    return openSync(file, 'a+', 0o600)
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('FILE-01', { file, note })
  }
}

function appendAll(fd: number, bytes: Uint8Array, done: (error: Error | null) => void): void {
  write(fd, bytes, 0, bytes.length, null, (error, written) => {
    if (error) done(error)
    else if (written < bytes.length) appendAll(fd, bytes.subarray(written), done)
    else fdatasync(fd, done)
  })
}

/** One write and one sync for all rows that arrived during the last sync. */
function fileStore(fd: number): StoreWriter {
  let text = ''
  let waiting: { promise: Promise<void>; resolve(): void; reject(error: Error): void } | null = null
  let running: Promise<void> | null = null

  const flush = (): void => {
    if (running || !waiting) return
    const batch = waiting
    const bytes = new TextEncoder().encode(text)
    waiting = null
    text = ''
    running = batch.promise
    appendAll(fd, bytes, (error) => {
      running = null
      if (error) batch.reject(error)
      else batch.resolve()
      flush()
    })
  }
  const append = (row: unknown): Promise<void> => {
    text += `${JSON.stringify(row)}\n`
    waiting ??= Promise.withResolvers<void>()
    const { promise } = waiting
    // Rows of the same loop turn join the write.
    queueMicrotask(flush)
    return promise
  }
  return {
    append,
    settled: () => waiting?.promise ?? running,
    async close() {
      while (running ?? waiting) {
        await (waiting?.promise ?? running)
      }
      closeSync(fd)
    },
  }
}

/** The rows of a store that only this program writes; FILE-02 with the number of a line of another kind. */
export const rowsOf = <Row>(
  { store, args: { storeFile } }: StoreContext,
  isRow: (row: unknown) => row is Row,
  file = storeFile ?? '',
): Row[] =>
  store.rows.map((row, i) => {
    if (isRow(row)) return row
    throw new LaneFault('FILE-02', { file, field: `line ${i + 1}`, note: 'not a row of the books' })
  })

/** Opens or creates the store. Null file: a store in memory, for short tests. */
export function openStore(file: string | null): OpenedStore {
  if (file === null) return { writer: memoryStore(), rows: [], tornBytes: 0 }
  const fd = openFile(file)
  const bytes = readFileSync(fd)
  try {
    const { rows, end } = readRows(bytes, file)
    if (end < bytes.length) ftruncateSync(fd, end)
    return { writer: fileStore(fd), rows, tornBytes: bytes.length - end }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}
