// The link of a camera that is signed in to, as the fields of its form: the address, the account, the name of its password
// and what else a person wrote into it.
import { secretOfLink } from '../../firmware-runtime/core/links/camera-link.ts'

interface CameraAccount {
  /** Host, or host:port. */
  at: string
  user: string
  /** Name of the password. */
  secret: string
  /** Other parameters. */
  rest: readonly string[]
}

/** Each lane has a password of its own, as its camera may. */
export const cameraSecret = (laneId: string): string => `camera-${laneId}`

export function accountOf(link: string, laneId: string): CameraAccount {
  const [, at = '', query = ''] = /^[\w-]+:\/\/([^?]*)\??(.*)$/.exec(link) ?? []
  const pairs = query.split('&').filter((pair) => pair !== '')
  const user = pairs.find((pair) => pair.startsWith('user='))?.slice('user='.length)
  return {
    at,
    user: user ?? 'admin',
    secret: secretOfLink(link) ?? cameraSecret(laneId),
    rest: pairs.filter((pair) => !/^(?:user|secret)=/.test(pair)),
  }
}

export const linkOf = (make: string, { at, user, secret, rest }: CameraAccount): string =>
  `${make}://${at}?${[`user=${user}`, `secret=${secret}`, ...rest].join('&')}`

export const schemeOf = (link: string): string => link.split(':', 1)[0] ?? ''

export const makeOf = (link: string, makes: readonly string[]): string | null =>
  makes.find((make) => make === schemeOf(link)) ?? null
