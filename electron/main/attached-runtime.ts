// A runtime that was started separately (`etc-lane run`), reached over its loopback socket with its token.
// Looked up before each call: a restarted runtime has another port and another token.
import { existsSync } from 'node:fs'
import {
  endpointOf,
  followStream,
  nobodyTook,
  postCall,
  type Endpoint,
} from '#runtime/api/runtime-client.ts'
import { isOfAnother, runFileOf } from '#base/calls/run-file.ts'
import { answerTimeoutOf, isActOf } from '#runtime/api/check.ts'
import type { StreamItem } from '#runtime/api/table.ts'
import {
  noAnswerReply,
  anothersReply,
  notFoundReply,
  type Reply,
  type RuntimeLink,
  type Subscribed,
} from './runtime-link.ts'

const retryMs = 1_000

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The live runtime of a data folder, or null. */
export function findRuntime(dir: string): (Endpoint & { readonly pid: number }) | null {
  const found = runFileOf(dir)
  if (found === null || !isAlive(found.pid) || !existsSync(found.endpoints.tokenFile)) return null
  return { pid: found.pid, ...endpointOf(found) }
}

async function post(endpoint: Endpoint, name: string, args: unknown): Promise<Reply> {
  const timeoutMs = answerTimeoutOf(name)
  return (await postCall(endpoint, { name, args }, timeoutMs)) ?? noAnswerReply(name, timeoutMs)
}

/**
 * True when something answers at the address of the run file. An unclean exit leaves the run file behind, and its
 * pid may belong to another process by now, so only an answer counts.
 */
export async function isAnswering(endpoint: Endpoint): Promise<boolean> {
  try {
    await post(endpoint, 'status.get', {})
    return true
  } catch {
    // Refused or cut off: no runtime is there, and the caller starts its own.
    return false
  }
}

export class AttachedRuntime implements RuntimeLink {
  readonly kind = 'attached'
  private readonly dir: string
  private closed = false
  private readonly ends = new Set<() => void>()

  constructor(dir: string) {
    this.dir = dir
  }

  async call(name: string, args: unknown, seat?: string): Promise<Reply> {
    const endpoint = findRuntime(this.dir)
    if (endpoint === null)
      return isOfAnother(this.dir) ? anothersReply(this.dir) : notFoundReply(this.dir)
    try {
      return await post({ ...endpoint, seat }, name, args)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // The connection broke during the call: an act may have been carried out.
      return isActOf(name) && !nobodyTook(error) ? noAnswerReply(name, 0) : notFoundReply(this.dir)
    }
  }

  subscribe(...[stream, sinceSeq, take, seat]: Subscribed): () => void {
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
      // Another process numbers its items from the start.
      if (pid !== 0 && pid !== endpoint.pid) seq = 0
      pid = endpoint.pid
      const next = (item: StreamItem): void => {
        seq = item.seq
        take(item)
      }
      const seated = { ...endpoint, seat }
      stop = followStream({ endpoint: seated, stream, sinceSeq: seq, take: next, ended: again })
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
