// The administration side of a simulator: HTTP with JSON on loopback (contract.md section 6).
// Scripts set the scene with it and read the store; lanes do not use it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { LaneFault, faultJson } from '#base/pure/faults/faults.ts'
import { listenOn } from './listening.ts'

export interface AdminRequest {
  /** The part of the path after a route that ends in `/:id`, decoded. */
  readonly id: string
  readonly query: URLSearchParams
  /** From `Authorization: Bearer KEY`; empty without it. */
  readonly key: string
  /** Parsed JSON; undefined when there was no body. */
  readonly body: unknown
}

/** Key: `POST /cars` or `DELETE /cars/:id`. The answer becomes the JSON body, status 200. */
export type AdminRoutes = Readonly<Record<string, (request: AdminRequest) => unknown>>

interface AdminServer {
  readonly url: string
  close(): Promise<void>
}

/** An answer that is not JSON: a page and its files. */
export class RawAnswer {
  readonly type: string
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>

  constructor(type: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}) {
    this.type = type
    this.bytes = bytes
    this.headers = headers
  }
}

/** Well above a real camera's plate picture; a larger body is a mistake. */
const bodyBytesMax = 8 * 1024 * 1024

function readBody(request: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= bodyBytesMax) chunks.push(chunk)
  })
  request.on('end', () => {
    if (size <= bodyBytesMax) resolve(Buffer.concat(chunks).toString('utf8'))
    else reject(new LaneFault('ARG-01', { value: String(size), note: 'the body is too large' }))
  })
  request.on('error', reject)
  return promise
}

function parseBody(text: string): unknown {
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (error) {
    const note = error instanceof Error ? error.message : 'not JSON'
    throw new LaneFault('ARG-01', { value: text.slice(0, 80), note })
  }
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value ?? {}))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  })
  response.end(body)
}

/**
 * A foreign page in a browser on this machine can send requests here, and a foreign name may resolve to this address
 * (DNS rebinding): neither has this server's name in `Host` and `Origin`. Programs send no `Origin`.
 */
function isOwn({ headers, socket }: IncomingMessage): boolean {
  const { host = '', origin } = headers
  const name = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/.exec(host)
  const isHere = name !== null && Number(name[1] ?? '80') === socket.localPort
  return isHere && (origin === undefined || origin === `http://${host}`)
}

function find(routes: AdminRoutes, method: string, path: string) {
  const exact = routes[`${method} ${path}`]
  if (exact) return { run: exact, id: '' }
  const slash = path.lastIndexOf('/')
  const withId = slash > 0 ? routes[`${method} ${path.slice(0, slash)}/:id`] : undefined
  return withId ? { run: withId, id: path.slice(slash + 1) } : null
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch (error) {
    throw new LaneFault('ARG-01', { value: id, note: String(error) })
  }
}

async function serve(routes: AdminRoutes, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://admin.invalid')
  // The body is always drained: a kept-alive connection needs it.
  const text = await readBody(request)
  if (!isOwn(request)) {
    answer(response, 403, { error: { code: 'ARG-01', message: 'asked by another site' } })
    return
  }
  const route = find(routes, request.method ?? '', url.pathname)
  if (!route) {
    answer(response, 404, { error: { code: 'ARG-01', message: 'no such route' } })
    return
  }
  const body = parseBody(text)
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const { searchParams: query } = url
  const value = await route.run({ id: decodeId(route.id), query, key, body })
  if (!(value instanceof RawAnswer)) {
    answer(response, 200, value)
    return
  }
  const { type, bytes, headers } = value
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': bytes.length })
  response.end(bytes)
}

/** Listens; `failed` gets unexpected errors, so that the process can report them and end. */
export async function startAdmin(
  address: { readonly host: string; readonly port: number },
  routes: AdminRoutes,
  failed: (error: unknown) => void,
): Promise<AdminServer> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(routes, request, response).catch((error: unknown) => {
      if (error instanceof LaneFault) {
        answer(response, 400, faultJson(error, 'en'))
        return
      }
      answer(response, 500, { error: { code: 'BUG', message: String(error) } })
      failed(error)
    })
  })
  const { url } = await listenOn(server, 'http', address)
  return {
    url,
    async close() {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      server.closeAllConnections()
      await promise
    },
  }
}

/** A whole number from the query, or the given value when it is absent. */
export function queryNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^\d{1,15}$/.test(text)) throw new LaneFault('ARG-01', { field: name, value: text })
  return Number(text)
}
