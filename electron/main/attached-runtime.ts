// A runtime that runs by itself (`etc-lane run`), reached over its loopback socket with its token.
// Found anew before each try: a restarted runtime has another port and another token.
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import type { StreamItem, StreamName } from '../../firmware-runtime/api/table.ts'
import { answerTimeoutMs } from './port-session.ts'
import { noAnswerReply, notFoundReply, type Reply, type RuntimeLink } from './runtime-link.ts'

export interface Endpoint {
  readonly pid: number
  readonly api: string
  readonly token: string
}

const retryMs = 1_000
const answerBytesMax = 64 * 1024 * 1024
const lineBytesMax = 8 * 1024 * 1024

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

interface RunFile {
  readonly pid?: unknown
  readonly endpoints?: { readonly api?: unknown; readonly tokenFile?: unknown }
}

/** Null for what is no JSON: half-written, cut off, or not ours at all. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The live runtime of a data folder, or null. Only loopback addresses are followed. */
export function findRuntime(dir: string): Endpoint | null {
  const file = join(dir, 'run', 'runtime.json')
  if (!existsSync(file)) return null
  const found = parsed(readFileSync(file, 'utf8'))
  const { pid, endpoints }: RunFile = isObject(found) ? found : {}
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid))
    return null
  const { api, tokenFile } = endpoints ?? {}
  if (typeof api !== 'string' || typeof tokenFile !== 'string') return null
  if (new URL(api).hostname !== '127.0.0.1' || !existsSync(tokenFile)) return null
  return { pid, api, token: readFileSync(tokenFile, 'utf8').trim() }
}

function post(endpoint: Endpoint, body: string): Promise<Reply> {
  return new Promise((answer, fail) => {
    const asked = request(new URL('/v1/call', endpoint.api), {
      method: 'POST',
      timeout: answerTimeoutMs,
      headers: {
        authorization: `Bearer ${endpoint.token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    })
    asked.on('timeout', () => {
      asked.destroy()
      answer(noAnswerReply(answerTimeoutMs))
    })
    asked.on('error', fail)
    asked.on('response', (response) => {
      const parts: Buffer[] = []
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > answerBytesMax) asked.destroy(new Error('answer too long'))
        parts.push(part)
      })
      response.on('error', fail)
      response.on('end', () => {
        const found = parsed(Buffer.concat(parts).toString('utf8'))
        if (isObject(found) && 'ok' in found) answer(found as Reply)
        else fail(new Error(`no reply, status ${response.statusCode}`))
      })
    })
    asked.end(body)
  })
}

/**
 * True when somebody listens where the run file says. What dies uncleanly leaves its run file behind,
 * and its pid may be another process's by now: only an answer counts.
 */
export async function isAnswering(endpoint: Endpoint): Promise<boolean> {
  try {
    await post(endpoint, JSON.stringify({ name: 'status.get', args: {} }))
    return true
  } catch {
    // Refused or cut: nobody is there, and the caller starts a runtime of its own.
    return false
  }
}

interface Follow {
  readonly endpoint: Endpoint
  readonly stream: StreamName
  readonly sinceSeq: number
  readonly take: (item: StreamItem) => void
  readonly ended: () => void
}

/** Follows one stream until it ends; answers how to end it. */
function follow({ endpoint, stream, sinceSeq, take, ended }: Follow): () => void {
  const url = new URL('/v1/stream', endpoint.api)
  url.searchParams.set('name', stream)
  url.searchParams.set('since', String(sinceSeq))
  const asked = request(url, { headers: { authorization: `Bearer ${endpoint.token}` } })
  let rest = ''
  asked.on('response', (response) => {
    if (response.statusCode !== 200) {
      asked.destroy(new Error(`status ${response.statusCode}`))
      return
    }
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > lineBytesMax) asked.destroy(new Error('line too long'))
      for (const line of lines.filter((one) => one.trim() !== '')) {
        const item = parsed(line)
        if (isObject(item) && 'seq' in item) take(item as StreamItem)
        else asked.destroy(new Error('no stream item'))
      }
    })
    // What broke off is told by 'close', which follows every error.
    response.on('error', () => asked.destroy())
  })
  asked.on('error', () => asked.destroy())
  asked.on('close', ended)
  asked.end()
  return () => asked.destroy()
}

export class AttachedRuntime implements RuntimeLink {
  readonly kind = 'attached'
  private readonly dir: string
  private closed = false
  private readonly ends = new Set<() => void>()

  constructor(dir: string) {
    this.dir = dir
  }

  async call(name: string, args: unknown): Promise<Reply> {
    const endpoint = findRuntime(this.dir)
    if (endpoint === null) return notFoundReply(this.dir)
    try {
      return await post(endpoint, JSON.stringify({ name, args }))
    } catch (error) {
      if (error instanceof Error) return notFoundReply(this.dir)
      throw error
    }
  }

  subscribe(stream: StreamName, sinceSeq: number, take: (item: StreamItem) => void): () => void {
    let seq = sinceSeq
    let pid = 0
    let ended = false
    let timer: NodeJS.Timeout | null = null
    let stop: () => void = () => undefined
    const again = (): void => {
      if (!ended && !this.closed) timer = setTimeout(open, retryMs)
    }
    const open = (): void => {
      const endpoint = findRuntime(this.dir)
      if (endpoint === null) return again()
      // Another process counts from its own start.
      if (pid !== 0 && pid !== endpoint.pid) seq = 0
      pid = endpoint.pid
      const next = (item: StreamItem): void => {
        seq = item.seq
        take(item)
      }
      stop = follow({ endpoint, stream, sinceSeq: seq, take: next, ended: again })
    }
    const end = (): void => {
      ended = true
      if (timer !== null) clearTimeout(timer)
      stop()
      this.ends.delete(end)
    }
    this.ends.add(end)
    open()
    return end
  }

  close(): Promise<void> {
    this.closed = true
    for (const end of [...this.ends]) end()
    return Promise.resolve()
  }
}
