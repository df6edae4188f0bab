// A payment gateway in its own process for a lot on simulated devices: its keys are the lot's secret, and the test
// controls it through its administration.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { Program, type Line } from './live-program.ts'
import type { RunLot } from './run-lot.ts'

interface TradeLine {
  readonly outTradeNo: string
  readonly paidFen: number
  readonly refundedFen: number
}

export class LotGateway {
  private admin = ''
  /** `keyId:secret`, as the gateway issues it. */
  keys = ''

  /** Starts the gateway and names it in `lot.json`. */
  async startFor({ dir }: RunLot): Promise<void> {
    const sim = new Program(['payment-sim', '--listen', 'https://127.0.0.1:0'])
    const { endpoints } = await sim.line(({ event }) => event === 'ready')
    const at = endpoints as Record<
      'baseUrl' | 'caFile' | 'keyFile' | 'merchantNo' | 'admin',
      string
    >
    this.admin = at.admin
    const { baseUrl: url, caFile, merchantNo } = at
    const gateway = { url, caFile, merchantNo, secret: 'gateway' }
    const file = join(dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...config, gateway }))
    this.keys = readFileSync(at.keyFile, 'utf8').trim()
    secretStore(dir, machineSecret()).write('gateway', this.keys)
  }

  async ask<T = Line>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.admin}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as T
  }

  pay(outTradeNo: string, how: string): Promise<Line> {
    return this.ask('POST', '/pay', { outTradeNo, do: how })
  }

  async book(no: string): Promise<TradeLine | undefined> {
    const { rows } = await this.ask<{ rows: TradeLine[] }>('GET', '/books?limit=1000')
    return rows.find(({ outTradeNo }) => outTradeNo === no)
  }
}
