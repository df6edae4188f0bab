// The repository for the tidy rules: paths with their text, without files that git ignores.
// Rules take a Tree and return faults, so that each can be tested with a small made-up tree.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Text by path relative to the repository, with `/` on every system. A binary file has an empty text. */
export type Tree = ReadonlyMap<string, string>

export const repository = join(import.meta.dirname, '..', '..')
const textNames = /\.(ts|vue|mjs|js|cjs|json|md|css|html|svg|c|sh|yml|csv|txt|sql|pem)$/

export const treeOf = (files: Record<string, string>): Tree => new Map(Object.entries(files))

/** Tests whether git ignores a path; supports the two forms that our .gitignore uses. */
export function ignoreRule(gitignore: string): (path: string, folder: boolean) => boolean {
  const lines = gitignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return (path, folder) =>
    lines.some((line) => {
      if (line.startsWith('*')) return path.endsWith(line.slice(1))
      const name = line.replace(/\/$/, '')
      if (line.endsWith('/') && !folder) return false
      return name.includes('/') ? path === name : path === name || path.endsWith(`/${name}`)
    })
}

let kept: Tree | null = null

/** The repository, read once for all rules of a process, but anew where documents are written meanwhile. */
export function readTree(root = repository): Tree {
  if (root !== repository || process.env['ETC_LANE_WRITE_DOCS'] !== undefined) return read(root)
  return (kept ??= read(root))
}

function read(root: string): Tree {
  const ignored = ignoreRule(readFileSync(join(root, '.gitignore'), 'utf8'))
  const files = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.name === '.git' || ignored(path, entry.isDirectory())) continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) files.set(path, readText(root, path))
    }
  }
  walk('')
  return files
}

/** A file that another process removes between listing and reading counts as empty. */
function readText(root: string, path: string): string {
  const isText = textNames.test(path) || !/\.[a-z0-9]+$/i.test(path)
  const full = join(root, path)
  return isText && existsSync(full) ? readFileSync(full, 'utf8') : ''
}

export const isCode = (path: string): boolean => /\.(ts|vue|mjs|js)$/.test(path)
