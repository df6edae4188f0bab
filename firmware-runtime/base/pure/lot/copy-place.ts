// The second place of a lot's copies as its lot file names it: a folder of this machine, or `sftp://user@host:port/path`,
// a folder of a server. `/~/path` is below the home of that user. An invalid address is refused with the reason.

export interface SftpPlace {
  readonly user: string
  readonly host: string
  readonly port: number
  /** As the server takes it: without a slash in front it is below the home of the user. */
  readonly path: string
}

const scheme = 'sftp://'
/** SHA-256 of a host key, as `ssh-keygen -l` writes it. */
export const hostKeyShape = /^SHA256:[A-Za-z0-9+/]{43}$/
/** The user may hold an @, as some services give them out; a password may not stand here. */
const shape =
  /^sftp:\/\/([^/\s:]{1,100})@([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?(\/[^\0]*)?$/
const standardPort = 22

export const isServer = (to: string): boolean => to.startsWith(scheme)

/** Null: not whole, or not of this form. */
export function sftpPlaceOf(to: string): SftpPlace | null {
  const [, user, host, port = String(standardPort), path = ''] = shape.exec(to) ?? []
  if (user === undefined || host === undefined || path.length < 2) return null
  if (Number(port) < 1 || Number(port) > 65_535) return null
  const name = host.startsWith('[') ? host.slice(1, -1) : host
  const own = (path.startsWith('/~/') ? path.slice('/~/'.length) : path).replace(/\/+$/, '')
  return own === '' ? null : { user, host: name, port: Number(port), path: own }
}
