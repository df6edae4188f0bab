// Whether an answer brought on a stick is the platform's: the checks of a link without the time window, because a stick
// may travel for days. The request was not kept, so only a certificate can prove the answer.
import type { loadPlatformKeys } from '#base/crypto/certs.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { AnswerToVerify } from '#ledger/ports/envelope.ts'

type Keys = ReturnType<typeof loadPlatformKeys>['platformKeys']

/** Why the answer is not verified; null when it is. */
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
