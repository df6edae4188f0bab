// The schemas of the published interface have the shapes of the port: a member that only one of them has does not compile.
import { expect, it } from 'vitest'
import type { z } from 'zod'
import {
  operations,
  pathMembers,
  refusals,
  type SchemaName,
  type schemas,
  statusOfCode,
} from '#money/partners/protocol.ts'
import { orderFaults } from '#base/pure/faults/order-faults.ts'
import type {
  AccessFacts,
  OrderToCharge,
  OrderView,
  RefundToMake,
  RefundView,
  Review,
  Settlement,
} from '#money/ports/orders.ts'
import type {
  InvoiceToMark,
  InvoiceView,
  MemberToIssue,
  PartnerEvent,
  ReceiptToInvoice,
  SharedMember,
  SharedSpaces,
} from '#money/ports/partner.ts'

type Same<A, B> = A extends B ? (keyof B extends keyof A ? true : never) : never
type Of<K extends SchemaName> = z.infer<(typeof schemas)[K]>
const shapes: readonly true[] = [
  true satisfies Same<Of<'Order'>, Omit<OrderToCharge, 'orderNo'>>,
  true satisfies Same<Of<'OrderView'>, OrderView>,
  true satisfies Same<Of<'Settlement'>, Settlement>,
  true satisfies Same<Of<'Review'>, Review>,
  true satisfies Same<Of<'Refund'>, Omit<RefundToMake, 'refundNo'>>,
  true satisfies Same<Of<'RefundView'>, RefundView>,
  true satisfies Same<Of<'Facts'>, AccessFacts>,
  true satisfies Same<Of<'Events'>['events'][number], PartnerEvent>,
  true satisfies Same<Of<'Member'>, SharedMember>,
  true satisfies Same<Of<'MemberToIssue'>, MemberToIssue>,
  true satisfies Same<Of<'Receipt'>, ReceiptToInvoice>,
  true satisfies Same<Of<'InvoiceToMark'>, InvoiceToMark>,
  true satisfies Same<Of<'Invoice'>, InvoiceView>,
  true satisfies Same<Of<'Spaces'>, SharedSpaces>,
]

it('has a schema for each shape of the port', () => {
  expect(shapes).toHaveLength(14)
})

it('each fault of the interface has its status, which names it', () => {
  for (const code of Object.keys(orderFaults)) {
    const status = statusOfCode[code] ?? 503
    expect(refusals[status], code).toContain(code)
  }
})

it('each path has at most one member, and one that is known', () => {
  for (const { path } of Object.values(operations)) {
    const members = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    expect(members.length).toBeLessThan(2)
    for (const name of members) expect(Object.keys(pathMembers)).toContain(name)
  }
})
