// Camera links of contract.md section 3 taken apart: pushes, subscriptions, and TCP of Vzicom.
// A make that pushes, or is subscribed to, is known by the folder that its link names.
import { type CameraAddress, expected, LinkReader } from '../../core/links/camera-link.ts'
import { present } from '../../core/values/must.ts'
import type { CameraMake, CameraOptions } from './make.ts'
import { cameraMakes } from './makes.ts'
import type { PushMake } from './push-make.ts'
import { pushMakes } from './push-makes.ts'

export type SubscribedCamera = CameraAddress & {
  readonly kind: 'subscribed'
  readonly make: CameraMake
  readonly user: string
  readonly secret: string
  readonly options: CameraOptions
}

export type CameraTarget =
  | { readonly kind: 'push'; readonly make: PushMake }
  | { readonly kind: 'sim' }
  | (CameraAddress & { readonly kind: 'vz' })
  | SubscribedCamera

const subscribed = cameraMakes.map(({ name }) => `${name}://host:port?user=&secret=`)
const pushing = pushMakes.map(({ name }) => `push:${name}`)
const forms = [...pushing, ...subscribed, 'vz://host:8131'].join(', ')

/** The target of a camera link. Throws LOT-03 that shows no password. */
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
  if (scheme === 'vz') {
    reader.query(text, [])
    return { kind: 'vz', ...reader.address(place, 8131) }
  }
  const make = cameraMakes.find(({ name }) => name === scheme)
  if (make === undefined) return reader.refuse(expected(forms))
  const query = reader.query(text, ['user', 'secret', ...Object.keys(make.usual)])
  const options = make.options(query, reader)
  const at = reader.address(place, 80)
  return { kind: 'subscribed', make, ...at, ...reader.account(query), options }
}

/** The make that cameras of demonstrations push as. */
export const simulatedPush = present(
  pushMakes.find(({ simulated }) => simulated === true),
  'one make is simulated',
)

/** The make by which a lane listens for its camera; null: it does not. */
export function pushMakeOf(link: string | null): PushMake | null {
  const target = link === null ? null : parseCameraLink(link)
  if (target?.kind === 'push') return target.make
  return target?.kind === 'sim' ? simulatedPush : null
}
