// The OpenSSL command line as a judge, where this machine has version 3 (it knows `distid`).
// Elsewhere the tests that need it are skipped; the suites still judge each other.
import { spawnSync } from 'node:child_process'

const version = spawnSync('openssl', ['version'], { encoding: 'utf8' })

export const hasOpenssl = version.status === 0 && /^OpenSSL [3-9]/.test(version.stdout)

/** The complete output of the command. */
export function openssl(...words: readonly string[]): string {
  const run = spawnSync('openssl', words, { encoding: 'utf8' })
  return `${run.stdout}${run.stderr}`
}
