// Software does not move a barrier whose configuration differs from the one that a person armed. The armed
// configuration is in the ledger; the first configuration of a lane counts as armed.
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { LaneHost } from './lane-host.ts'

/** The parts of a running lot that arming needs. */
interface ArmingLot {
  readonly lot: LotState
  readonly lanes: ReadonlyMap<string, LaneHost>
  append(rows: readonly RowDraft[]): unknown
  nowMs(): InstantMs
}

interface ArmingParts {
  readonly crypto: Pick<Crypto, 'sm3'>
  /** The configuration of a lane's barrier as one text; null: no barrier. */
  wiringOf?(laneId: string): string | null
}

const printChars = 16

export class BarrierArming {
  private readonly at: ArmingLot
  private readonly parts: ArmingParts

  constructor(at: ArmingLot, parts: ArmingParts) {
    this.at = at
    this.parts = parts
  }

  /** A short digest, the same for the same configuration. */
  private print(laneId: string): string | null {
    const wiring = this.parts.wiringOf?.(laneId) ?? null
    if (wiring === null) return null
    return hexOf(this.parts.crypto.sm3(new TextEncoder().encode(wiring))).slice(0, printChars)
  }

  private row(laneId: string, print: string): RowDraft {
    const atMs = this.at.nowMs()
    return { kind: 'event', atMs, laneId, body: { type: 'barrierArmed', detail: print } }
  }

  /** First configurations, to be written at the start. */
  firstRows(): RowDraft[] {
    const { lot, lanes } = this.at
    return [...lanes.keys()].flatMap((laneId) => {
      const print = this.print(laneId)
      return print === null || lot.armedBarriers.has(laneId) ? [] : [this.row(laneId, print)]
    })
  }

  /** Before a barrier link opens: disarms barriers whose configuration changed. Returns their lanes. */
  disarmChanged(): string[] {
    const { lot, lanes } = this.at
    const changed = [...lanes].filter(([laneId]) => {
      const print = this.print(laneId)
      return print !== null && lot.armedBarriers.get(laneId) !== print
    })
    for (const [, host] of changed) {
      host.barrierArmed = false
      if (host.partner !== null) host.partner.barrierArmed = false
      host.devices.barrier?.send({ do: 'disarm' })
    }
    return changed.map(([laneId]) => laneId)
  }

  /** A person armed the barrier as it is wired now: written first, then applied. Nothing moves. */
  arm(host: LaneHost, audit: RowDraft): void {
    const laneId = host.config.sharesBarrierOf ?? host.config.id
    const print = present(this.print(laneId), `the wiring of ${laneId} is known`)
    this.at.append([audit, this.row(laneId, print)])
    host.barrierArmed = true
    if (host.partner !== null) host.partner.barrierArmed = true
    host.devices.barrier?.send({ do: 'arm' })
  }
}
