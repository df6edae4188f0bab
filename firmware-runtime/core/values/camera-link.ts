// Camera links of contract.md section 3 taken apart: pushes, subscriptions, and TCP of Vzicom.
// Passwords never stand in a link: `secret=NAME` names one that is sealed to the machine.
import { LaneFault } from './faults.ts'
import { hostShape } from './link-url.ts'

export interface CameraAddress {
  readonly host: string
  readonly port: number
}

export type CameraTarget =
  | { readonly kind: 'push'; readonly dialect: 'hikvision' | 'vzicom' }
  | { readonly kind: 'sim' }
  | (CameraAddress & {
      readonly kind: 'hikvision'
      readonly user: string
      readonly secret: string
      /** `absent`: a person says that this model opens no gate and so cannot be asked. */
      readonly ctrlMod: 'asked' | 'absent'
    })
  | (CameraAddress & {
      readonly kind: 'dahua'
      readonly user: string
      readonly secret: string
      readonly channel: number
      readonly confidenceMax: 100 | 255
    })
  | (CameraAddress & { readonly kind: 'vz' })

const urlCharsMax = 400
const forms =
  'one of push:hikvision, push:vzicom, hikvision://host:port?user=&secret=, dahua://…, vz://host:8131'

/** What of a link may be shown: nothing that could be a password. */
export function shownLink(url: string): string {
  const [head = '', query] = url.slice(0, urlCharsMax).split('?', 2)
  const bare = head.replace(/\/\/.*@/, '//…@')
  if (query === undefined) return bare
  const kept = query.split('&').map((pair) => {
    const name = pair.split('=', 1)[0] ?? ''
    const shape = valueShapes.get(name)
    return shape?.test(pair.slice(name.length + 1)) === true ? pair : `${name}=…`
  })
  return `${bare}?${kept.join('&')}`
}

/** Names of secrets: also file names, on every system. */
export const secretNameShape = /^[a-z][a-z0-9-]{0,31}$/
const userShape = /^[A-Za-z0-9._@-]{1,64}$/

const valueShapes: ReadonlyMap<string, RegExp> = new Map([
  ['user', userShape],
  ['secret', secretNameShape],
  ['ctrlMod', /^\w{0,16}$/],
  ['channel', /^\d{0,4}$/],
  ['confidenceMax', /^\d{0,4}$/],
  ['profile', /^[\w/-]{0,81}$/],
  ...['limitOpen', 'limitClosed', 'loopUnder', 'loopArrive'].map((name): [string, RegExp] => [
    name,
    /^\d{0,4}$/,
  ]),
])

type Query = ReadonlyMap<string, string>

/** Reads the parts of a link that names an account; refuses with a text that shows no password. */
export class LinkReader {
  readonly url: string
  readonly field: string
  private readonly forms: string
  constructor(url: string, field: string, forms: string) {
    this.url = url
    this.field = field
    this.forms = forms
    if (url.length > urlCharsMax) this.refuse(`longer than ${urlCharsMax} characters`)
  }

  refuse(note: string): never {
    throw new LaneFault('LOT-03', { field: this.field, value: shownLink(this.url), note })
  }

  address(text: string, defaultPort: number): CameraAddress {
    if (text.includes('@'))
      this.refuse('user and password do not stand before the host: use user= and secret=')
    const m = /^\/\/(\[[^\]]*\]|[^:/[\]]+)(?::(\d{1,5}))?\/?$/.exec(text)
    const host = m?.[1] ?? ''
    const port = m?.[2] === undefined ? defaultPort : Number(m[2])
    if (!hostShape.test(host)) this.refuse(`expected ${this.forms}`)
    if (port < 1 || port > 65_535) this.refuse('the port must be 1 to 65535')
    return { host: host.replaceAll(/[[\]]/g, ''), port }
  }

  query(text: string, allowed: readonly string[]): Query {
    const query = new Map<string, string>()
    for (const pair of text === '' ? [] : text.split('&')) {
      const [name = '', ...rest] = pair.split('=')
      if (/pass|pwd/i.test(name))
        this.refuse('a password never stands in a link: set it with etc-lane secret set')
      if (!allowed.includes(name)) this.refuse(`parameters are ${allowed.join(', ') || 'none'}`)
      if (query.has(name)) this.refuse(`${name} is given twice`)
      query.set(name, rest.join('='))
    }
    return query
  }

  /** The value of a parameter, which must be one of these; the first where it is not given. */
  choice<T extends string>(query: Query, name: string, values: readonly [T, ...T[]]): T {
    const given = query.get(name) ?? values[0]
    return (
      values.find((value) => value === given) ?? this.refuse(`${name} is ${values.join(' or ')}`)
    )
  }

  account(query: Query): { readonly user: string; readonly secret: string } {
    const user = query.get('user') ?? ''
    const secret = query.get('secret') ?? ''
    if (!userShape.test(user)) this.refuse('user= names the account of the camera')
    if (!secretNameShape.test(secret))
      this.refuse('secret= names a password that etc-lane secret set has sealed')
    return { user, secret }
  }
}

/** The target of a camera link. Throws LOT-03 that shows no password. */
export function parseCameraLink(url: string, field = ''): CameraTarget {
  const reader = new LinkReader(url, field, forms)
  if (url === 'push:hikvision') return { kind: 'push', dialect: 'hikvision' }
  if (url === 'push:vzicom') return { kind: 'push', dialect: 'vzicom' }
  if (/^sim:[\w-]+$/.test(url)) return { kind: 'sim' }
  const scheme = /^(hikvision|dahua|vz):/.exec(url)?.[1]
  const rest = url.slice((scheme?.length ?? 0) + 1)
  const cut = rest.indexOf('?')
  const place = cut < 0 ? rest : rest.slice(0, cut)
  const text = cut < 0 ? '' : rest.slice(cut + 1)
  if (scheme === 'vz') {
    reader.query(text, [])
    return { kind: 'vz', ...reader.address(place, 8131) }
  }
  if (scheme === 'hikvision') {
    const query = reader.query(text, ['user', 'secret', 'ctrlMod'])
    const ctrlMod = reader.choice(query, 'ctrlMod', ['asked', 'absent'])
    return { kind: 'hikvision', ...reader.address(place, 80), ...reader.account(query), ctrlMod }
  }
  if (scheme === 'dahua') {
    const query = reader.query(text, ['user', 'secret', 'channel', 'confidenceMax'])
    const channel = query.get('channel') ?? '1'
    if (!/^[1-9]\d?$/.test(channel)) reader.refuse('channel is 1 to 99')
    const max = reader.choice(query, 'confidenceMax', ['100', '255'])
    return {
      kind: 'dahua',
      ...reader.address(place, 80),
      ...reader.account(query),
      channel: Number(channel),
      confidenceMax: max === '255' ? 255 : 100,
    }
  }
  return reader.refuse(`expected ${forms}`)
}
