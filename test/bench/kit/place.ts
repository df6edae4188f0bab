// Where the bench works: temporary folders on a real disk, the program it starts, and bare peers for
// that disk. All of it is removed when its row ends.
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const repository = join(import.meta.dirname, '..', '..', '..')
const bundle = join(repository, 'dist', 'runtime', 'main.mjs')

/** The built program as shipped; without a build, the sources. */
export const program = (): string =>
  existsSync(bundle) ? bundle : join(repository, 'firmware-runtime', 'main.ts')

/** Runs `use` in a folder of its own, in ETC_LANE_BENCH_DIR: the system's temporary folder may not be on a disk. */
export async function inFolder<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(process.env['ETC_LANE_BENCH_DIR'] ?? tmpdir(), 'etc-bench-'))
  try {
    return await use(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

export interface BareFile {
  /** One write at the end of the file and its sync. */
  commit(bytes: Uint8Array): void
  close(): void
}

/** The least cost of a durable row: one write and an fdatasync on the same disk. */
export function bareFile(dir: string): BareFile {
  const fd = openSync(join(dir, 'bare'), 'w')
  let at = 0
  return {
    commit(bytes) {
      at += writeSync(fd, bytes, 0, bytes.length, at)
      fdatasyncSync(fd)
    },
    close: () => closeSync(fd),
  }
}
