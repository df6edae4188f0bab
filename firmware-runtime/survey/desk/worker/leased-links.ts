// Links that the survey worker uses, recorded in the main thread, so that other code of this process is refused with
// the holder's name. A link is recorded before the worker is called and until its view shows that it closed it.
import type { MeasureKind, MeasureView } from '../../calls/measure-views.ts'
import { linkKey, lendLink } from '#base/desk/process/link-lease.ts'

export type LeasedTo = 'instrument' | MeasureKind

type Ends = Map<string, () => void>

const endAll = (ends: Ends): void => {
  for (const end of ends.values()) end()
}

const isUsed = ({ instrument, jobs }: MeasureView, by: LeasedTo): boolean =>
  by === 'instrument'
    ? instrument !== null
    : jobs.some(({ kind, state }) => kind === by && state === 'running')

export class LentLinks {
  readonly #held = new Map<LeasedTo, Ends>()
  #asked = 0

  /** Throws LINK-03 before `ask` is called; when the worker refuses, the links are free again. */
  async during<A>(by: LeasedTo, links: readonly string[], ask: () => Promise<A>): Promise<A> {
    const before = this.#held.get(by) ?? new Map<string, () => void>()
    const fresh: Ends = new Map()
    this.#asked++
    try {
      for (const link of links) {
        const key = linkKey(link)
        if (!before.has(key) && !fresh.has(key)) fresh.set(key, lendLink(link, 'Studio, survey'))
      }
      const answer = await ask()
      this.#replace(by, new Set(links.map(linkKey)), fresh)
      return answer
    } catch (error) {
      endAll(fresh)
      throw error
    } finally {
      this.#asked--
    }
  }

  /** A link is open or being opened. */
  get isUsed(): boolean {
    return this.#asked > 0 || this.#held.size > 0
  }

  /** Frees the links that the worker's view shows as unused. */
  seen(view: MeasureView): void {
    for (const [by, ends] of this.#held) {
      if (isUsed(view, by)) continue
      endAll(ends)
      this.#held.delete(by)
    }
  }

  #replace(by: LeasedTo, wanted: ReadonlySet<string>, fresh: Ends): void {
    const now = new Map(fresh)
    for (const [key, end] of this.#held.get(by) ?? [])
      if (wanted.has(key)) now.set(key, end)
      else end()
    this.#held.set(by, now)
  }
}
