// Tables generated from the files of their folder: adding a file adds its row.
// ETC_LANE_WRITE_DOCS=1 npx vitest run test/tidy/folder-tables.test.ts writes them.
import { relative } from 'node:path/posix'
import { present } from '#base/pure/values/must.ts'
import { centreTables } from './centre-tables.ts'
import { formatted } from './formatted.ts'
import { imports, list, rowFiles, type FolderTable, type RowFile } from './table-rows.ts'
import type { Tree } from './tree.ts'

/** The files of a folder, each with the row that it defines by this function. */
const filesOf = (folder: string, path: RegExp, define: string) => (tree: Tree) =>
  rowFiles(tree, folder, path, new RegExp(`^export const (\\w+) = ${define}[<(]`, 'm'))
/** The same, for a folder with other files as well. */
const definedIn = (folder: string, define: string) => (tree: Tree) => {
  const own = [...tree].filter(([, text]) => new RegExp(` = ${define}[<(]`).test(text))
  return filesOf(folder, /\.ts$/, define)(new Map(own))
}

const items = 'firmware-runtime/survey/pure/items/'
const itemFiles = filesOf(items, /\/d\d\d-[\w-]+\.ts$/, 'defineSurveyItem')

const accepted = 'firmware-runtime/acceptance/pure/items/'
/** A file is one item, or a list of items that share a shape. */
const acceptedRow = /^export const (\w+)(?:: readonly AcceptanceItem\[\])? = /m
const acceptedFiles = (tree: Tree): readonly RowFile[] =>
  rowFiles(tree, accepted, /\/[e-ir]\d\d-[\w-]+\.ts$/, acceptedRow)
const isList = (tree: Tree, { specifier, name }: RowFile): boolean =>
  new RegExp(`^export const ${name}: readonly AcceptanceItem\\[\\] = `, 'm').test(
    tree.get(`${accepted}${specifier.slice(2)}`) ?? '',
  )

/** Helpers that items share for their limits; the table imports them from the same file. */
const limitHelpers = ['answeredThresholds', 'responseThresholds']
/** Members of an item, each at the beginning of a line of the same indentation. */
const acceptedItem =
  /^( +)id: '([E-IR]\d+)',\n\1title: (t\([\s\S]*?\)),\n(?:\1rule: \{([\s\S]*?)\},$(?=\n\1\w))?/gm

interface AcceptedRule {
  readonly id: string
  readonly text: string
}

/** The limits of each item without the item itself, because lanes must not load the acceptance. */
const acceptedRules = (tree: Tree): readonly AcceptedRule[] =>
  acceptedFiles(tree)
    .flatMap(({ specifier }) => {
      const at = `${accepted}${specifier.slice(2)}`
      const found = [...(tree.get(at) ?? '').matchAll(acceptedItem)]
      present(found[0], `${at} has an id and a title`)
      return found.map(([, , id = '', title, rule]) => {
        const own = present(rule, `${at}: ${id} has a rule`)
        const none = own.includes('thresholds:') ? '' : 'thresholds: {},'
        return { id, text: `${id}: acceptedRule(${title}, {${none}${own}}),` }
      })
    })
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
const placeOf = ({ id }: AcceptedRule): string => id.slice(0, 1) + id.slice(1).padStart(2, '0')

const cameras = 'firmware-runtime/devices/pure/camera/'
const makeFiles = filesOf(cameras, /camera\/[\w-]+\/make\.ts$/, 'defineCameraMake')

const pushFiles = filesOf(cameras, /camera\/[\w-]+\/push\.ts$/, 'definePushMake')

const tcpFiles = filesOf(cameras, /camera\/[\w-]+\/tcp\.ts$/, 'defineTcpMake')

const searchFiles = filesOf(cameras, /camera\/[\w-]+\/search\.ts$/, 'defineCameraSearch')

const gateFiles = filesOf(cameras, /camera\/[\w-]+\/gate\.ts$/, 'defineGateMake')

const watchers = 'firmware-runtime/devices/pure/watch/'
const watchFiles = filesOf(watchers, /watch\/[\w-]+\/make\.ts$/, 'defineWatchMake')

const lanes = 'firmware-runtime/lane/pure/layouts/'
/** Layout files, without the helpers beside them. */
const layoutFiles = filesOf(
  lanes,
  /layouts\/(?!(?:index|layout|place|sent|table)\.ts)[\w-]+\.ts$/,
  'defineLayout',
)

const kinds = 'firmware-runtime/base/pure/device-kinds/'
const kindFiles = filesOf(
  kinds,
  /device-kinds\/(?!(?:kind|table|lane-kinds)\.ts)[\w-]+\.ts$/,
  'defineDeviceKind',
)

const devices = 'firmware-runtime/devices/pure/'
const deviceFiles = filesOf(devices, /pure\/[\w-]+\/kind\.ts$/, 'defineLaneDevice')

const tables = 'firmware-runtime/base/pure/tables/'
/** Lists that are imported; the name of the file is the name of their calls. */
const importedFiles = definedIn(tables, 'defineImport')
const importers = 'firmware-runtime/lane/pure/imports/'
const importerFiles = filesOf(
  importers,
  /imports\/(?!(?:importer|table)\.ts)[\w-]+\.ts$/,
  'defineImporter',
)

const inbox = 'firmware-runtime/runtime/inbox/'
const matterFiles = filesOf(inbox, /inbox\/(?!(?:matter|table)\.ts)[\w-]+\.ts$/, 'defineMatter')

const search = 'firmware-runtime/runtime/search/'
const finderFiles = filesOf(search, /search\/(?!(?:finder|table)\.ts)[\w-]+\.ts$/, 'defineFinder')

const runtime = 'firmware-runtime/'
/** Files of all themes as rows of a table in `folder`. */
const ofThemes = (folder: string, path: RegExp, row: RegExp) => (tree: Tree) => {
  const own = new Map([...tree].filter(([, text]) => row.test(text)))
  return rowFiles(own, runtime, path, row).map(({ specifier, name }) => ({
    specifier: relative(folder, runtime + specifier.slice(2))
      .replace(/^\.\.\/\.\.\//, '#')
      .replace(/^(?![.#])/, './'),
    name,
  }))
}
const control = `${runtime}runtime/control/`
const callFiles = ofThemes(
  control,
  /\/(?:handlers|control)\/control-[\w-]+\.ts$/,
  /^export const (\w+) = defineCalls[<(]/m,
)

const calls = `${runtime}runtime/calls/`
/** Files of rows; the calls about documents are made of all rows, and the table is their join. */
const rowsOfCalls = ofThemes(
  calls,
  /\/calls\/(?!(?:document|table)\.ts)[\w-]+\.ts$/,
  /^export const (\w+Calls) = \{$/m,
)

const pages = 'renderer/pages/'
/** The folders of renderer/pages/ with a page, by their names. */
const pageNames = (tree: Tree): readonly string[] =>
  [...tree.keys()]
    .flatMap((at) => /^renderer\/pages\/([\w-]+)\/page\.ts$/.exec(at)?.[1] ?? [])
    .toSorted((a, b) => (a < b ? -1 : 1))

/** The screen that a page names, or `<name>/<Name>Screen.vue`; none: the page is its list. */
function screensOf(tree: Tree): readonly (readonly [name: string, screen: string])[] {
  return pageNames(tree).flatMap((name) => {
    const named = /^ {2}screen: '([^']+)',$/m.exec(tree.get(`${pages}${name}/page.ts`) ?? '')?.[1]
    const screen = named ?? `${name}/${name.slice(0, 1).toUpperCase()}${name.slice(1)}Screen.vue`
    return tree.has(pages + screen) ? [[name, screen] as const] : []
  })
}
const componentOf = (screen: string): string => screen.replace(/^.*\/|\.vue$/g, '')

const wordFile =
  /^renderer\/(?:pages\/[\w-]+\/words|i18n\/(?!(?:index|catalogue|languages|rows)\.ts)[\w-]+)\.ts$/
/** The files of the catalogue, each with the names of its keys. */
const wordFiles = (tree: Tree): readonly (readonly [path: string, keys: readonly string[]])[] =>
  [...tree]
    .filter(([at]) => wordFile.test(at))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, text]) => [
      at,
      [...text.matchAll(/^export const (\w+) =/gm)].map(([, key = '']) => key),
    ])

export const folderTables: readonly FolderTable[] = [
  ...centreTables,
  {
    file: `${pages}pages.ts`,
    text: (tree) => `// The pages of the window, by their folders.
// Written from the folders by test/tidy/folder-tables.test.ts.
${pageNames(tree)
  .map((name) => `import { page as ${name} } from './${name}/page.ts'`)
  .join('\n')}

export const pages = { ${pageNames(tree).join(', ')} }
`,
  },
  {
    file: `${pages}screens.ts`,
    text: (tree) => `// The screens of the pages; a page without one is drawn from its declaration.
// Written from the folders by test/tidy/folder-tables.test.ts.
${[...new Set(screensOf(tree).map(([, screen]) => screen))]
  .map((screen) => `import ${componentOf(screen)} from './${screen}'`)
  .join('\n')}

export const screens = { ${screensOf(tree)
      .map(([name, screen]) => `${name}: ${componentOf(screen)}`)
      .join(', ')} }
`,
  },
  {
    file: 'renderer/i18n/rows.ts',
    text: (
      tree,
    ) => `// The rows of the catalogue by their first keys, from the files of this folder and the words of the pages.
// Written from the folders by test/tidy/folder-tables.test.ts.
${wordFiles(tree)
  .map(
    ([at, keys]) =>
      `import { ${keys.join(', ')} } from '${at.replace(/^renderer\/i18n\//, './').replace(/^renderer\/pages\//, '../pages/')}'`,
  )
  .join('\n')}

export const rows = { ${wordFiles(tree)
      .flatMap(([, keys]) => keys)
      .join(', ')} }
`,
  },
  {
    file: `${kinds}table.ts`,
    text: (tree) => `// The kinds of devices, one file each.
// Written from this folder by test/tidy/folder-tables.test.ts.
${imports(kindFiles(tree))}

export const deviceKinds = { ${list(kindFiles(tree))} } as const
`,
  },
  {
    file: `${devices}lane-devices.ts`,
    text: (tree) => `// The kinds of devices of a lane, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
${imports(deviceFiles(tree))}

export const laneDevices = { ${list(deviceFiles(tree))} } as const
`,
  },
  {
    file: `${tables}imported.ts`,
    text: (tree) => `// The lists that are imported as tables, by the names of their calls.
// Written from this folder by test/tidy/folder-tables.test.ts.
${imports(importedFiles(tree))}

export const importedTables = { ${importedFiles(tree)
      .map(({ specifier, name }) => `${specifier.slice(2, -3)}: ${name}`)
      .join(', ')} } as const
`,
  },
  {
    file: `${importers}table.ts`,
    text: (tree) => `// What each imported list does with a file.
// Written from this folder by test/tidy/folder-tables.test.ts.
${imports(importerFiles(tree))}

export const importers = { ${list(importerFiles(tree))} } as const
`,
  },
  {
    file: `${inbox}table.ts`,
    text: (tree) => `// The kinds of matters that wait for a person.
// Written from this folder by test/tidy/folder-tables.test.ts.
${imports(matterFiles(tree))}

export const matters = { ${list(matterFiles(tree))} } as const
`,
  },
  {
    file: `${search}table.ts`,
    text: (tree) => `// The kinds of things that the search field finds.
// Written from this folder by test/tidy/folder-tables.test.ts.
${imports(finderFiles(tree))}

export const finders = { ${list(finderFiles(tree))} } as const
`,
  },
  {
    file: `${control}table.ts`,
    text: (tree) => `// The files of handlers of the control API.
// Written from this folder by test/tidy/folder-tables.test.ts.
${imports(callFiles(tree))}

export const callFiles = { ${list(callFiles(tree))} } as const
`,
  },
  {
    file: `${calls}table.ts`,
    text: (tree) => `// The rows of all calls of the control API, by their names.
// Written from this folder by test/tidy/folder-tables.test.ts.
${imports(rowsOfCalls(tree))}

export const callRows = { ${rowsOfCalls(tree)
      .map(({ name }) => `...${name}`)
      .join(', ')} } as const
`,
  },
  {
    file: `${items}ids.ts`,
    text: (tree) => `// The ids of the rows of table D.1, from the names of their files.
// Written from this folder by test/tidy/folder-tables.test.ts.

export const itemIds = [${itemFiles(tree)
      .map(({ specifier }) => `'D${Number(specifier.slice(3, 5))}'`)
      .join(', ')}] as const
export type ItemId = (typeof itemIds)[number]
`,
  },
  {
    file: `${items}index.ts`,
    text: (
      tree,
    ) => `// The rows of table D.1 of seed 001, in its order, which reports, screens and verdicts follow.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { SurveyItem } from '../item.ts'
${imports(itemFiles(tree))}

export const surveyItems: readonly SurveyItem[] = [${list(itemFiles(tree))}]
`,
  },
  {
    file: `${accepted}ids.ts`,
    text: (
      tree,
    ) => `// The ids of the rows of tables E.1 to I.1 and of clause 10.3.2, in their order.
// Written from this folder by test/tidy/folder-tables.test.ts.

export const itemIds = [${acceptedRules(tree)
      .map(({ id }) => `'${id}'`)
      .join(', ')}] as const
export type ItemId = (typeof itemIds)[number]
`,
  },
  {
    file: 'firmware-runtime/base/pure/rules/accepted-rules.ts',
    text: (
      tree,
    ) => `// The rules of tables E.1 to I.1 and of clause 10.3.2 with the figures of the base pack, as their items have them.
// Written from firmware-runtime/acceptance/pure/items/ by test/tidy/folder-tables.test.ts.
import { t } from '../words/fault-text.ts'
import { acceptedRule } from './rule-kind.ts'
import { ${limitHelpers.join(', ')} } from './shared-limits.ts'

export const acceptedRules = {
${acceptedRules(tree)
  .map(({ text }) => text)
  .join('\n')}
} as const
`,
  },
  {
    file: `${accepted}index.ts`,
    text: (
      tree,
    ) => `// The rows of tables E.1 to I.1 and of clause 10.3.2 of seed 001, in their order, which pages, commands and documents follow.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { AcceptanceItem } from '../item.ts'
${imports(acceptedFiles(tree))}
import { itemIds } from './ids.ts'

const items: readonly AcceptanceItem[] = [${acceptedFiles(tree)
      .map((file) => (isList(tree, file) ? '...' : '') + file.name)
      .join(', ')}]

export const acceptanceItems = items.toSorted(
  (a, b) => itemIds.indexOf(a.id) - itemIds.indexOf(b.id),
)
`,
  },
  {
    file: `${cameras}makes.ts`,
    text: (tree) => `// The makes of cameras that are subscribed to, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { CameraMake } from './make.ts'
${imports(makeFiles(tree))}

export const cameraMakes: readonly CameraMake[] = [${list(makeFiles(tree))}]
`,
  },
  {
    file: `${cameras}push-makes.ts`,
    text: (tree) => `// The makes of cameras that push, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { PushMake } from './push-make.ts'
${imports(pushFiles(tree))}

export const pushMakes: readonly PushMake[] = [${list(pushFiles(tree))}]
`,
  },
  {
    file: `${cameras}tcp-makes.ts`,
    text: (tree) => `// The makes of cameras that are spoken to over TCP, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { TcpMake } from './tcp-make.ts'
${imports(tcpFiles(tree))}

export const tcpMakes: readonly TcpMake[] = [${list(tcpFiles(tree))}]
`,
  },
  {
    file: `${cameras}searches.ts`,
    text: (tree) => `// The searches that makers of cameras have of their own, by their folders.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { CameraSearch } from './search.ts'
${imports(searchFiles(tree))}

export const cameraSearches: readonly CameraSearch[] = [${list(searchFiles(tree))}]
`,
  },
  {
    file: `${cameras}gate-makes.ts`,
    text: (tree) => `// The makes of cameras with a gate on their output, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { GateMake } from '../barrier/camera-output/dialect.ts'
${imports(gateFiles(tree))}

export const gateMakes: readonly GateMake[] = [${list(gateFiles(tree))}]
`,
  },
  {
    file: `${watchers}makes.ts`,
    text: (tree) => `// The makes of cameras that watch parking spaces, one folder each.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { WatchMake } from './make.ts'
${imports(watchFiles(tree))}

export const watchMakes: readonly WatchMake[] = [${list(watchFiles(tree))}]
`,
  },
  {
    file: `${lanes}table.ts`,
    text: (tree) => `// The layouts of clause 7 by its numbers, one file each.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { Layout, LayoutRow } from './layout.ts'
${imports(layoutFiles(tree))}

const rows: readonly LayoutRow[] = [${list(layoutFiles(tree))}]

export const layouts: Readonly<Record<string, Layout>> = Object.fromEntries(
  rows
    .map(({ clause, lanes }) => [clause, lanes] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
)
`,
  },
]

/** Each generated table by its path. */
export async function madeTables(tree: Tree): Promise<ReadonlyMap<string, string>> {
  const made = folderTables.map(
    async ({ file, text }) => [file, await formatted(file, text(tree))] as const,
  )
  return new Map(await Promise.all(made))
}
