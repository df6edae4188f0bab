// The rooms of the product and their allowed imports (design.md section 3), as one table.
// There are no exemptions: a file that does not fit belongs in another room.
import { builtinModules } from 'node:module'
import { isRelative, packageOf, resolveFrom, type ImportGraph } from './imports.ts'
import { kindOf, kinds, order, partOf, type Kind, type Theme } from './themes.ts'

export interface Room {
  readonly name: string
  /** Folder (ends with `/`), file, or what its paths have in common; `*` is any one name. The first match counts. */
  readonly at: string | ((path: string) => boolean)
  /** Rooms it may import, besides itself. */
  readonly may: readonly string[]
  /** Rooms of which it may import types only. */
  readonly mayType?: readonly string[]
  /** Its folders must not import each other; what two of them need belongs in a lower room. */
  readonly apart?: boolean
  /** May import Node's built-in modules. */
  readonly node: boolean
  /** Allowed npm packages; `any` excludes Electron, which only the two rooms of electron/ may import. */
  readonly packages: 'any' | readonly string[]
}

const runtime = 'firmware-runtime/'
const pure = { node: false, packages: [] }
const free = { node: true, packages: 'any' } as const
const browser = { node: false, packages: 'any' } as const
const electron = { node: true, packages: ['electron'] }

type Part = readonly [theme: Theme, kind: Kind]
const nameOf = ([theme, kind]: Part): string => (kind === 'own' ? theme : `${theme} ${kind}`)
const parts: readonly Part[] = order.flatMap((theme) =>
  kinds.filter((kind) => kind !== 'tables' || theme === 'base').map((kind): Part => [theme, kind]),
)
/** What a file of this kind may import of its own theme and of those before it. */
const below: Readonly<Record<Kind, readonly Kind[]>> = {
  pure: ['pure'],
  calls: ['pure', 'calls'],
  tables: ['pure'],
  own: ['pure', 'calls', 'tables', 'own'],
  desk: kinds,
}
const mayPart = ([theme, kind]: Part, [other, its]: Part): boolean =>
  below[kind].includes(its) &&
  (order.indexOf(other) <= order.indexOf(theme) || (kind === 'desk' && its !== 'desk'))
/** Packages of pure parts; those of `base/tables` read and write the bytes of table files. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  'base tables': ['fflate', 'write-excel-file'],
  'devices pure': ['iconv-lite', 'fast-xml-parser', 'zod'],
  'survey pure': ['zod'],
}
/** The rooms of the themes (themes.ts): one for each kind of file. */
const themeRooms: readonly Room[] = parts.map((part) => {
  const name = nameOf(part)
  const isPure = part[1] === 'pure' || part[1] === 'tables'
  return {
    name,
    at: (path) => path.startsWith(runtime) && roomOfTheme(path) === name,
    may: [
      ...parts.filter((other) => other !== part && mayPart(part, other)).map(nameOf),
      ...(name === 'survey pure' ? ['criteria'] : []),
      ...(part[1] === 'desk' || name === 'lane' ? ['dialects'] : []),
      ...(name === 'base' ? ['manifest'] : []),
      ...(name === 'runtime desk' ? ['centre'] : []),
    ],
    ...(isPure ? pure : free),
    ...(isPure ? { packages: packagesOf[name] ?? [] } : {}),
  }
})
function roomOfTheme(path: string): string {
  const [theme] = partOf(path).split('/')
  return nameOf([theme as Theme, kindOf(path)])
}
/** What composition joins: every part of every theme. */
const joined = [...parts.map(nameOf), 'dialects', 'centre']
/** What the window may run, and of what it takes types. */
const ofBase = ['base pure', 'base tables']
const ofWindow = [...ofBase, 'survey pure', 'client', 'i18n', 'page-table']
const calls = ['runtime', ...parts.filter(([, kind]) => kind === 'calls').map(nameOf)]

export const rooms: readonly Room[] = [
  /** Only its version is read, once. */
  { name: 'manifest', at: 'package.json', may: [], ...pure },
  /** Assumed criteria of survey rows: data with its own schema. */
  { name: 'criteria', at: 'device-profiles/criteria/', may: [], ...pure },
  /** The only room that names the provinces. */
  {
    name: 'dialects',
    at: `${runtime}ledger/pure/platforms/dialects.ts`,
    may: ['platforms', 'base pure', 'ledger pure'],
    ...pure,
  },
  {
    name: 'platforms',
    at: `${runtime}ledger/pure/platforms/`,
    may: ['base pure', 'devices pure', 'money pure', 'ledger pure'],
    ...pure,
  },
  { name: 'simulators', at: `${runtime}simulators/`, may: ['base pure'], ...free },
  { name: 'harness', at: `${runtime}harness/`, may: [...joined, 'simulators'], ...free },
  /** The only room in which the commands of the product and of the harness meet. */
  {
    name: 'commands',
    at: `${runtime}commands.ts`,
    may: ['base', 'base desk', 'survey desk', 'runtime desk', 'harness'],
    ...free,
  },
  { name: 'main', at: `${runtime}main.ts`, may: [...joined, 'harness', 'commands'], ...free },
  ...themeRooms,
  {
    name: 'electron-main',
    at: 'electron/main/',
    may: ['base', 'base pure', ...calls],
    ...electron,
  },
  {
    name: 'electron-preload',
    at: 'electron/preload/',
    may: ['base', 'base pure', ...calls],
    ...electron,
  },
  { name: 'styles', at: 'renderer/styles/', may: [], ...browser },
  { name: 'page-words', at: 'renderer/pages/*/words*.ts', may: ['base pure'], ...browser },
  /** Data alone, from which routes, links, titles and rights are made: no screen, no store. */
  {
    name: 'page',
    at: 'renderer/pages/*/page.ts',
    may: ['base pure'],
    mayType: [...calls, 'kit'],
    ...browser,
  },
  { name: 'page-table', at: 'renderer/pages/pages.ts', may: ['page'], ...browser },
  {
    name: 'i18n',
    at: 'renderer/i18n/',
    may: ['base pure', 'page-table', 'page-words'],
    mayType: [...calls, 'kit'],
    ...browser,
  },
  /** The window's side of the control API. */
  { name: 'client', at: 'renderer/api/', may: ['base pure'], mayType: calls, ...browser },
  /** Opens untrusted files, in a worker of the sandboxed window. */
  {
    name: 'sandbox',
    at: 'renderer/sandbox/',
    may: ['base pure', 'devices pure', 'survey pure'],
    ...browser,
  },
  /** Used by screens and components, without drawing: words, stores, readers, page keys. */
  { name: 'kit', at: 'renderer/kit/', may: ofWindow, mayType: calls, ...browser },
  {
    name: 'components',
    at: 'renderer/components/',
    may: [...ofWindow, 'kit'],
    mayType: calls,
    ...browser,
  },
  { name: 'screen-table', at: 'renderer/pages/screens.ts', may: ['screens'], ...browser },
  {
    name: 'screens',
    at: 'renderer/pages/',
    may: [...ofWindow, 'kit', 'components', 'sandbox', 'page'],
    apart: true,
    mayType: calls,
    ...browser,
  },
  /** The window around the screens: frame, bars, routes, commands and their keys. */
  {
    name: 'shell',
    at: 'renderer/shell/',
    may: [...ofWindow, 'kit', 'components', 'screens', 'screen-table', 'styles'],
    mayType: calls,
    ...browser,
  },
  /** The page that the platform simulator serves. */
  {
    name: 'platform-page',
    at: 'renderer/platform-sim/',
    may: ['styles', 'kit', 'components', 'i18n', 'base pure'],
    ...browser,
  },
  /** The screens of the centre, opened in a browser. They say what happened to a car by the same core as a lot. */
  {
    name: 'centre-page',
    at: 'centre/pages/',
    may: [...ofBase, 'ledger pure', 'lane pure', 'styles', 'kit', 'components', 'i18n'],
    mayType: ['centre', ...calls],
    ...browser,
  },
  /** Many lots on PostgreSQL (reference/many-lots.md): no code of a lane. */
  {
    name: 'centre',
    at: 'centre/',
    may: ['base', ...ofBase, 'ledger', 'ledger pure', 'dialects'],
    ...free,
  },
  { name: 'window-types', at: 'renderer/vue.d.ts', may: [], mayType: calls, ...browser },
]

const builtins = new Set(builtinModules)

const shapes = new Map<string, RegExp>()
function shapeOf(at: string): RegExp {
  const made = at.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  const shape = shapes.get(at) ?? new RegExp(at.endsWith('/') ? `^${made}` : `^${made}$`)
  shapes.set(at, shape)
  return shape
}

export const roomAt = (path: string, table = rooms): Room | undefined =>
  table.find(({ at }) => (typeof at === 'string' ? shapeOf(at).test(path) : at(path)))

/** The generated extract of the call table, for rooms that may import only its types. */
const ofTable = 'virtual:calls'

function packageFault(room: Room, specifier: string): string | null {
  if (specifier === ofTable && [...room.may, ...(room.mayType ?? [])].includes('runtime'))
    return null
  const name = packageOf(specifier)
  if (specifier.startsWith('node:') || builtins.has(name)) {
    return room.node ? null : `${room.name} must not use Node's ${specifier}`
  }
  const named = room.packages !== 'any' && room.packages.includes(name)
  if (named || (room.packages === 'any' && name !== 'electron')) return null
  return `${room.name} must not use the package ${name}`
}

const folderIn = ({ at }: Room, path: string): string =>
  typeof at === 'string' ? (path.slice(at.length).split('/')[0] ?? '') : ''

function roomFault(
  room: Room,
  path: string,
  target: string,
  typeOnly: boolean,
  table: readonly Room[],
) {
  const other = roomAt(target, table)
  if (other === undefined) return `${target} is in no room`
  if (other === room && room.apart === true && folderIn(room, path) !== folderIn(room, target)) {
    return `folders of ${room.name} must not import each other`
  }
  if (other === room || room.may.includes(other.name)) return null
  if (room.mayType?.includes(other.name) !== true) {
    return `${room.name} must not import ${other.name}`
  }
  return typeOnly ? null : `${room.name} may import only types of ${other.name}`
}

/** Checks every import against the table; one line for each forbidden import. */
export function roomFaults(graph: ImportGraph, table = rooms): string[] {
  const faults: string[] = []
  for (const [path, imports] of graph) {
    const room = roomAt(path, table)
    if (room === undefined) {
      faults.push(`${path}: is in no room`)
      continue
    }
    for (const { specifier, typeOnly } of imports) {
      const fault = isRelative(specifier)
        ? roomFault(room, path, resolveFrom(path, specifier), typeOnly, table)
        : packageFault(room, specifier)
      if (fault !== null) faults.push(`${path}: ${fault} (${specifier})`)
    }
  }
  return faults
}

export const inRooms = (path: string): boolean =>
  /^(firmware-runtime|electron|renderer|centre)\//.test(path)
