// Whom the server runs as. PostgreSQL refuses root, so there it is a system user, who owns the database alone.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'

/** Without ids: the user of this process. */
export interface ServerUser {
  readonly name: string
  readonly uid?: number
  readonly gid?: number
}

/** The user of the system's package of PostgreSQL, else the one without rights. `passwd`: text of /etc/passwd. */
export function userIn(passwd: string): ServerUser | null {
  const users = passwd.split('\n').map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = users.find(([one]) => one === wanted) ?? []
    if (name !== undefined && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) }
  }
  return null
}

export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return { name: '' }
  const user = userIn(readFileSync('/etc/passwd', 'utf8'))
  if (user === null) throw new LaneFault('CENTRE-08', { value: 'postgres, nobody' })
  return user
}

export const ids = ({ uid, gid }: ServerUser): { uid?: number; gid?: number } =>
  uid === undefined || gid === undefined ? {} : { uid, gid }

export function giveTo(path: string, { uid, gid }: ServerUser): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** Makes a folder for this user alone. */
export function makeFor(path: string, user: ServerUser): void {
  mkdirSync(path, { mode: 0o700 })
  chmodSync(path, 0o700)
  giveTo(path, user)
}

/** Throws CENTRE-08 with the outermost folder that this user may not pass. */
export function mustPass(dir: string, user: ServerUser): void {
  if (user.uid === undefined) return
  const above = [dir]
  for (let at = dir; at !== dirname(at); at = dirname(at)) above.unshift(dirname(at))
  const closed = above.find(
    (path) => spawnSync('test', ['-x', path], { ...ids(user), cwd: '/' }).status !== 0,
  )
  if (closed !== undefined) throw new LaneFault('CENTRE-08', { file: closed, value: user.name })
}
