// How a command speaks to a live runtime, and how it reads a folder where none runs.
// On a live folder everything goes through the API; else the ledger is opened read-only.
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { resolve } from 'node:path'
import type { AnswerOf, ApiName, ApiReply, ArgsOf, StreamItem, StreamName } from '../api/table.ts'
import { clientCertificates } from '../adapters/crypto/certs.ts'
import { openGmCrypto } from '../adapters/crypto/gm-crypto.ts'
import type { ReaderOptions } from '../adapters/sqlite/ledger-reader.ts'
import { joinedPlatform } from '../core/lot/config.ts'
import { faults, LaneFault, type FaultCode } from '../core/values/faults.ts'
import { liveRuntime, readChainKey, type LiveRuntime } from './data-folder.ts'
import { loadLot } from './lot.ts'
import { needed } from './command.ts'
import { isSimulated } from './world/replay-folder.ts'
import { simulatedKeys } from './world/simulated-keys.ts'

export const folderOf = (data: string | undefined): string => resolve(needed(data, 'data'))

/** What the ledger of a folder needs to be read. */
export function readerOptions(dir: string): ReaderOptions {
  if (isSimulated(dir)) return { dir, ...simulatedKeys }
  const { config } = loadLot(dir)
  const crypto = openGmCrypto()
  const clientKeys = () => clientCertificates(joinedPlatform(config)?.certDir ?? null, crypto)
  return { dir, nodeId: config.nodeId, chainKey: readChainKey(dir), crypto, clientKeys }
}

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(faults, code)

export class RuntimeClient {
  readonly live: LiveRuntime
  private readonly token: string

  constructor(live: LiveRuntime) {
    this.live = live
    this.token = readFileSync(live.endpoints.tokenFile, 'utf8').trim()
  }

  /** One call; a refusal comes back as the fault it is. */
  async call<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<AnswerOf<N>> {
    const text = await this.post(JSON.stringify({ name, args }))
    const reply = JSON.parse(text) as ApiReply<AnswerOf<N>>
    if (reply.ok) return reply.data
    const { code, field, value, message, todo } = reply.error
    const known = isFaultCode(code) ? code : 'API-01'
    const what = faults[known].what.zh
    const note = message.startsWith(`${what}: `) ? message.slice(what.length + 2) : ''
    throw new LaneFault(known, {
      ...(field === '' ? {} : { field }),
      ...(value === '' ? {} : { value }),
      ...(note === '' ? {} : { note }),
      ...(todo === '' || todo === faults[known].todo.zh ? {} : { todo }),
    })
  }

  private async post(body: string): Promise<string> {
    const { promise, resolve: done, reject } = Promise.withResolvers<string>()
    const asked = httpRequest(new URL('/v1/call', this.live.endpoints.api), {
      method: 'POST',
      headers: { ...this.headers(), 'content-type': 'application/json' },
    })
    asked.on('error', (error) => reject(this.away(error)))
    asked.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', (error) => reject(this.away(error)))
      response.on('end', () => done(Buffer.concat(parts).toString('utf8')))
    })
    asked.end(body)
    return await promise
  }

  /** Follows a stream until it ends or `end` is called. */
  stream<N extends StreamName>(
    name: N,
    sinceSeq: number,
    take: (item: StreamItem<N>) => void,
  ): { readonly ended: Promise<void>; end(): void } {
    const { promise, resolve: done } = Promise.withResolvers<void>()
    const url = new URL(`/v1/stream?name=${name}&since=${sinceSeq}`, this.live.endpoints.api)
    const asked = httpRequest(url, { headers: this.headers() })
    let rest = ''
    asked.on('response', (response) => {
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) take(JSON.parse(line) as StreamItem<N>)
      })
      response.on('error', () => done())
      response.on('close', () => done())
    })
    asked.on('error', () => done())
    asked.end()
    return { ended: promise, end: () => asked.destroy() }
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` }
  }

  private away(error: Error): LaneFault {
    return new LaneFault('RUN-01', { value: this.live.endpoints.api, note: error.message })
  }
}

/** A client of the runtime that runs on the folder, or null when none does. */
export function clientOf(dir: string): RuntimeClient | null {
  const live = liveRuntime(dir)
  return live === null ? null : new RuntimeClient(live)
}

/** RUN-02 where nothing runs: acts on a lane need its runtime. */
export function runningClient(dir: string): RuntimeClient {
  const client = clientOf(dir)
  if (client === null) throw new LaneFault('RUN-02', { file: dir })
  return client
}

/** One JSON document: on one line for scripts, indented for people. */
export const jsonText = (value: unknown, forScripts: boolean): string =>
  `${JSON.stringify(value, null, forScripts ? 0 : 2)}\n`
