// What the photo days of a folder weigh, for a lot with a budget for them. A day that is over does not change: it is
// looked at once, a few days at a look, so that a year of photos costs no moment of the lanes.
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Days that are looked at anew in one look, of those that are over. */
const newDaysMax = 5
/** A photo of yesterday may still be on its way, and today grows. */
const growing = 2

export class PhotoWeights {
  private readonly dir: string
  private readonly known = new Map<string, number>()

  constructor(dir: string) {
    this.dir = dir
  }

  /** Bytes of all these days; null until every one was looked at. */
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
