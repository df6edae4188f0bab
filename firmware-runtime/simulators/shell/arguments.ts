// The command line shared by every simulator (contract.md section 3, last row of the table).
// One parser, so that all simulators listen, refuse and explain the same way.
import { randomInt } from 'node:crypto'
import { LaneFault } from '#base/pure/faults/faults.ts'

export type Timing = 'instant' | 'standard'

export type ListenAddress =
  | { readonly kind: 'pty'; readonly path: string }
  | {
      readonly kind: 'tcp' | 'http' | 'https'
      readonly host: string
      /** 0 means a free port. */
      readonly port: number
    }

export interface SimArguments {
  /** Null when the simulator only pushes, like a camera. */
  readonly listen: ListenAddress | null
  readonly admin: { readonly host: string; readonly port: number }
  /** One of the plan's variants; empty for a simulator with only one. */
  readonly variant: string
  readonly storeFile: string | null
  readonly timing: Timing
  readonly seed: number
  readonly target: string | null
  readonly dieWithParent: boolean
  /** Values of the flags that only this simulator has, without the dashes. */
  readonly extra: Readonly<Record<string, string>>
}

type Link = ListenAddress['kind']

/** Command line flags of a simulator beside the common ones. */
export interface SimFlags {
  /** Name in help and messages: `rsu-sim`. */
  readonly name: string
  /** Links that it can listen on; empty when it only pushes. */
  readonly listens: readonly Link[]
  /** The first one is the default. */
  readonly variants?: readonly string[]
  /** True: takes the address that it pushes to. */
  readonly pushes?: boolean
  /** Without `--seed` each start has a random seed, shown in the ready line. */
  readonly rollsSeed?: boolean
  /**
   * Further flags with their value texts: `{ baud: 'N' }`; '' for none. With `names` of its certificate a simulator may
   * listen beyond this machine.
   */
  readonly flags?: Readonly<Record<string, string>>
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])
const sharedFlags = {
  admin: 'http://127.0.0.1:0',
  books: 'FILE',
  timing: 'instant|standard',
  seed: 'N',
} as const
const linkForms: Readonly<Record<Link, string>> = {
  pty: 'pty:PATH',
  tcp: 'tcp://127.0.0.1:0',
  http: 'http://127.0.0.1:0',
  https: 'https://127.0.0.1:0',
}

/** Each flag with its value text. */
const takenFlags = ({ listens, variants, pushes, flags }: SimFlags): Record<string, string> => ({
  ...(listens.length === 0 ? {} : { listen: listens.map((kind) => linkForms[kind]).join('|') }),
  ...(variants === undefined ? {} : { variant: variants.join('|') }),
  ...(pushes === true ? { target: 'URL' } : {}),
  ...sharedFlags,
  ...flags,
})

/** For --help: `rsu-sim [--listen pty:PATH|tcp://127.0.0.1:0] …`. */
export const usageOf = (of: SimFlags): string =>
  [
    of.name,
    ...Object.entries(takenFlags(of)).map(([name, value]) => `[${`--${name} ${value}`.trim()}]`),
  ].join(' ')

const refuse = (field: string, value: string, note: string): LaneFault =>
  new LaneFault('ARG-01', { field: `--${field}`, value, note })

function networkAddress(
  field: string,
  text: string,
  isNamed = false,
): { scheme: string; host: string; port: number } {
  const m = /^(tcp|https?):\/\/([^/:]+|\[[^\]]+\])(?::(\d{1,5}))?\/?$/.exec(text)
  if (!m) throw refuse(field, text, 'not an address like tcp://127.0.0.1:0')
  const [scheme, host, port] = [m[1] ?? '', m[2] ?? '', Number(m[3] ?? '0')]
  if (port > 65_535) throw refuse(field, text, 'no such port')
  // A simulator has no sign-in, so it never listens on the network, unless its clients must sign and trust it by the
  // names of its certificate.
  if (!isNamed && !loopbackHosts.has(host))
    throw refuse(field, text, 'simulators listen on loopback only')
  return { scheme, host: host === '[::1]' ? '::1' : host, port }
}

/** `pty:PATH`, `tcp://127.0.0.1:0`, `http://…` or `https://…`, as the simulator listens. */
function listenOf(text: string, { name, listens }: SimFlags, isNamed: boolean): ListenAddress {
  const address = parseListen(text, isNamed)
  if (listens.includes(address.kind)) return address
  const forms = listens.map((kind) => linkForms[kind])
  throw refuse('listen', text, `${name} listens on ${forms.join(' or ')}`)
}

function parseListen(text: string, isNamed: boolean): ListenAddress {
  if (text.startsWith('pty:')) {
    const path = text.slice(4)
    if (path === '') throw refuse('listen', text, 'pty: needs a path')
    return { kind: 'pty', path }
  }
  const { scheme, host, port } = networkAddress('listen', text, isNamed)
  if (scheme !== 'tcp' && scheme !== 'http' && scheme !== 'https') {
    throw refuse('listen', text, 'not a known kind of link')
  }
  return { kind: scheme, host, port }
}

/** For a simulator that listens on TCP only; default: a free port on loopback. */
export const hostPortOf = (listen: ListenAddress | null): { host: string; port: number } =>
  listen === null || listen.kind === 'pty' ? { host: '127.0.0.1', port: 0 } : listen

function parseAdmin(text: string): { host: string; port: number } {
  const { scheme, host, port } = networkAddress('admin', text)
  if (scheme !== 'http') throw refuse('admin', text, 'the admin side is http')
  return { host, port }
}

function parseTiming(text: string): Timing {
  if (text !== 'instant' && text !== 'standard') {
    throw refuse('timing', text, 'instant or standard')
  }
  return text
}

function parseSeed(text: string): number {
  const seed = Number(text)
  if (!/^\d{1,10}$/.test(text) || seed > 0xffff_ffff) throw refuse('seed', text, '0 to 4294967295')
  return seed
}

const newSeed = (): string => String(randomInt(2 ** 32))

function flagsOf(
  argv: readonly string[],
  known: ReadonlySet<string>,
  switches: ReadonlySet<string>,
): Map<string, string> {
  const values = new Map<string, string>()
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    const m = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(word)
    const name = m?.[1] ?? ''
    if (!m || !known.has(name)) throw new LaneFault('ARG-01', { value: word, note: 'not known' })
    if (values.has(name)) throw refuse(name, word, 'given twice')
    if (switches.has(name)) {
      if (m[2] !== undefined) throw refuse(name, word, 'takes no value')
      values.set(name, 'true')
      continue
    }
    const value = m[2] ?? argv[++i]
    if (value === undefined || value === '') throw refuse(name, '', 'needs a value')
    values.set(name, value)
  }
  return values
}

function variantOf(text: string | undefined, variants: readonly string[] = []): string {
  const variant = text ?? variants[0] ?? ''
  if (text === undefined || variants.includes(variant)) return variant
  throw refuse('variant', variant, `one of ${variants.join(', ')}`)
}

/** Reads `argv` (without node, script and command name). Throws ARG-01 with the flag and value. */
export function parseSimArguments(argv: readonly string[], of: SimFlags): SimArguments {
  const known = new Set<string>([...Object.keys(takenFlags(of)), 'die-with-parent'])
  const taken = Object.entries(of.flags ?? {}).filter(([, value]) => value === '')
  const switches = new Set(['die-with-parent', ...taken.map(([name]) => name)])
  const values = flagsOf(argv, known, switches)
  const listen = values.get('listen')
  const extra: Record<string, string> = {}
  for (const name of Object.keys(of.flags ?? {})) {
    const value = values.get(name)
    if (value !== undefined) extra[name] = value
  }
  return {
    listen: listen === undefined ? null : listenOf(listen, of, values.has('names')),
    admin: parseAdmin(values.get('admin') ?? 'http://127.0.0.1:0'),
    variant: variantOf(values.get('variant'), of.variants),
    storeFile: values.get('books') ?? null,
    timing: parseTiming(values.get('timing') ?? 'standard'),
    seed: parseSeed(values.get('seed') ?? (of.rollsSeed === true ? newSeed() : '1')),
    target: values.get('target') ?? null,
    dieWithParent: values.has('die-with-parent'),
    extra,
  }
}
