// Client of a running runtime: while a runtime has the folder, commands use its API. Without a runtime they open the
// folder themselves (lane/folder/).
import { resolve } from 'node:path'
import {
  endpointOf,
  followStream,
  nobodyTook,
  postCall,
  type Endpoint,
} from '#runtime/api/runtime-client.ts'
import type { LiveRuntime } from '../../calls/run-file.ts'
import type { AnswerOf, ApiName, ArgsOf, StreamItem, StreamName } from '#runtime/api/table.ts'
import type { ApiReply } from '../../calls/rows.ts'
import { t } from '../../pure/words/fault-text.ts'
import { faults, isFaultCode, LaneFault } from '../../pure/faults/faults.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { isoOf } from '../../pure/values/instant.ts'
import { needed, type CliIo, type RestingSource } from '../../commands/command.ts'

export const folderOf = (data: string | undefined): string => resolve(needed(data, 'data'))

/**
 * RUN-01 for a read, and for an act that no runtime received. Otherwise the act may have been carried out without an
 * answer: RUN-03 with the id under which it will not be repeated.
 */
function unanswered(error: unknown, api: string, args: unknown): LaneFault {
  const note = error instanceof Error ? error.message : String(error)
  const { commandId } = args as { readonly commandId?: unknown }
  if (typeof commandId !== 'string' || nobodyTook(error))
    return new LaneFault('RUN-01', { value: api, note })
  const again = t(
    `重试时加上 --command-id ${commandId},就不会执行两次`,
    `try again with --command-id ${commandId}: then it is not done twice`,
  )
  return new LaneFault('RUN-03', { field: '--command-id', value: commandId, note: again })
}

/** The data of a reply; a refusal is thrown as its fault. */
function answered<N extends ApiName>(reply: ApiReply<unknown>): AnswerOf<N> {
  if (reply.ok) return reply.data as AnswerOf<N>
  const { code, field, value, message, todo, why: both } = reply.error
  const known = isFaultCode(code) ? code : 'API-01'
  const what = faults[known].what.zh
  const note = message.startsWith(`${what}: `) ? message.slice(what.length + 2) : ''
  throw new LaneFault(known, {
    ...(field === '' ? {} : { field }),
    ...(value === '' ? {} : { value }),
    ...(both === undefined ? (note === '' ? {} : { note }) : { note: both }),
    ...(todo === '' || todo === faults[known].todo.zh ? {} : { todo }),
  })
}

export class RuntimeClient {
  readonly live: LiveRuntime
  private readonly endpoint: Endpoint

  constructor(live: LiveRuntime) {
    this.live = live
    this.endpoint = endpointOf(live)
  }

  /** One call; a refusal is thrown as its fault. */
  async call<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<AnswerOf<N>> {
    return answered<N>((await this.post(name, args)) as ApiReply<unknown>)
  }

  /** Waits without a time limit. */
  private async post(name: string, args: unknown): Promise<unknown> {
    try {
      return await postCall(this.endpoint, { name, args })
    } catch (error) {
      throw unanswered(error, this.endpoint.api, args)
    }
  }

  /** Follows a stream until it ends or `end` is called. */
  stream<N extends StreamName>(
    stream: N,
    sinceSeq: number,
    take: (item: StreamItem<N>) => void,
  ): { readonly ended: Promise<void>; end(): void } {
    const { promise, resolve: ended } = Promise.withResolvers<void>()
    const { endpoint } = this
    return { ended: promise, end: followStream({ endpoint, stream, sinceSeq, take, ended }) }
  }
}

/** A client of the runtime on this folder; null: no runtime. */
export function clientOf(dir: string): RuntimeClient | null {
  const live = liveRuntime(dir)
  return live === null ? null : new RuntimeClient(live)
}

/** RUN-02 without a runtime: acts on a lane need one. */
export function runningClient(dir: string): RuntimeClient {
  const client = clientOf(dir)
  if (client === null) throw new LaneFault('RUN-02', { file: dir })
  return client
}

/** What a reading command calls: a runtime, or the folder of a stopped lot. */
export type LotReader = Pick<RuntimeClient, 'call'>

/** For stderr: where the answer on stdout comes from, and how old it is. */
function sourceText(dir: string, { newestMs, nowMs }: RestingSource): string {
  if (newestMs === null)
    return `${dir}：停着的停车场，账本是空的 / a stopped lot, its ledger is empty\n`
  const minutes = Math.max(0, Math.floor((nowMs - newestMs) / 60_000))
  const at = isoOf(newestMs)
  return `${dir}：停着的停车场，只读文件夹；最新一条记录 ${at}，${minutes} 分钟前 / a stopped lot, read from its folder; newest row ${at}, ${minutes} min ago\n`
}

/**
 * The runtime of a folder; without one the folder itself, read only. RUN-02 says why for a call that the folder cannot
 * answer.
 */
export function lotReader(dir: string, io: Pick<CliIo, 'stderr' | 'atRest'>): LotReader {
  const client = clientOf(dir)
  if (client !== null) return client
  return {
    async call(name, args) {
      const found = (source: RestingSource): void => io.stderr(sourceText(dir, source))
      if (io.atRest === undefined) throw new LaneFault('RUN-02', { file: dir })
      return answered(await io.atRest(dir, name, args, found))
    },
  }
}

/** One JSON document: on one line for scripts, indented for people. */
export const jsonText = (value: unknown, forScripts: boolean): string =>
  `${JSON.stringify(value, null, forScripts ? 0 : 2)}\n`
