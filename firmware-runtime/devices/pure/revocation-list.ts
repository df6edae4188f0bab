// A list of revoked certificates as it lies in a file: one shape for profiles, passports and evidence, at the
// command line and in the window. A list that cannot be read revokes nothing, so nothing passes.
import { z } from 'zod'

export const revocationSchema = z.strictObject({
  version: z.literal(1),
  revoked: z
    .array(
      z.strictObject({
        /** SM3 of the certificate's DER. */
        fingerprint: z.string().regex(/^[0-9A-F]{64}$/),
        why: z.string().min(1).max(200),
      }),
    )
    .max(10_000),
})

/** Largest size of a list: more than ten thousand entries. */
export const revocationBytesMax = 4_000_000
