// Whether a TCP port of a network card of this machine can be listened on: tried, and given back at once.
import { createServer } from 'node:net'

/** Null: it can be. Otherwise the code of the system, for example EADDRINUSE or EADDRNOTAVAIL. */
export const portBar = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)))
  })
