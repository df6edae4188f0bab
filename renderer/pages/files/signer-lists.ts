// The certificates that the person trusts as signers, and those that were revoked: both come from files
// and are kept while the page is shown.
import { shallowRef } from 'vue'
import type { Revocations } from '#base/pure/data/signed.ts'

const signersName = /\.(pem|crt|cer)$/i
const revokedName = /\.json$/i

export function useSignerLists() {
  const known = shallowRef<readonly string[]>([])
  const revoked = shallowRef<Revocations>(new Map())
  return {
    known,
    revoked,
    isList: (name: string): boolean => signersName.test(name) || revokedName.test(name),
    /** Adds a file to its list; entries are never removed. Throws FILE-02 or PROFILE-17 for an unreadable file. */
    async take(file: File): Promise<void> {
      const sandbox = await import('./sandbox.ts')
      if (signersName.test(file.name)) {
        const more = sandbox.fingerprintsInPem(await file.text())
        known.value = [...new Set([...known.value, ...more])]
        return
      }
      const bytes = new Uint8Array(await file.arrayBuffer())
      revoked.value = new Map([...revoked.value, ...sandbox.revocationsIn(bytes, file.name)])
    },
  }
}

export type SignerLists = ReturnType<typeof useSignerLists>
