// Whether an answer that a stick brought is the platform's own: the same checks as of one over the link, but for its window,
// for a stick is on its way for days. Nobody kept what it answers, so a certificate alone can prove it.
import type { loadPlatformKeys } from '../../adapters/crypto/certs.ts'
import type { Dialect } from '../../ports/dialect.ts'
import type { AnswerToVerify } from '../../ports/envelope.ts'

type Keys = ReturnType<typeof loadPlatformKeys>['platformKeys']

/** Why it is not believed; null: it is. */
export function unprovenByStick(
  { envelope }: Pick<Dialect, 'envelope'>,
  keys: Keys,
  answer: Pick<AnswerToVerify, 'headers' | 'body'>,
): string | null {
  const given = { keyOf: (serial: string) => keys.get(serial), code: null }
  const proof = envelope.verify({ ...answer, nonce: null }, given)
  if (proof.kind !== 'proven') return proof.kind === 'unproven' ? proof.why : proof.kind
  const key = keys.get(proof.serial ?? '')
  if (key === undefined) return 'unsigned'
  const signedMs = proof.signedAtSec * 1000
  const isInForce = signedMs >= key.notBeforeMs && signedMs < key.notAfterMs
  return isInForce ? null : 'certificateExpired'
}
