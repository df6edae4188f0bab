// The envelope of P1 to P3: a signature of the lot's certificate in one header, one of the platform's in four.
import { base64Of } from '#base/pure/data/base64.ts'
import { answerMessage, requestMessage } from '#base/pure/words/envelope-text.ts'
import { present } from '#base/pure/values/must.ts'
import type { Envelope, RefusedProof } from '../../../ports/envelope.ts'
import { authorizationHeader } from './authorization.ts'
import { respCodeRow } from './resp-codes.ts'
import { sealOf } from './seal.ts'

/** By the meaning of a code (P6). */
const refused: Readonly<Record<string, RefusedProof>> = {
  account: 'notAccount',
  certificate: 'notCertificate',
  signature: 'notSignature',
  timestampWindow: 'notTime',
}

export const envelope: Envelope = {
  needs: ['certificates'],
  bodyForm: 'json',
  textOf: requestMessage,
  headers(request, { appId, signingKey }) {
    const key = present(signingKey, 'its envelope needs certificates')
    const { certSerial, suite } = key
    const { nonce, timestampSec } = request
    const signature = base64Of(key.sign(requestMessage(request)))
    const of = { appId, nonce, timestampSec, certSerial, suite, signature }
    return { authorization: authorizationHeader(of) }
  },
  verify({ headers, body }, { keyOf }) {
    const seal = sealOf(headers)
    if (typeof seal === 'string') return { kind: 'unproven', why: seal }
    const { serial, timestamp, nonce, signature } = seal
    const key = keyOf(serial)
    if (key === undefined) return { kind: 'unknownCertificate', serial }
    return key.verify(answerMessage({ timestamp, nonce, body }), signature)
      ? { kind: 'proven', serial, signedAtSec: Number(timestamp) }
      : { kind: 'unproven', why: 'badSignature' }
  },
  refuses: (respCode) => refused[respCodeRow(respCode)?.meaning ?? ''] ?? null,
}
