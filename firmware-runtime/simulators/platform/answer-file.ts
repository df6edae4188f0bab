// An answer that is a file: sealed to the certificate of the channel that asked, under the name that pairs with it (P9, P10).
import { compactOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Call } from './call.ts'
import type { FileCipher, PlatformClient } from './envelope.ts'

interface Asker {
  /** Undefined, or without a seal: the file goes in clear. */
  readonly client: Pick<PlatformClient, 'sealFile'> | undefined
  readonly appId: string
  readonly cipher: FileCipher
  readonly nowMs: InstantMs
}

export const answerFile =
  ({ client, appId, cipher, nowMs }: Asker): Call['file'] =>
  (words, data, stamp = compactOf(nowMs)) => {
    const name = `${words}_RES_${appId}_${stamp}.json`
    return client?.sealFile?.(name, JSON.stringify(data), cipher) ?? { ...data }
  }
