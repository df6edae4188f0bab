// The rooms of the product and their allowed imports (design.md section 3), as one table.
// There are no exemptions: a file that does not fit belongs in another room.
import { builtinModules } from 'node:module'
import { isRelative, packageOf, resolveFrom, type ImportGraph } from './imports.ts'

export interface Room {
  readonly name: string
  /** Folder (ends with `/`) or file; `*` is any one name. The first row that matches a path is its room. */
  readonly at: string
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

const runtime = 'firmware-runtime'
/** The rooms that composition may import: every room below it. */
const joined = [
  'values',
  'faults',
  'links',
  'core',
  'survey',
  'acceptance',
  'tables',
  'ports',
  'devices',
  'dialects',
  'adapters',
  'app',
  'api',
]
const codecPackages = ['iconv-lite', 'fast-xml-parser']
const pure = { node: false, packages: [] }
const free = { node: true, packages: 'any' } as const
const browser = { node: false, packages: 'any' } as const
const electron = { node: true, packages: ['electron'] }
/** What every part of the window may import. */
const ofWindow = ['values', 'faults', 'links', 'survey', 'tables', 'client', 'i18n', 'page-table']

export const rooms: readonly Room[] = [
  /** Only its version is read, once. */
  { name: 'manifest', at: 'package.json', may: [], ...pure },
  /** Assumed criteria of survey rows: data with its own schema. */
  { name: 'criteria', at: 'device-profiles/criteria/', may: [], ...pure },
  { name: 'values', at: `${runtime}/core/values/`, may: [], ...pure },
  /** Every fault, with its code and words, and the one error class that carries them. */
  { name: 'faults', at: `${runtime}/core/faults/`, may: ['values'], ...pure },
  /** Parses the device links of the lot file. */
  { name: 'links', at: `${runtime}/core/links/`, may: ['values', 'faults'], ...pure },
  /** Used by the sandboxed window and by the runtime, so that both judge a survey alike (ADR 52). */
  {
    name: 'survey',
    at: `${runtime}/survey/`,
    may: ['values', 'faults', 'criteria'],
    node: false,
    packages: ['zod'],
  },
  /** Items of appendices E to K: facts in, verdict out; usable by the window, like surveys. */
  { name: 'acceptance', at: `${runtime}/acceptance/`, may: ['values'], ...pure },
  /** Reads and writes the bytes of table files, for every caller. */
  {
    name: 'tables',
    at: `${runtime}/tables/`,
    may: ['values', 'faults'],
    node: false,
    packages: ['fflate', 'write-excel-file'],
  },
  { name: 'core', at: `${runtime}/core/`, may: ['values', 'faults'], ...pure },
  { name: 'ports', at: `${runtime}/ports/`, may: ['values', 'faults', 'core', 'survey'], ...pure },
  {
    name: 'devices',
    at: `${runtime}/devices/`,
    may: ['values', 'faults', 'links', 'core', 'survey'],
    node: false,
    packages: [...codecPackages, 'zod'],
  },
  /** The only room that names the provinces. */
  {
    name: 'dialects',
    at: `${runtime}/platforms/dialects.ts`,
    may: ['platforms', 'values', 'faults'],
    mayType: ['ports', 'core'],
    ...pure,
  },
  {
    name: 'platforms',
    at: `${runtime}/platforms/`,
    may: ['values', 'faults', 'core'],
    mayType: ['ports'],
    ...pure,
  },
  {
    name: 'adapters',
    at: `${runtime}/adapters/`,
    may: ['values', 'faults', 'links', 'core', 'survey', 'tables', 'ports', 'devices'],
    ...free,
  },
  {
    name: 'app',
    at: `${runtime}/app/`,
    may: [
      ...[
        'values',
        'faults',
        'links',
        'core',
        'survey',
        'acceptance',
        'tables',
        'ports',
        'devices',
      ],
      'api',
    ],
    ...free,
  },
  {
    name: 'api',
    at: `${runtime}/api/`,
    may: ['values', 'faults', 'core', 'survey', 'acceptance', 'ports'],
    ...free,
  },
  { name: 'simulators', at: `${runtime}/simulators/`, may: ['values', 'faults'], ...free },
  { name: 'runtime', at: `${runtime}/runtime/`, may: [...joined, 'manifest'], ...free },
  { name: 'cli', at: `${runtime}/cli/`, may: [...joined, 'runtime', 'centre'], ...free },
  {
    name: 'harness',
    at: `${runtime}/harness/`,
    may: [...joined, 'runtime', 'cli', 'simulators', 'centre'],
    ...free,
  },
  /** The only room in which the commands of the product and of the harness meet. */
  { name: 'commands', at: `${runtime}/commands.ts`, may: ['cli', 'harness'], ...free },
  {
    name: 'main',
    at: `${runtime}/main.ts`,
    may: ['adapters', 'runtime', 'cli', 'harness', 'commands'],
    ...free,
  },
  { name: 'electron-main', at: 'electron/main/', may: ['api'], ...electron },
  { name: 'electron-preload', at: 'electron/preload/', may: ['api'], ...electron },
  { name: 'styles', at: 'renderer/styles/', may: [], ...browser },
  { name: 'page-words', at: 'features/*/words*.ts', may: ['values'], ...browser },
  /** Data alone, from which routes, links, titles and rights are made: no screen, no store. */
  { name: 'page', at: 'features/*/page.ts', may: ['values'], mayType: ['api', 'kit'], ...browser },
  { name: 'page-table', at: 'features/pages.ts', may: ['page'], ...browser },
  {
    name: 'i18n',
    at: 'renderer/i18n/',
    may: ['values', 'page-table', 'page-words'],
    mayType: ['api', 'kit'],
    ...browser,
  },
  /** The window's side of the control API. */
  { name: 'client', at: 'renderer/api/', may: ['values'], mayType: ['api'], ...browser },
  /** Opens untrusted files, in a worker of the sandboxed window. */
  { name: 'sandbox', at: 'renderer/sandbox/', may: ['values', 'faults', 'survey'], ...browser },
  /** Used by screens and components, without drawing: words, stores, readers, page keys. */
  { name: 'kit', at: 'renderer/kit/', may: ofWindow, mayType: ['api'], ...browser },
  {
    name: 'components',
    at: 'renderer/components/',
    may: [...ofWindow, 'kit'],
    mayType: ['api'],
    ...browser,
  },
  { name: 'screen-table', at: 'features/screens.ts', may: ['screens'], ...browser },
  {
    name: 'screens',
    at: 'features/',
    may: [...ofWindow, 'kit', 'components', 'sandbox', 'page'],
    apart: true,
    mayType: ['api'],
    ...browser,
  },
  /** The window around the screens: frame, bars, routes, commands and their keys. */
  {
    name: 'shell',
    at: 'renderer/shell/',
    may: [...ofWindow, 'kit', 'components', 'screens', 'screen-table', 'styles'],
    mayType: ['api'],
    ...browser,
  },
  /** The page that the platform simulator serves. */
  {
    name: 'platform-page',
    at: 'renderer/platform-sim/',
    may: ['styles', 'kit', 'components', 'i18n', 'values'],
    ...browser,
  },
  /** The screens of the centre, opened in a browser. They say what happened to a car by the same core as a lot. */
  {
    name: 'centre-page',
    at: 'centre/pages/',
    may: ['values', 'faults', 'core', 'tables', 'styles', 'kit', 'components', 'i18n'],
    mayType: ['centre', 'api'],
    ...browser,
  },
  /** Many lots on PostgreSQL (reference/many-lots.md): no code of a lane. */
  {
    name: 'centre',
    at: 'centre/',
    may: ['values', 'faults', 'links', 'core', 'tables', 'ports', 'dialects', 'adapters'],
    ...free,
  },
  { name: 'window-types', at: 'renderer/vue.d.ts', may: [], mayType: ['api'], ...browser },
]

/** The composition folders, each with the sentence that describes all its files. */
export const compositionRooms: Readonly<Record<string, string>> = {
  acceptance: "A lot's acceptance on its folder: its session and the facts it is judged by.",
  backup: 'Copies of a lot, their keys and places, and the lot restored from one.',
  bench: 'Devices outside a lane: found, looked at and driven on links of their own.',
  document: 'Documents for people, laid out in a process of their own with the fonts it needs.',
  folder: 'The files of a data folder: found, judged, and written whole.',
  host: 'What answers the control API, of a lot that runs, rests or is a workbench, and its ports.',
  lane: 'Devices of lanes and spaces joined to their drivers: links, secrets, settings, readings.',
  list: 'The status list of a lot: fetched or taken in a worker, and read from its folder.',
  papers: "The papers of a lot's acceptance, what their rules judge, and their one document.",
  passport: 'The passports of the lanes of an open site.',
  process: 'What a process of the program needs whatever it runs: version, files, leases, a close.',
  profile: 'The profile library: found, checked against its signers, imported and taken back.',
  receipt: 'Receipts of an open site: their key, their rows and the printers they come from.',
  service: 'A machine made a lane computer: its service, its user and the checks of both.',
  setup:
    'A lot being set up or changed: its files, and tests of the devices and platforms it names.',
  site: 'A lot opened on its folder: ledger, platforms, and what stands beside its lanes.',
  survey: 'Site surveys: what measures on this machine, and the files that its readings go to.',
  transfer: 'Records carried between a lot and its platform by a stick.',
  update:
    'Versions of the program: prepared beside the lanes and tried on a copy, begun between cars, on trial, taken back.',
}

const builtins = new Set(builtinModules)

const shapes = new Map<string, RegExp>()
function shapeOf(at: string): RegExp {
  const made = at.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  const shape = shapes.get(at) ?? new RegExp(at.endsWith('/') ? `^${made}` : `^${made}$`)
  shapes.set(at, shape)
  return shape
}

export const roomAt = (path: string, table = rooms): Room | undefined =>
  table.find(({ at }) => shapeOf(at).test(path))

/** The generated extract of the call table, for rooms that may import only its types. */
const ofTable = 'virtual:calls'

function packageFault(room: Room, specifier: string): string | null {
  if (specifier === ofTable && [...room.may, ...(room.mayType ?? [])].includes('api')) return null
  const name = packageOf(specifier)
  if (specifier.startsWith('node:') || builtins.has(name)) {
    return room.node ? null : `${room.name} must not use Node's ${specifier}`
  }
  const named = room.packages !== 'any' && room.packages.includes(name)
  if (named || (room.packages === 'any' && name !== 'electron')) return null
  return `${room.name} must not use the package ${name}`
}

const folderIn = ({ at }: Room, path: string): string => path.slice(at.length).split('/')[0] ?? ''

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
  /^(firmware-runtime|electron|renderer|features|centre)\//.test(path)
