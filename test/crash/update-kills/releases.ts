// The release that the lots of these tests get, and how many kills they get.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { nextVersion } from '../../kit/next-version.ts'
import { publisherIn } from '../../kit/signed-release.ts'
import type { Release } from './updated-lot.ts'

export const seed = Number(process.env['UPDATE_KILLS_SEED'] ?? 1)

/** `npm run test:full` asks for 1,000. */
export function killsOf(): { readonly prepare: number; readonly switch: number } {
  const all = Number(process.env['UPDATE_KILLS'] ?? 50)
  const prepare = Math.floor(all * 0.4)
  return { prepare, switch: all - prepare }
}

/** The next version with a newer schema, packed and signed. */
export async function nextRelease(folder: string): Promise<Release> {
  const [out, keys] = ['made', 'publisher'].map((name) => join(folder, name))
  if (out === undefined || keys === undefined) throw new Error('two names')
  for (const one of [out, keys]) mkdirSync(one, { recursive: true })
  const publisher = publisherIn(keys)
  const made = await nextVersion(out, { newSchema: true, small: true })
  return { from: publisher.publish(made), root: publisher.root, version: made.version }
}
