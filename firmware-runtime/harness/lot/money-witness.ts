// Observes the money path of a site from outside, in the order of events: nothing is sent to a device or a platform before
// its row is durable, and no C6 is sent twice. The ledger alone cannot show this.
import type { InvariantId, Violation } from '#lane/pure/lot/invariants.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { HttpClient, HttpRequest } from '#base/ports/http-client.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { SiteTaps } from '#runtime/site/site-parts.ts'

const businessNo = /"(?:outTradeNo|outRefundNo|exceptionNo)"\s*:\s*"([^"]+)"/

export class MoneyWitness implements SiteTaps {
  readonly violations: Violation[] = []
  private readonly nowMs: () => InstantMs
  private readonly passes = new Set<string>()
  private readonly armed = new Set<string>()
  private readonly debited = new Set<string>()
  /** Frozen body by number. */
  private readonly uploads = new Map<string, string>()

  /** `nowMs`: business time for reports. */
  constructor(nowMs: () => InstantMs) {
    this.nowMs = nowMs
  }

  private expect(id: InvariantId, ok: boolean, detail: string): void {
    if (ok) return
    this.violations.push({ id, atIso: isoOf(this.nowMs()), stayId: null, detail })
  }

  private durable(row: LedgerRow): void {
    if (row.kind === 'pass') this.passes.add(row.body.passId)
    if (row.kind === 'armed') this.armed.add(row.deductionId ?? '')
    if (row.kind === 'outbox') this.uploads.set(row.body.businessNo, row.body.body)
  }

  ledger(ledger: Ledger): Ledger {
    for (const row of ledger.rows(0)) this.durable(row)
    return {
      nodeId: ledger.nodeId,
      get head() {
        return ledger.head
      },
      append: (drafts) => {
        const rows = ledger.append(drafts)
        for (const row of rows) this.durable(row)
        return rows
      },
      rows: (afterSeq) => ledger.rows(afterSeq),
      rowsSm3: (fromSeq, toSeq) => ledger.rowsSm3(fromSeq, toSeq),
      close: () => ledger.close(),
    }
  }

  devices(laneId: string, { rsu, barrier, ...beside }: LaneDevices): LaneDevices {
    return {
      ...beside,
      rsu: rsu && {
        hasProof: rsu.hasProof,
        silenceMs: rsu.silenceMs,
        resultTimeMs: rsu.resultTimeMs,
        psams: () => rsu.psams(),
        send: (command) => {
          // A consumption of zero reads a car in its space and moves no money (8.1.2.4 c).
          if (command.do === 'debit' && command.amountFen > 0) {
            const { deductionId } = command
            this.expect('M2', this.armed.has(deductionId), `${laneId}: C6 before its armed row`)
            this.expect('M1', !this.debited.has(deductionId), `${laneId}: a second C6`)
            this.debited.add(deductionId)
          }
          rsu.send(command)
        },
      },
      barrier: barrier && {
        send: (command) => {
          if (command.do === 'open')
            this.expect('M2', this.passes.has(command.passId), `${laneId}: open before its pass`)
          barrier.send(command)
        },
      },
    }
  }

  http(client: HttpClient): HttpClient {
    return {
      request: (request, done) => {
        this.sent(request)
        return client.request(request, done)
      },
    }
  }

  /** Whatever carries a business number is a written record, sent as it was written. */
  private sent(request: HttpRequest): void {
    if (request.method === 'GET') return
    const body = new TextDecoder().decode(request.body)
    const number = businessNo.exec(body)?.[1]
    if (number === undefined) return
    const frozen = this.uploads.get(number)
    this.expect('M3', frozen !== undefined, `${number} was sent before it was written down`)
    this.expect('M3', frozen === undefined || frozen === body, `${number}: another body was sent`)
  }
}
