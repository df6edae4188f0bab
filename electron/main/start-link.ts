// The runtime link of a window that has begun with nothing yet: calls are answered with START-01, and
// what the window subscribed to begins with the link that a person chooses.
import type { StartCode } from '../../firmware-runtime/api/start.ts'
import type { StreamItem, StreamName } from '../../firmware-runtime/api/table.ts'
import { faultReply, type Reply, type RuntimeLink } from './runtime-link.ts'

const startCode: StartCode = 'START-01'

interface Waiting {
  readonly stream: StreamName
  readonly take: (item: StreamItem) => void
  readonly seat: string | undefined
  end: () => void
}

export class StartLink implements RuntimeLink {
  private link: RuntimeLink | null = null
  private readonly waiting = new Set<Waiting>()

  /** Nothing goes on behind a start page; an attached runtime goes on by itself. */
  get kind(): RuntimeLink['kind'] {
    return this.link?.kind ?? 'hosted'
  }

  get hasBegun(): boolean {
    return this.link !== null
  }

  /** Once: a second choice of a page that did not see the first changes nothing. */
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

  subscribe(
    stream: StreamName,
    sinceSeq: number,
    take: (item: StreamItem) => void,
    seat?: string,
  ): () => void {
    if (this.link !== null) return this.link.subscribe(stream, sinceSeq, take, seat)
    const one: Waiting = { stream, take, seat, end: () => void this.waiting.delete(one) }
    this.waiting.add(one)
    return () => one.end()
  }

  /** What ran is ended; the next choice begins anew. */
  async leave(): Promise<void> {
    const { link } = this
    this.link = null
    await link?.close()
  }

  close(): Promise<void> {
    return this.link?.close() ?? Promise.resolve()
  }
}
