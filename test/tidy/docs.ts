// Rules over documents: each path and each npm script that they name exists.
// A path may hold `<name>` or `*`; then the part before it must exist.
import { posix } from 'node:path'
import type { Tree } from './tree.ts'

const roomNames = 'electron|renderer|firmware-runtime|device-profiles|installers|test|docs|\\.ci'
const pathShape = new RegExp(`(?<![\\w./@-])(?:${roomNames})/[\\w.@<>*{},/-]*`, 'g')
const linkShape = /\]\(([^)\s]+)\)/g
const scriptShape = /\bnpm (?:run ([\w:-]+)|(test|start)\b)/g

/** The part of a path before a placeholder, without punctuation at its end. */
export function fixedPart(path: string): string {
  const [before = ''] = path.split(/[<*{]/)
  const cut = before === path ? path : before.slice(0, before.lastIndexOf('/') + 1)
  return cut.replace(/[.,/]+$/, '')
}

const exists = (tree: Tree, path: string): boolean =>
  tree.has(path) || [...tree.keys()].some((other) => other.startsWith(`${path}/`))

export function documentPathFaults(tree: Tree): string[] {
  const faults: string[] = []
  for (const [file, text] of tree) {
    if (!file.endsWith('.md')) continue
    const links = [...text.matchAll(linkShape)]
      .map(([, target = '']) => target.replace(/#.*$/, ''))
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
      .map((target) => posix.normalize(posix.join(posix.dirname(file), target)))
    const named = [...text.replaceAll(linkShape, ']').matchAll(pathShape)].map(([path]) => path)
    for (const path of [...links, ...named]) {
      if (!exists(tree, fixedPart(path))) faults.push(`${file}: ${path} does not exist`)
    }
  }
  return faults
}

export function documentScriptFaults(tree: Tree, scripts: readonly string[]): string[] {
  const faults: string[] = []
  for (const [file, text] of tree) {
    if (!file.endsWith('.md')) continue
    for (const [, run, short] of text.matchAll(scriptShape)) {
      const name = run ?? short ?? ''
      if (!scripts.includes(name)) faults.push(`${file}: npm script ${name} does not exist`)
    }
  }
  return faults
}
