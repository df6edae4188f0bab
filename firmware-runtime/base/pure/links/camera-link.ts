// Links that name a device with an account, taken apart (contract.md section 3); how one is shown.
// Passwords never stand in a link: `secret=NAME` names one that is sealed to the machine.
import { secretNameShape } from '../data/secret-rules.ts'
import { t, type BilingualText } from '../words/fault-text.ts'
import { LaneFault, type Why } from '../faults/faults.ts'
import { hostShape } from './link-url.ts'

export interface CameraAddress {
  readonly host: string
  readonly port: number
}

const urlCharsMax = 400
/** The displayable form of a link, without anything that could be a password. */
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

/** Name of the secret in a link; null: no secret. */
export const secretOfLink = (link: string): string | null =>
  /[?&]secret=([a-z][a-z0-9-]{0,31})(?=&|$)/.exec(link)?.[1] ?? null
/** True for a link with a password before its host or in its parameters: links are stored as typed, passwords must not be. */
export const hasPassword = (link: string): boolean =>
  /^[\w-]+:\/\/[^/?]*@/.test(link) || /[?&][^=&]*(?:pass|pwd)[^=&]*=/i.test(link)
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

export type LinkQuery = ReadonlyMap<string, string>

/** Reads the parts of a link that names an account; refuses with a text that shows no password. */
/** The ways to write a link. */
export const expected = (forms: string): BilingualText => t(`应为 ${forms}`, `expected ${forms}`)

export class LinkReader {
  readonly url: string
  readonly field: string
  private readonly forms: string
  constructor(url: string, field: string, forms: string) {
    this.url = url
    this.field = field
    this.forms = forms
    if (url.length > urlCharsMax)
      this.refuse(t(`超过 ${urlCharsMax} 个字符`, `longer than ${urlCharsMax} characters`))
  }

  refuse(note: Why): never {
    throw new LaneFault('LOT-03', { field: this.field, value: shownLink(this.url), note })
  }

  address(text: string, defaultPort: number): CameraAddress {
    if (text.includes('@'))
      this.refuse(
        t(
          '用户和密码不写在主机前面:用 user= 和 secret=',
          'user and password do not stand before the host: use user= and secret=',
        ),
      )
    const m = /^\/\/(\[[^\]]*\]|[^:/[\]]+)(?::(\d{1,5}))?\/?$/.exec(text)
    const host = m?.[1] ?? ''
    const port = m?.[2] === undefined ? defaultPort : Number(m[2])
    if (!hostShape.test(host)) this.refuse(expected(this.forms))
    if (port < 1 || port > 65_535)
      this.refuse(t('端口须为 1 到 65535', 'the port must be 1 to 65535'))
    return { host: host.replaceAll(/[[\]]/g, ''), port }
  }

  query(text: string, allowed: readonly string[]): LinkQuery {
    const query = new Map<string, string>()
    for (const pair of text === '' ? [] : text.split('&')) {
      const [name = '', ...rest] = pair.split('=')
      if (/pass|pwd/i.test(name))
        this.refuse(
          t(
            '密码不写在链路里,填在密码一栏',
            'a password never stands in a link: it has a field of its own',
          ),
        )
      if (!allowed.includes(name))
        this.refuse(
          t(
            `参数有:${allowed.join(', ') || '无'}`,
            `parameters are ${allowed.join(', ') || 'none'}`,
          ),
        )
      if (query.has(name)) this.refuse(t(`${name} 写了两次`, `${name} is given twice`))
      query.set(name, rest.join('='))
    }
    return query
  }

  /** The value of a parameter, which must be one of these; the first where it is not given. */
  choice<T extends string>(query: LinkQuery, name: string, values: readonly [T, ...T[]]): T {
    const given = query.get(name) ?? values[0]
    return (
      values.find((value) => value === given) ?? this.refuse(`${name} is ${values.join(' or ')}`)
    )
  }

  account(query: LinkQuery): { readonly user: string; readonly secret: string } {
    const user = query.get('user') ?? ''
    const secret = query.get('secret') ?? ''
    if (!userShape.test(user))
      this.refuse(t('user= 是相机的账号', 'user= names the account of the camera'))
    if (!secretNameShape.test(secret))
      this.refuse(
        t(
          'secret= 是封存在这台电脑上的密码的名称',
          'secret= names a password that is sealed on this computer',
        ),
      )
    return { user, secret }
  }
}
