// The runtime link of a window with a start page: until a choice is made, calls return START-01 and
// subscriptions wait; they start with the link that a person chooses.
import type { StartCode } from '#runtime/api/start.ts'
import type { StreamItem, StreamName } from '#runtime/api/table.ts'
import { faultReply, type Reply, type RuntimeLink, type Subscribed } from './runtime-link.ts'

const startCode: StartCode = 'START-01'

export interface Waiting {
  readonly stream: StreamName
  readonly take: (item: StreamItem) => void
  readonly seat: string | undefined
  end: () => void
}

export class StartLink implements RuntimeLink {
  private link: RuntimeLink | null = null
  private readonly waiting = new Set<Waiting>()

  /** `hosted` before a choice, since nothing is left running behind a start page. */
  get kind(): RuntimeLink['kind'] {
    return this.link?.kind ?? 'hosted'
  }

  get hasBegun(): boolean {
    return this.link !== null
  }

  /** Takes effect once: a second choice, from a page that has not seen the first, is ignored. */
  begin(link: RuntimeLink): void {
    if (this.link !== null) return
    this.link = link
    for (const one of this.waiting) one.end = link.subscribe(one.stream, 0, one.take, one.seat)
    this.waiting.clear()
  }

  call(name: string, args: unknown, seat?: string): Promise<Reply> {
    if (this.link !== null) return this.link.call(name, args, seat)
    return Promise.resolve(faultReply({ code: startCode }))
  }

  subscribe(...[stream, sinceSeq, take, seat]: Subscribed): () => void {
    if (this.link !== null) return this.link.subscribe(stream, sinceSeq, take, seat)
    const one: Waiting = { stream, take, seat, end: () => this.waiting.delete(one) }
    this.waiting.add(one)
    return () => one.end()
  }

  /** Another link instead of this one; false: a person has chosen something else meanwhile. */
  async replace(from: RuntimeLink, to: RuntimeLink): Promise<boolean> {
    if (this.link !== from) return false
    await this.leave()
    this.begin(to)
    return true
  }

  /** Ends what runs, so that another choice can be made. */
  async leave(): Promise<void> {
    const { link } = this
    this.link = null
    await link?.close()
  }

  close(): Promise<void> {
    return this.link?.close() ?? Promise.resolve()
  }
}
