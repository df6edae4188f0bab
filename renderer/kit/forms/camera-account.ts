// The link of a camera with a login, as the fields of its form: address, user, name of its password, and the other
// parameters of the link.
import { secretOfLink } from '#base/pure/links/camera-link.ts'

interface CameraAccount {
  /** Host, or host:port. */
  at: string
  user: string
  /** Name of the stored password. */
  secret: string
  /** Other parameters of the link, as `name=value`. */
  rest: readonly string[]
}

/** Name of the camera password of a lane; every lane has its own. */
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
