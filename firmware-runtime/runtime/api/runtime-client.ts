// Client of the control API over loopback HTTP (messages.ts): Studio and the commands use it to reach a runtime.
import { readFileSync } from 'node:fs'
import { request, type RequestOptions } from 'node:http'
import { isObject, parsed } from '#base/pure/data/json.ts'
import type { LiveRuntime } from '#base/calls/run-file.ts'
import type { StreamItem, StreamName } from './table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { CallBody, HttpPaths } from './messages.ts'

const callPath: HttpPaths['call'] = '/v1/call'
const streamPath: HttpPaths['stream'] = '/v1/stream'
const answerBytesMax = 64 * 1024 * 1024
const lineBytesMax = 8 * 1024 * 1024

/** Address of a runtime, and the token for it. */
export interface Endpoint {
  readonly api: string
  readonly token: string
  /** Session token of a window, '' before sign-in; absent: the caller has the machine's token and no window. */
  readonly seat?: string | undefined
}

export const endpointOf = ({ endpoints: { api, tokenFile } }: LiveRuntime): Endpoint => ({
  api,
  token: readFileSync(tokenFile, 'utf8').trim(),
})

/** Nothing listens at the address: the call has not begun. */
export const nobodyTook = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'

const ask = ({ api, token, seat }: Endpoint, path: string, options: RequestOptions = {}) =>
  request(new URL(path, api), {
    ...options,
    headers: {
      authorization: `Bearer ${token}`,
      ...(seat === undefined ? {} : { 'x-etc-lane-seat': seat }),
      ...options.headers,
    },
  })

/**
 * Resolves with null when no answer came within `timeoutMs`; rejects when nothing listens, or the answer is not a
 * runtime's.
 */
export function postCall(
  endpoint: Endpoint,
  call: CallBody,
  timeoutMs: number | null = null,
): Promise<ApiReply<unknown> | null> {
  const body = Buffer.from(JSON.stringify(call))
  return new Promise((answer, fail) => {
    const callRequest = ask(endpoint, callPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': body.length },
      // Without a value the default agent applies its own limit of five seconds.
      timeout: timeoutMs ?? 0,
    })
    callRequest.on('timeout', () => {
      callRequest.destroy()
      answer(null)
    })
    callRequest.on('error', fail)
    callRequest.on('response', (response) => {
      const parts: Buffer[] = []
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > answerBytesMax) callRequest.destroy(new Error('answer too long'))
        parts.push(part)
      })
      response.on('error', fail)
      response.on('end', () => {
        const found = parsed(Buffer.concat(parts).toString('utf8'))
        if (isObject(found) && 'ok' in found) answer(found as ApiReply<unknown>)
        else fail(new Error(`no reply, status ${response.statusCode}`))
      })
    })
    callRequest.end(body)
  })
}

interface Followed<N extends StreamName> {
  readonly endpoint: Endpoint
  readonly stream: N
  readonly sinceSeq: number
  readonly take: (item: StreamItem<N>) => void
  readonly ended: () => void
}

/** Follows one stream until it ends; returns a function that ends it. */
export function followStream<N extends StreamName>(followed: Followed<N>): () => void {
  const { endpoint, stream, sinceSeq, take, ended } = followed
  const streamRequest = ask(endpoint, `${streamPath}?name=${stream}&since=${sinceSeq}`)
  let rest = ''
  streamRequest.on('response', (response) => {
    if (response.statusCode !== 200) {
      streamRequest.destroy(new Error(`status ${response.statusCode}`))
      return
    }
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > lineBytesMax) streamRequest.destroy(new Error('line too long'))
      for (const line of lines.filter((one) => one.trim() !== '')) {
        const item = parsed(line)
        if (isObject(item) && 'seq' in item) take(item as unknown as StreamItem<N>)
        else streamRequest.destroy(new Error('no stream item'))
      }
    })
    // A broken stream is reported by 'close', which follows every error.
    response.on('error', () => streamRequest.destroy())
  })
  streamRequest.on('error', () => streamRequest.destroy())
  streamRequest.on('close', ended)
  streamRequest.end()
  return () => streamRequest.destroy()
}
