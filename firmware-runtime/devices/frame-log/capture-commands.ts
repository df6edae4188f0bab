// Commands of a lane to its antenna in a capture: their members, each within the limits of its frame. The driver trusts
// its lane but not a file, so the commands are checked.
import { z } from 'zod'
import { once } from '#base/pure/values/once.ts'
import type { RsuCommand } from '../pure/etc/rsu.ts'

export const rsuCommandShape = once(() => {
  const obuId = z.string().regex(/^[0-9A-Fa-f]{8}$/)
  const id = z.string().max(80)
  const timeBcd = z.string().regex(/^\d{14}$/)

  return z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('search'), on: z.boolean() }),
    z.strictObject({ do: z.literal('release'), obuId }),
    z.strictObject({
      do: z.literal('debit'),
      deductionId: id,
      obuId,
      amountFen: z.int().min(0).max(0xffff_ffff),
      timeBcd,
      entryTimeBcd: timeBcd.exactOptional(),
      stationHex: z.string().regex(/^(?:[0-9A-Fa-f]{2}){36,43}$/),
    }),
    z.strictObject({ do: z.literal('complete'), obuId }),
    z.strictObject({
      do: z.literal('configure'),
      id,
      settings: z.record(z.string().max(40), z.int()),
    }),
    z.strictObject({
      do: z.literal('ask'),
      id,
      code: z.string().max(8),
      fields: z.record(z.string().max(40), z.union([z.string().max(4_096), z.int()])),
    }),
    z.strictObject({
      do: z.literal('fetchProof'),
      obuId,
      cardSerial: z.int().min(0).max(0xffff_ffff),
    }),
  ]) as unknown as z.ZodType<RsuCommand>
})
