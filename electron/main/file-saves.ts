// The files that the window saves: each ends when its dialog was answered and the file is written, cancelled or broken off.
// The window asks by the address of the file, before or after the download began.
import type { SaveEnd } from '#runtime/api/saves.ts'

/** What Electron says of a download. */
export interface Download {
  getURL(): string
  once(event: 'done', take: (event: unknown, state: string) => void): unknown
}

interface Save {
  readonly ended: Promise<SaveEnd>
  readonly end: (end: SaveEnd) => void
}

/** Addresses kept: a window that never asks must not fill the memory. */
const savesMax = 100

const endOf = (state: string): SaveEnd =>
  state === 'completed' ? 'saved' : state === 'cancelled' ? 'cancelled' : 'failed'

export class FileSaves {
  private readonly saves = new Map<string, Save>()
  private readonly failed: () => void

  /** `failed`: called when a file could not be written. */
  constructor(failed: () => void) {
    this.failed = failed
  }

  begun(download: Download): void {
    const save = this.of(download.getURL())
    download.once('done', (_event, state) => {
      const end = endOf(state)
      if (end === 'failed') this.failed()
      save.end(end)
    })
  }

  /** A request of the window that is no address ends at once: nothing was saved. */
  async ended(url: unknown): Promise<SaveEnd> {
    if (typeof url !== 'string' || !url.startsWith('blob:')) return 'cancelled'
    const end = await this.of(url).ended
    this.saves.delete(url)
    return end
  }

  private of(url: string): Save {
    const known = this.saves.get(url)
    if (known !== undefined) return known
    const { promise: ended, resolve: end } = Promise.withResolvers<SaveEnd>()
    const save = { ended, end }
    this.saves.set(url, save)
    const [oldest] = this.saves
    if (this.saves.size > savesMax && oldest !== undefined) this.saves.delete(oldest[0])
    return save
  }
}
