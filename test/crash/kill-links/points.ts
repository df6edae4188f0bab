// The crash points CP1 to CP12 as decorators of a site: at the armed one this process kills itself.
// Each is exactly where reliability-security.md section 8 defines it; the product contains none of them.
import { readFileSync, writeSync } from 'node:fs'
import { connect } from 'node:tls'
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { CrashPoint } from '#harness/lot/sim-crash.ts'
import type { SiteTaps } from '#runtime/site/site-parts.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { HttpClient, HttpRequest } from '#base/ports/http-client.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'

/** Beside the crash points of a charge: before and after the row of an OBU that was read at a space. */
export type KillPoint = CrashPoint | 'Z1' | 'Z2'

export interface PointOptions {
  readonly chargeMode: 'card' | 'online'
  readonly platform: { readonly url: string; readonly caFile: string }
  /** File descriptor that receives the name of the point before the kill. */
  readonly hitsFd: number
}

const charges = '/v1/etc/exit-charges'
const has = (rows: readonly (RowDraft | LedgerRow)[], kind: RowDraft['kind']): boolean =>
  rows.some((row) => row.kind === kind)
const settles = (rows: readonly RowDraft[]): boolean =>
  rows.some((row) => row.kind === 'outcome' && row.body.state === 'paid')
const confirms = (rows: readonly RowDraft[]): boolean =>
  rows.some((row) => row.kind === 'outboxState' && row.body.state === 'confirmed')

export class KillPoints implements SiteTaps {
  armed: KillPoint | null = null
  private readonly options: PointOptions

  constructor(options: PointOptions) {
    this.options = options
  }

  private at(point: KillPoint, here: boolean): void {
    if (!here || this.armed !== point) return
    writeSync(this.options.hitsFd, `${point}\n`)
    process.kill(process.pid, 'SIGKILL')
  }

  ledger(ledger: Ledger): Ledger {
    return {
      nodeId: ledger.nodeId,
      get head() {
        return ledger.head
      },
      append: (drafts) => {
        this.at('CP1', has(drafts, 'intent'))
        this.at('CP4', settles(drafts))
        this.at('CP7', has(drafts, 'stayClosed'))
        this.at('Z1', has(drafts, 'zeroRecord'))
        const rows = ledger.append(drafts)
        this.at('CP2', has(drafts, 'intent'))
        this.at('Z2', has(drafts, 'zeroRecord'))
        this.at('CP12', confirms(drafts) && has(drafts, 'outboxState'))
        return rows
      },
      rows: (afterSeq) => ledger.rows(afterSeq),
      rowsSm3: (fromSeq, toSeq) => ledger.rowsSm3(fromSeq, toSeq),
      close: () => ledger.close(),
    }
  }

  devices(_laneId: string, { rsu, barrier, ...others }: LaneDevices): LaneDevices {
    return {
      rsu: rsu && {
        hasProof: rsu.hasProof,
        silenceMs: rsu.silenceMs,
        resultTimeMs: rsu.resultTimeMs,
        psams: () => rsu.psams(),
        send: (command) => {
          rsu.send(command)
          // A moment later the frame is on the link, and B5 has not been read yet.
          if (command.do === 'debit') setImmediate(() => this.at('CP3', true))
        },
      },
      barrier: barrier && {
        send: (command) => {
          this.at('CP5', command.do === 'open')
          barrier.send(command)
          if (command.do === 'open') setImmediate(() => this.at('CP6', true))
        },
      },
      ...others,
    }
  }

  http(client: HttpClient): HttpClient {
    return {
      request: (request, done) => {
        if (request.method !== 'POST' || request.path !== charges)
          return client.request(request, done)
        this.at('CP8', true)
        if (this.armed === 'CP9') {
          this.sendHalf(request)
          return () => undefined
        }
        if (this.options.chargeMode === 'online' && this.armed === 'CP3')
          setTimeout(() => this.at('CP3', true), 2)
        return client.request(request, (answer) => {
          // The platform was told to take the record and to hang up.
          this.at('CP10', answer.kind === 'silence')
          this.at('CP11', answer.kind === 'answer')
          done(answer)
        })
      },
    }
  }

  /** Sends the head and half of the body on its own socket, then kills the process. */
  private sendHalf(request: HttpRequest): void {
    const { url, caFile } = this.options.platform
    const { hostname, port, host } = new URL(url)
    const ca = readFileSync(caFile)
    const socket = connect({ host: hostname, port: Number(port), ca }, () => {
      const lines = Object.entries({
        host,
        ...request.headers,
        'content-length': String(request.body.length),
      }).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`${request.method} ${request.path} HTTP/1.1\r\n${lines.join('')}\r\n`)
      const half = request.body.subarray(0, Math.floor(request.body.length / 2))
      socket.write(half, () => this.at('CP9', true))
    })
  }
}
