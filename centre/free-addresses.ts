// The addresses of the door and the desk, tried before the database is started: a port in use is said at once.
import { createServer } from 'node:net'
import { once } from 'node:events'
import { LaneFault } from '#base/pure/faults/faults.ts'

interface Listening {
  readonly host: string
  readonly port: number
}

/** Throws CENTRE-24 and CENTRE-25 for an address that cannot be used, also where both are the same. */
export async function mustBeFree(door: Listening, desk: Listening): Promise<void> {
  const held = []
  try {
    for (const [code, { host, port }] of [
      ['CENTRE-24', door],
      ['CENTRE-25', desk],
    ] as const) {
      const server = createServer()
      held.push(server)
      server.listen({ host, port })
      await once(server, 'listening').catch((error: unknown) => {
        const note = error instanceof Error ? error.message : String(error)
        throw new LaneFault(code, { value: `${host}:${port}`, note })
      })
    }
  } finally {
    for (const server of held) server.close()
  }
}
