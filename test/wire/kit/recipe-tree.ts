// A copy of the program to which a recipe of CONTRIBUTING.md adds its files; the folder tables are
// written again as `npm run check` requires. The copy then runs as a process.
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { must } from '#base/pure/values/must.ts'
import { madeTables } from '../../tidy/folder-tables.ts'
import { readTree, repository } from '../../tidy/tree.ts'
import { newFolder } from './live-program.ts'
import { runNode, type Ran } from './program.ts'

export interface RecipeTree {
  readonly root: string
  /** The program file of the copy. */
  readonly program: string
  run(...args: string[]): Promise<Ran>
}

const parts = ['firmware-runtime', 'centre', 'device-profiles', 'package.json']

/** The program of the copy compiles, as a recipe that asks for a file too few would not. */
async function compiles(root: string): Promise<void> {
  const config = join(root, 'tsconfig.json')
  const compilerOptions = { lib: ['ES2024'], types: ['node'] }
  const base = join(repository, 'tsconfig.base.json')
  const include = ['firmware-runtime/**/*.ts']
  writeFileSync(config, JSON.stringify({ extends: base, compilerOptions, include }))
  const tsc = join(repository, 'node_modules/typescript7/bin/tsc')
  const { stdout, stderr } = await runNode([tsc, '--noEmit', '-p', config])
  must(stdout + stderr === '', stdout + stderr)
}

/** `files`: by path all that a person writes, exactly this many: new files, and changed files with their new text. */
export async function treeWith(
  granted: number,
  files: Readonly<Record<string, string>>,
  /** Folders of the window that are needed too. */
  window: readonly string[] = [],
): Promise<RecipeTree> {
  must(Object.keys(files).length === granted, `the recipe takes ${granted} files`)
  const root = newFolder()
  for (const part of [...parts, ...window])
    cpSync(join(repository, part), join(root, part), { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  const written = new Map(Object.entries(files))
  const made = await madeTables(new Map([...readTree(), ...written]))
  for (const [path, text] of [...made, ...written]) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const program = join(root, 'firmware-runtime', 'main.ts')
  await compiles(root)
  return { root, program, run: (...args) => runNode([program, ...args]) }
}
