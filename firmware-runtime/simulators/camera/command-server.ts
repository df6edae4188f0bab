// The address at which a simulated camera that pushes takes commands: HTTP with Digest, as an own listener.
import { createServer } from 'node:http'
import { hostPortOf, type ListenAddress } from '../shell/arguments.ts'
import { listenOn } from '../shell/listening.ts'
import { hikvisionDome } from './dome-commands.ts'
import type { Dome } from './dome.ts'
import { DigestGate } from './served/digest-gate.ts'
import type { HttpAccount } from './served/http-side.ts'

interface CommandServer {
  readonly url: string
  close(): Promise<void>
}

export async function openCommands(
  listen: ListenAddress,
  dome: Dome,
  { account, random }: { readonly account: HttpAccount; random(): number },
): Promise<CommandServer> {
  const gate = new DigestGate({ ...account, realm: 'IP Camera(C1234)', random })
  const server = createServer((request, response) => {
    const { method = '', url: target = '', headers } = request
    request.resume()
    const nowMs = Date.now()
    const verdict = gate.judge(
      { method, target, header: headers.authorization ?? '' },
      nowMs,
      false,
    )
    if (!verdict.ok) {
      response.writeHead(401, { 'www-authenticate': verdict.challenge }).end()
      return
    }
    const answer = hikvisionDome(dome, { method, target }, nowMs)
    if (answer === 'silent') return
    if (answer === null || 'stream' in answer) response.writeHead(404).end()
    else response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  })
  const { url } = await listenOn(server, 'http', hostPortOf(listen))
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
