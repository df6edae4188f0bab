// Parses camera links (contract.md section 3): pushes, subscriptions, and TCP. The scheme of a link names its make,
// which has a folder of its own.
import { type CameraAddress, expected, LinkReader } from '#base/pure/links/camera-link.ts'
import { present } from '#base/pure/values/must.ts'
import type { CameraMake, CameraOptions } from './make.ts'
import { cameraMakes } from './makes.ts'
import type { PushMake } from './push-make.ts'
import { pushMakes } from './push-makes.ts'
import type { TcpMake } from './tcp-make.ts'
import { tcpMakes } from './tcp-makes.ts'

export type SubscribedCamera = CameraAddress & {
  readonly kind: 'subscribed'
  readonly make: CameraMake
  readonly user: string
  readonly secret: string
  readonly options: CameraOptions
}

export type TcpCamera = CameraAddress & { readonly kind: 'tcp'; readonly make: TcpMake }

export type CameraTarget =
  | { readonly kind: 'push'; readonly make: PushMake }
  | { readonly kind: 'sim' }
  | TcpCamera
  | SubscribedCamera

const subscribed = cameraMakes.map(({ name }) => `${name}://host:port?user=&secret=`)
const pushing = pushMakes.map(({ name }) => `push:${name}`)
const onTcp = tcpMakes.map(({ name, port }) => `${name}://host:${port}`)
const forms = [...pushing, ...subscribed, ...onTcp].join(', ')

/** The target of a camera link. Throws LOT-03 without the password. */
export function parseCameraLink(url: string, field = ''): CameraTarget {
  const reader = new LinkReader(url, field, forms)
  const push = pushMakes.find(({ name }) => url === `push:${name}`)
  if (push !== undefined) return { kind: 'push', make: push }
  if (/^sim:[\w-]+$/.test(url)) return { kind: 'sim' }
  const scheme = /^([\w-]+):/.exec(url)?.[1]
  const rest = url.slice((scheme?.length ?? 0) + 1)
  const cut = rest.indexOf('?')
  const place = cut < 0 ? rest : rest.slice(0, cut)
  const text = cut < 0 ? '' : rest.slice(cut + 1)
  const tcp = tcpMakes.find(({ name }) => name === scheme)
  if (tcp !== undefined) {
    reader.query(text, [])
    return { kind: 'tcp', make: tcp, ...reader.address(place, tcp.port) }
  }
  const make = cameraMakes.find(({ name }) => name === scheme)
  if (make === undefined) return reader.refuse(expected(forms))
  const query = reader.query(text, ['user', 'secret', ...Object.keys(make.usual)])
  const options = make.options(query, reader)
  const at = reader.address(place, 80)
  return { kind: 'subscribed', make, ...at, ...reader.account(query), options }
}

/** The make as which demo cameras push. */
export const simulatedPush = present(
  pushMakes.find(({ simulated }) => simulated === true),
  'one make is simulated',
)

/** The make whose pushes a lane accepts; null: the link is not a push link. */
export function pushMakeOf(link: string | null): PushMake | null {
  const target = link === null ? null : parseCameraLink(link)
  if (target?.kind === 'push') return target.make
  return target?.kind === 'sim' ? simulatedPush : null
}
