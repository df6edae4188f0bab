// The API session of a lot whose lanes are reopened on other settings: calls wait for the next lanes, streams continue
// there.
// A stream that ends outside a reopening is over.
import type { StreamItem } from '../api/table.ts'
import type {
  ApiSession,
  SeatToken,
  StreamHandle,
  StreamRefusal,
  StreamSink,
} from '#base/ports/api-host.ts'

interface Ask {
  readonly stream: string
  readonly sink: StreamSink
  readonly ended: () => void
  readonly seat: SeatToken
}

export class ReopeningSession implements ApiSession {
  private now: ApiSession
  private next: Promise<ApiSession> | null = null
  private calls = 0

  constructor(first: ApiSession) {
    this.now = first
  }

  /** True while a call is not answered. */
  get isBusy(): boolean {
    return this.calls > 0
  }

  /** Until `next` settles, calls and streams wait for it. */
  changes(next: Promise<ApiSession>): void {
    this.next = next.then((session) => {
      this.now = session
      this.next = null
      return session
    })
    // A waiting call gets the rejection; without one, the code that reopens the lanes handles it.
    this.next.catch(() => undefined)
  }

  async call(name: string, args: unknown, seat?: SeatToken): Promise<unknown> {
    const session = this.next === null ? this.now : await this.next
    this.calls++
    try {
      return await session.call(name, args, seat)
    } finally {
      this.calls--
    }
  }

  subscribe(
    stream: string,
    sinceSeq: number,
    sink: StreamSink,
    ended: () => void,
    seat: SeatToken = null,
  ): StreamHandle | StreamRefusal {
    const ask: Ask = { stream, sink, ended, seat }
    const lasting = new LastingStream(ask, sinceSeq, () => this.next)
    if (this.next !== null) lasting.waits(this.next)
    else {
      const refusal = lasting.opened(this.now)
      if (refusal !== null) return refusal
    }
    return lasting
  }
}

class LastingStream implements StreamHandle {
  private readonly ask: Ask
  private readonly next: () => Promise<ApiSession> | null
  private seq: number
  private handle: StreamHandle | null = null
  private isOver = false

  constructor(ask: Ask, seq: number, next: () => Promise<ApiSession> | null) {
    this.ask = ask
    this.seq = seq
    this.next = next
  }

  /** Subscribes at a session; null on success, else the refusal. */
  opened(session: ApiSession): StreamRefusal | null {
    const { stream, sink, seat } = this.ask
    const take = (item: unknown): boolean => {
      this.seq = (item as StreamItem).seq
      return sink(item)
    }
    const found = session.subscribe(stream, this.seq, take, () => this.ended(), seat)
    if (typeof found === 'string') return found
    this.handle = found
    return null
  }

  waits(next: Promise<ApiSession>): void {
    next.then(
      (session) => {
        if (!this.isOver && this.opened(session) !== null) this.ask.ended()
      },
      () => this.ask.ended(),
    )
  }

  private ended(): void {
    const next = this.next()
    if (this.isOver) return
    if (next === null) this.ask.ended()
    else this.waits(next)
  }

  resume(): void {
    this.handle?.resume()
  }

  end(): void {
    this.isOver = true
    this.handle?.end()
  }
}
