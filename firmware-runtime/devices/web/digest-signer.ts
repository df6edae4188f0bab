// Makes the Authorization header of a device request: the only place that uses a device password.
// The password is read for each proof, so that a change takes effect at once and no copy is kept.
import { createHash } from 'node:crypto'
import { hexOf } from '#base/pure/data/bytes.ts'
import { authorizationOf, type TextHash } from '../pure/http/digest.ts'
import type { DeviceRequest, RequestAuth } from '../pure/http/session.ts'
import type { Random } from '#base/ports/clocks.ts'

export const nodeTextHash: TextHash = (algorithm, text) =>
  createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text, 'utf8')
    .digest('hex')

/** The header's text, or null when there is no password to prove. */
type RequestSigner = (request: DeviceRequest, auth: RequestAuth) => string | null

export const digestSigner =
  (user: string, password: () => string | null, random: Random): RequestSigner =>
  ({ method, path }, { challenge, nonceCount }) => {
    const secret = password()
    if (secret === null) return null
    const clientNonce = hexOf(random.bytes(8)).toLowerCase()
    const use = { method, uri: path, user, password: secret, nonceCount, clientNonce }
    return authorizationOf(challenge, use, nodeTextHash)
  }
