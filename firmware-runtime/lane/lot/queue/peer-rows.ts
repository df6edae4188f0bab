// The rows of the certificates with which platforms answer: one for each certificate that is new since the start of the
// lanes, so that a server that shows another one at each connection cannot fill the disk.
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { peerEvent, type ChannelPeer } from '#base/pure/data/peer-certificate.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

/** Rows of one channel in one day; the last of them says that it is the last. */
export const certificatesPerDay = 12

interface PeerLedger {
  nowMs(): InstantMs
  /** Writes the row now, or as soon as the ledger accepts rows. */
  write(row: RowDraft): void
}

export class PeerRows {
  readonly #ledger: PeerLedger
  readonly #known = new Set<string>()
  /** Rows of each channel on its last day with a row. */
  readonly #counts = new Map<string, { readonly day: string; readonly rows: number }>()
  /** Certificates that came before the row of the start; null after it. */
  #early: ChannelPeer[] | null = []

  constructor(ledger: PeerLedger) {
    this.#ledger = ledger
  }

  /** To be called after the row of the start was written: what stands before it is of an earlier start. */
  begin(): void {
    const early = this.#early ?? []
    this.#early = null
    for (const peer of early) this.seen(peer)
  }

  seen(peer: ChannelPeer): void {
    if (this.#early !== null) {
      if (this.#early.length < certificatesPerDay) this.#early.push(peer)
      return
    }
    const { channel, host, fingerprint } = peer
    const name = `${channel} ${host} ${fingerprint}`
    if (this.#known.has(name)) return
    const atMs = this.#ledger.nowMs()
    const day = isoOf(atMs).slice(0, 10)
    const before = this.#counts.get(channel)
    const rows = before?.day === day ? before.rows + 1 : 1
    if (rows > certificatesPerDay) return
    this.#known.add(name)
    this.#counts.set(channel, { day, rows })
    const last = rows === certificatesPerDay ? ({ isLast: true } as const) : {}
    const body = { type: peerEvent, detail: channel, peer: { ...peer, ...last } } as const
    this.#ledger.write({ kind: 'event', atMs, body })
  }
}
