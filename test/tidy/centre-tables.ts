// Generated tables of the centre: the calls of its desk and its pages, a folder each.
import { imports, rowFiles, type FolderTable, type RowFile } from './table-rows.ts'
import type { Tree } from './tree.ts'

const deskCalls = 'centre/desk/calls/'
const callFiles = (tree: Tree): readonly RowFile[] =>
  rowFiles(tree, deskCalls, /\/calls\.ts$/, /^export const (\w+): CallRows</m)
const shapeFiles = (tree: Tree): readonly RowFile[] =>
  rowFiles(tree, deskCalls, /calls\/[\w-]+\/views\.ts$/, /^export interface (\w+Calls) \{/m)

const centrePages = 'centre/pages/'
/** The folders of the pages of the centre, each with page.ts, Page.vue and words.ts. */
const centrePageNames = (tree: Tree): readonly string[] =>
  [...tree.keys()]
    .flatMap((at) => /^centre\/pages\/(\w+)\/page\.ts$/.exec(at)?.[1] ?? [])
    .filter((name) => name !== 'shell')
    .toSorted((a, b) => (a < b ? -1 : 1))
const centreTable = (
  tree: Tree,
  head: string,
  name: string,
  line: (page: string) => string,
): string => `// ${head}
// Written from the folders by test/tidy/folder-tables.test.ts.
${centrePageNames(tree).map(line).join('\n')}

export const ${name} = { ${centrePageNames(tree).join(', ')} }
`

export const centreTables: readonly FolderTable[] = [
  {
    file: `${centrePages}titles.ts`,
    text: (tree) =>
      `${centreTable(
        tree,
        'The pages of the centre by their folders, as they declare themselves.',
        'pages',
        (name) => `import { page as ${name} } from './${name}/page.ts'`,
      )}export type PageName = keyof typeof pages
`,
  },
  {
    file: `${centrePages}screens.ts`,
    text: (tree) =>
      centreTable(
        tree,
        'The screens of the pages of the centre.',
        'screens',
        (name) => `import ${name} from './${name}/Page.vue'`,
      ),
  },
  {
    file: `${centrePages}page-words.ts`,
    text: (tree) =>
      centreTable(
        tree,
        'The words of the pages of the centre.',
        'pageWords',
        (name) => `import { words as ${name} } from './${name}/words.ts'`,
      ),
  },
  {
    file: `${deskCalls}table.ts`,
    text: (tree) => `// The calls of the desk, a folder for each thing.
// Written from the folders by test/tidy/folder-tables.test.ts.
import type { CallRows } from '../call.ts'
import type { DeskCalls } from './views.ts'
${imports(callFiles(tree))}

export const calls: CallRows<DeskCalls> = { ${callFiles(tree)
      .map(({ name }) => `...${name}`)
      .join(', ')} }
`,
  },
  {
    file: `${deskCalls}views.ts`,
    text: (tree) => `// Arguments and answers of the calls of the desk, for its pages.
// Written from the folders by test/tidy/folder-tables.test.ts.
${imports(shapeFiles(tree)).replaceAll('import {', 'import type {')}

export type DeskCalls = ${shapeFiles(tree)
      .map(({ name }) => name)
      .join(' & ')}
`,
  },
]
