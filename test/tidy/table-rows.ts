// The files of a folder as rows of its generated table.
import { present } from '#base/pure/values/must.ts'
import type { Tree } from './tree.ts'

/** A file of a folder that is a row of its table. */
export interface RowFile {
  /** Import path relative to the table. */
  readonly specifier: string
  /** Name of the exported row. */
  readonly name: string
}

export interface FolderTable {
  readonly file: string
  text(tree: Tree): string
}

/** The matching files of a folder, sorted by name, with the name of the exported row. */
export function rowFiles(
  tree: Tree,
  folder: string,
  path: RegExp,
  row: RegExp,
): readonly RowFile[] {
  const files = [...tree].filter(([at]) => at.startsWith(folder) && path.test(at))
  return files
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, text]) => ({
      specifier: `./${at.slice(folder.length)}`,
      name: present(row.exec(text)?.[1], `${at} exports a row`),
    }))
}

export const imports = (rows: readonly RowFile[]): string =>
  rows.map(({ name, specifier }) => `import { ${name} } from '${specifier}'`).join('\n')
export const list = (rows: readonly RowFile[]): string => rows.map(({ name }) => name).join(', ')
