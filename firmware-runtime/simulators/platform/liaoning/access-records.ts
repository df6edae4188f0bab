// Records of the access platform: allowed addresses, and records stopped by a quality check.
// Folded from rows of the store; a stopped record never reaches the expansion platform (000 A.1.2 b).
import type { InstantMs } from '#base/pure/values/instant.ts'

interface Stopped {
  readonly appId: string
  readonly no: string
  readonly bodySm3: string
  /** Code of P6: 300001 to 300005. */
  readonly respCode: string
  readonly field: string
  readonly issue: string
  readonly atMs: InstantMs
}

export type AccessRow =
  | ({ readonly t: 'stopped' } & Stopped)
  /** The record was sent again, corrected, and forwarded. */
  | { readonly t: 'mended'; readonly appId: string; readonly no: string }
  /** Allowed addresses of an account; empty: none. */
  | { readonly t: 'addresses'; readonly appId: string; readonly addresses: readonly string[] }
  /** Accepted card networks (a 4). */
  | { readonly t: 'networks'; readonly networks: readonly string[] }

export const accessRowNames = [
  'stopped',
  'mended',
  'addresses',
  'networks',
] as const satisfies readonly AccessRow['t'][]

export interface AccessState {
  readonly stopped: Map<string, Stopped>
  /** An account without a row may use any address. */
  readonly addresses: Map<string, readonly string[]>
  networks: ReadonlySet<string> | null
}

export const emptyAccess = (): AccessState => ({
  stopped: new Map(),
  addresses: new Map(),
  networks: null,
})

export const stoppedKey = (appId: string, no: string): string => `${appId}/${no}`

export function applyAccess(state: AccessState, row: AccessRow): void {
  switch (row.t) {
    case 'stopped':
      state.stopped.set(stoppedKey(row.appId, row.no), row)
      return
    case 'mended':
      state.stopped.delete(stoppedKey(row.appId, row.no))
      return
    case 'addresses':
      state.addresses.set(row.appId, row.addresses)
      return
    case 'networks':
      state.networks = new Set(row.networks)
  }
}
