// The secret last part of a pushing camera's path: made once, sealed like a password.
// Set anew by `etc-lane secret set --name push-LANE`.
import { systemRandom } from '#base/time/system-clocks.ts'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import { hexOf } from '#base/pure/data/bytes.ts'

/** Sixteen hex digits to type into a camera; too many to try out on a listener in this network. */
const secretBytes = 8

export const pushSecretName = (id: string): string => `push-${id}`

export function pushSecret(secrets: SecretStore, id: string): string {
  const name = pushSecretName(id)
  const known = secrets.read(name)
  if (known !== null) return known
  const made = hexOf(systemRandom().bytes(secretBytes)).toLowerCase()
  secrets.write(name, made)
  return made
}
