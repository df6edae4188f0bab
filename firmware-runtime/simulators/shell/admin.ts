// The administration side of a simulator: HTTP with JSON on loopback (contract.md section 6).
// Scripts set the scene with it and read the store; lanes never see it.
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { LaneFault, faultJson } from '../../core/values/faults.ts'
import { must } from '../../core/values/must.ts'

interface AdminRequest {
  /** The part of the path after a route that ends in `/:id`, decoded. */
  readonly id: string
  readonly query: URLSearchParams
  /** Parsed JSON; undefined when there was no body. */
  readonly body: unknown
}

/** Key: `POST /cars` or `DELETE /cars/:id`. The answer becomes the JSON body, status 200. */
export type AdminRoutes = Readonly<Record<string, (request: AdminRequest) => unknown>>

interface AdminServer {
  readonly url: string
  close(): Promise<void>
}

/** A plate picture of a real camera is well below; anything larger is a mistake. */
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
  const route = find(routes, request.method ?? '', url.pathname)
  if (!route) {
    answer(response, 404, { error: { code: 'ARG-01', message: 'no such route' } })
    return
  }
  const body = parseBody(text)
  answer(response, 200, await route.run({ id: decodeId(route.id), query: url.searchParams, body }))
}

/** Listens; `failed` gets what is our own bug, so that the process can say it and end. */
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
  await listening(server, address)
  const bound = server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has an address')
  return {
    url: `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${bound.port}`,
    async close() {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      server.closeAllConnections()
      await promise
    },
  }
}

async function listening(server: Server, address: { host: string; port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error) => {
    const value = `http://${address.host}:${address.port}`
    reject(new LaneFault('LINK-01', { value, note: error.message }))
  })
  server.listen(address.port, address.host, resolve)
  await promise
}

/** A whole number from the query, or the given value when it is absent. */
export function queryNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^\d{1,15}$/.test(text)) throw new LaneFault('ARG-01', { field: name, value: text })
  return Number(text)
}
