// Who is answered on the administration side: programs on this machine and its own page, never another site's page or a
// host name that was made to resolve here.
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { must } from '#base/pure/values/must.ts'
import { RawAnswer, startAdmin } from '#simulators/shell/admin.ts'

let close: (() => Promise<void>) | null = null
afterEach(async () => {
  await close?.()
  close = null
})

async function start() {
  let acts = 0
  const routes = {
    'POST /act': () => ({ acts: ++acts }),
    'GET /page': () => new RawAnswer('text/plain', Buffer.from('page'), { 'x-own': '1' }),
  }
  const failed = (error: unknown): void => must(false, String(error))
  const server = await startAdmin({ host: '127.0.0.1', port: 0 }, routes, failed)
  close = () => server.close()
  return {
    port: Number(new URL(server.url).port),
    acts: () => acts,
    async send(method: string, path: string, headers: Readonly<Record<string, string>> = {}) {
      const request = httpRequest(`${server.url}${path}`, { method, headers })
      request.end()
      const [response] = await once(request, 'response')
      let body = ''
      for await (const chunk of response) body += String(chunk)
      return { status: response.statusCode, headers: response.headers, body }
    },
  }
}

describe('the administration side', () => {
  test.each([
    [{}, 200],
    [{ host: 'localhost:PORT' }, 200],
    [{ origin: 'http://127.0.0.1:PORT' }, 200],
    [{ host: 'localhost:PORT', origin: 'http://localhost:PORT' }, 200],
    [{ host: 'localhost:PORT', origin: 'http://127.0.0.1:PORT' }, 403],
    [{ origin: 'http://127.0.0.1:1' }, 403],
    [{ origin: 'https://127.0.0.1:PORT' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://example.com' }, 403],
    [{ host: 'example.com:PORT' }, 403],
    [{ host: 'example.com:PORT', origin: 'http://example.com:PORT' }, 403],
    [{ host: '127.0.0.1.example.com:PORT' }, 403],
    [{ host: '127.0.0.1:1' }, 403],
    [{ host: '127.0.0.1' }, 403],
  ])('asked with %o: %i', async (given, status) => {
    const { port, acts, send } = await start()
    const headers = Object.entries(given).map(
      ([name, value]: [string, string]) => [name, value.replace('PORT', String(port))] as const,
    )
    const got = await send('POST', '/act', Object.fromEntries(headers))
    expect([got.status, acts()]).toEqual([status, status === 200 ? 1 : 0])
  })

  test('answers a page as it is', async () => {
    const { send } = await start()
    const { status, headers, body } = await send('GET', '/page')
    expect([status, headers['content-type'], headers['x-own'], body]).toEqual([
      ...[200, 'text/plain', '1', 'page'],
    ])
  })
})
