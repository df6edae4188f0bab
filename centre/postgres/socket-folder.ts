// The folder of the server's socket: only its user and root enter it. Its path is short enough for the system.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveTo, makeFor, type ServerUser } from './server-user.ts'

/** Names the socket only: nothing listens on a port. */
export const socketPort = 5432
const bytesMax = 107
export const tempPrefix = 'etc-lane-centre-'

const isShort = (folder: string): boolean =>
  Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) <= bytesMax

/** `DIR/socket`, or one below the folder for temporary files where the path of DIR is long. */
export function socketFolder(dir: string, user: ServerUser): string {
  const own = join(dir, 'socket')
  if (isShort(own)) {
    if (existsSync(own)) rmSync(own, { recursive: true })
    makeFor(own, user)
    return own
  }
  const temp = isShort(join(tmpdir(), `${tempPrefix}XXXXXX`)) ? tmpdir() : '/tmp'
  const made = mkdtempSync(join(temp, tempPrefix))
  giveTo(made, user)
  return made
}
