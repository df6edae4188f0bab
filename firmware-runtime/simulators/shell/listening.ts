// Opens the listener of a simulated server; LINK-01 with its address when it cannot listen.
import type { Server } from 'node:net'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { must } from '#base/pure/values/must.ts'

/** `name`: the host in the URL for clients. */
export async function listenOn(
  server: Server,
  scheme: 'http' | 'https' | 'tcp',
  { host, port }: { readonly host: string; readonly port: number },
  name = host,
): Promise<{ readonly port: number; readonly url: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const refuse = (error: Error): void => {
    const value = `${scheme}://${host}:${port}`
    reject(new LaneFault('LINK-01', { value, note: error.message }))
  }
  server.once('error', refuse)
  server.listen(port, host, resolve)
  await promise
  server.off('error', refuse)
  const bound = server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has an address')
  const shown = name.includes(':') ? `[${name}]` : name
  return { port: bound.port, url: `${scheme}://${shown}:${bound.port}` }
}
