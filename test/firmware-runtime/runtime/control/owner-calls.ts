// Calls of a person to the control of a lot, and what is left of them: why one was refused, and the acts in the ledger.
// Without another role they are those of the owner.
import type { roles } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { TestLot } from './control-kit.ts'

export const call = (
  lot: TestLot,
  name: string,
  args: unknown,
  role: (typeof roles)[number] = 'owner',
): Promise<ApiReply<unknown>> => lot.control.call(name, args, role)

export async function refusal(reply: Promise<ApiReply<unknown>>): Promise<object> {
  const got = await reply
  if (got.ok) throw new Error(`accepted: ${JSON.stringify(got.data)}`)
  return got.error
}

export const audits = (lot: TestLot): unknown[] =>
  lot.ledger.list.flatMap((row) => (row.kind === 'audit' ? [row.body] : []))
