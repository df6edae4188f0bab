// Records which packages a build bundled, as paths of the lock file: packages.json beside the built files.
// The licences and the list of parts in a package (installers/lane/third-party.mjs) are made from it.
import { relative, sep } from 'node:path'
import type { Plugin } from 'vite'

/** `node_modules/a/node_modules/b` of a module's id; null for our own modules. */
function packageOf(id: string, root: string): string | null {
  const [file = ''] = id.replace(/^\0/, '').split('?')
  const path = relative(root, file).split(sep).join('/')
  return /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null
}

export const bundledPackages: Plugin = {
  name: 'bundled-packages',
  apply: 'build',
  generateBundle(_, bundle) {
    const root = process.cwd()
    const ids = Object.values(bundle).flatMap((file) =>
      file.type === 'chunk' ? file.moduleIds : [],
    )
    const paths = ids.map((id) => packageOf(id, root)).filter((path) => path !== null)
    const found = Array.from(new Set(paths))
    found.sort()
    const source = `${JSON.stringify(found, null, 1)}\n`
    this.emitFile({ type: 'asset', fileName: 'packages.json', source })
  },
}
