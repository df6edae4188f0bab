// The release that the lots of these tests get, and how often and from which seeds they are killed.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { nextVersion } from '../../kit/next-version.ts'
import { publisherIn } from '../../kit/signed-release.ts'
import type { Release } from './updated-lot.ts'

/** `npm run test:full` asks for 1,000: as many rounds of 50, each with new lots. */
export const rounds = Array.from(
  { length: Math.ceil(Number(process.env['UPDATE_KILLS'] ?? 50) / 50) },
  (_, index) => Number(process.env['UPDATE_KILLS_SEED'] ?? 1) + index,
)
/** Kills of a round. */
export const preparingKills = 20
export const switchKills = 30

/** The next version with a newer schema, packed and signed. */
export async function nextRelease(folder: string): Promise<Release> {
  const [out, keys] = ['made', 'publisher'].map((name) => join(folder, name))
  if (out === undefined || keys === undefined) throw new Error('two names')
  for (const one of [out, keys]) mkdirSync(one, { recursive: true })
  const publisher = publisherIn(keys)
  const made = await nextVersion(out, { newSchema: true, small: true })
  return { from: publisher.publish(made), root: publisher.root, version: made.version }
}

/** Adds what each round counted, and returns it with the highest counts first. */
export function summed(all: readonly Readonly<Record<string, number>>[]): string {
  const sums = new Map<string, number>()
  for (const one of all)
    for (const [what, count] of Object.entries(one)) sums.set(what, (sums.get(what) ?? 0) + count)
  const lines = [...sums].toSorted((a, b) => b[1] - a[1]).map(([what, n]) => `${n} ${what}`)
  return `${[...sums.values()].reduce((sum, n) => sum + n, 0)} kills\n${lines.join('\n')}\n`
}
