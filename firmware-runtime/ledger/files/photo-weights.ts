// Sizes of a folder's photo days, for a lot with a limit for them. A past day does not change: it is measured once, a
// few days per look, so that a year of photos does not delay the lanes.
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Past days measured per look. */
const newDaysMax = 5
/** Days that are always measured: today, and yesterday with a late photo. */
const growing = 2

export class PhotoWeights {
  private readonly dir: string
  private readonly known = new Map<string, number>()

  constructor(dir: string) {
    this.dir = dir
  }

  /** Bytes of all these days; null until each one was measured. */
  async of(days: readonly string[]): Promise<number | null> {
    const sorted = days.toSorted()
    for (const day of this.known.keys()) if (!days.includes(day)) this.known.delete(day)
    const young = sorted.slice(-growing)
    const fresh = sorted.filter((day) => !this.known.has(day) && !young.includes(day))
    for (const day of [...young, ...fresh.slice(-newDaysMax)])
      this.known.set(day, await this.weigh(day))
    if (fresh.length > newDaysMax) return null
    return sorted.reduce((sum, day) => sum + (this.known.get(day) ?? 0), 0)
  }

  private async weigh(day: string): Promise<number> {
    const folder = join(this.dir, 'photos', day)
    let bytes = 0
    for (const name of await readdir(folder)) bytes += (await lstat(join(folder, name))).size
    return bytes
  }
}
