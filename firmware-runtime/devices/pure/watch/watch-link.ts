// Links of what watches spaces (contract.md section 3): sensors through a broker or by pushes of their platform, cameras
// that push, and cameras that are subscribed to. The scheme of a camera's link names its make, which has a folder.
import { expected, LinkReader, type CameraAddress } from '#base/pure/links/camera-link.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { parseSpaceLink, spaceLinkForms, type SpaceTarget } from '#base/pure/links/space-link.ts'
import type { CameraOptions } from '../camera/make.ts'
import type { WatchMake } from './make.ts'
import type { PresetDialect } from './preset-dialect.ts'
import { watchMakes } from './makes.ts'

type MakeBy<B extends WatchMake['by']> = Extract<WatchMake, { readonly by: B }>

export type SubscribedWatcher = CameraAddress & {
  readonly kind: 'subscribed'
  readonly make: MakeBy<'subscription'>
  readonly user: string
  readonly secret: string
  readonly options: CameraOptions
}

type WatchTarget =
  | SpaceTarget
  | { readonly kind: 'pushed'; readonly make: MakeBy<'push'> }
  | SubscribedWatcher

const forms = [
  spaceLinkForms,
  ...watchMakes.map(({ by, name }) =>
    by === 'push' ? `push:${name}` : `${name}://host:port?user=&secret=`,
  ),
].join(', ')

/** Throws LOT-03 that shows no password. */
export function parseWatchLink(url: string, field = ''): WatchTarget {
  const scheme = /^([\w-]+):/.exec(url)?.[1]
  const make = watchMakes.find(({ by, name }) =>
    by === 'push' ? url === `push:${name}` : scheme === name,
  )
  if (make === undefined) return parseSpaceLink(url, field, forms)
  if (make.by === 'push') return { kind: 'pushed', make }
  const reader = new LinkReader(url, field, forms)
  const [place = '', text = ''] = url.slice(make.name.length + 1).split('?', 2)
  const query = reader.query(text, ['user', 'secret', ...Object.keys(make.usual)])
  const at = reader.address(place, 80)
  const options = make.options(query, reader)
  return { kind: 'subscribed', make, ...at, ...reader.account(query), options }
}

/** The address at which a camera takes commands to turn. */
interface TurnAddress extends CameraAddress {
  readonly user: string
  readonly secret: string
  readonly presets: PresetDialect
}

const turnForms = watchMakes
  .map(({ name }) => `${name}://host:port?user=&secret=&channel=1`)
  .join(', ')

/** `control`: where it differs from the link. Null: the link names no address. Throws LOT-03 that shows no password. */
export function parseTurnLink(link: string, control?: string, field = ''): TurnAddress | null {
  const target = parseWatchLink(link)
  if (control === undefined) {
    if (target.kind !== 'subscribed') return null
    const { make, host, port, user, secret, options } = target
    const { channel = 1 } = options
    return { host, port, user, secret, presets: make.presets(Number(channel)) }
  }
  const reader = new LinkReader(control, field, turnForms)
  const name = /^([\w-]+):/.exec(control)?.[1]
  const make = watchMakes.find((one) => one.name === name) ?? reader.refuse(expected(turnForms))
  const [place = '', text = ''] = control.slice(make.name.length + 1).split('?', 2)
  const query = reader.query(text, ['user', 'secret', 'channel'])
  const channel = query.get('channel') ?? '1'
  if (!/^[1-9]\d?$/.test(channel)) reader.refuse(t('channel 是 1 到 99', 'channel is 1 to 99'))
  const presets = make.presets(Number(channel))
  return { ...reader.address(place, 80), ...reader.account(query), presets }
}

/** True for a camera, which reads the car in a space; false for a sensor. */
export const isWatchedByCamera = (url: string): boolean =>
  ['pushed', 'subscribed'].includes(parseWatchLink(url).kind)
