// A proxy between a lot and its platform with the platform's own TLS key: forwards the lot's requests and records them.
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface Kept {
  readonly method: string
  readonly path: string
  /** Lines of the request's head, unchanged. */
  readonly head: readonly string[]
  readonly body: Buffer
}

interface Tap {
  readonly url: string
  readonly sent: readonly Kept[]
  close(): void
}

export async function tapAt(
  platformUrl: string,
  { certDir, caFile }: { readonly certDir: string; readonly caFile: string },
): Promise<Tap> {
  const read = (name: string): Buffer => readFileSync(join(certDir, name))
  const ca = readFileSync(caFile)
  const sent: Kept[] = []
  const server = createServer({ key: read('tls.key.pem'), cert: read('tls.pem') }, (from, to) => {
    const { method = '', url: path = '', rawHeaders } = from
    const head = rawHeaders.flatMap((name, i) =>
      i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : [],
    )
    const parts: Buffer[] = []
    from.on('data', (part: Buffer) => parts.push(part))
    from.on('end', () => {
      const body = Buffer.concat(parts)
      sent.push({ method, path, head, body })
      const on = { method, headers: from.headers, ca, agent: false }
      const onward = request(new URL(path, platformUrl), on, (answer) => {
        to.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(to)
      })
      onward.on('error', () => to.destroy())
      onward.end(body)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `https://127.0.0.1:${port}`,
    sent,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
