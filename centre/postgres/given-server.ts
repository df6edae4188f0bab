// The server of `--postgres URL`: used, never started or stopped.
import pg from 'pg'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { refusedFault, type Server } from './server.ts'

/** The address for messages: without its password. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return 'postgres://'
  const url = new URL(text)
  url.password = ''
  url.searchParams.delete('password')
  return url.href
}

/** The driver reads the address, the environment and ~/.pgpass alike for every connection. */
function clientOf(url: string): pg.Client {
  const note = 'postgres://USER@HOST:PORT/DATABASE, % = %25'
  const refused = new LaneFault('ARG-01', { field: '--postgres', value: shownUrl(url), note })
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) throw refused
  try {
    // The driver takes a wrong escape of user or password as it stands.
    const { username, password } = new URL(url)
    for (const part of [username, password]) decodeURIComponent(part)
    return new pg.Client({ connectionString: url })
  } catch {
    // A wrong escape, or a file of a certificate that is not there.
    throw refused
  }
}

/** Throws ARG-01 for an address that is none. */
export function givenServer(url: string): Server {
  const client = clientOf(url)
  const { host, port, database, user, ssl } = client
  const password = client.password ?? null
  return {
    owner: { host, port, database, user, ssl, ...(password === null ? {} : { password }) },
    start: () => Promise.resolve(),
    isStarting: () => false,
    faultOf: (error) => refusedFault(error, { value: shownUrl(url) }),
    stop: () => Promise.resolve(),
  }
}
