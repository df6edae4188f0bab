// The port `Orders` as a billing system has it over the published interface: each act is a request of the protocol table, and its
// answer is read in the shape of the table.
import type { z } from 'zod'
import {
  operations,
  schemas,
  type OperationName,
  type SchemaName,
} from '#money/partners/protocol.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { answerMessage } from '#base/pure/words/envelope-text.ts'
import { must, present } from '#base/pure/values/must.ts'
import { orderEvents } from '#base/pure/values/sent-order.ts'
import type { Orders } from '#money/ports/orders.ts'
import { authorization, newNonce, type Identity, type Signing } from './partner-kit.ts'

/** The port without its callback; each act has its answer later. */
export type OrdersClient = {
  readonly [Name in Exclude<keyof Orders, 'onEvent'>]: (
    ...given: Parameters<Orders[Name]>
  ) => Promise<ReturnType<Orders[Name]>>
}

interface Said {
  readonly status: number
  readonly json: unknown
}
/** One request; `body` is '' where the operation has none. */
export type Send = (method: string, path: string, body: string) => Promise<Said>

type Row<N extends OperationName> = (typeof operations)[N]
type Body<N extends OperationName> =
  Row<N> extends { readonly body: infer S extends SchemaName }
    ? z.input<(typeof schemas)[S]>
    : undefined
type Answer<N extends OperationName> = z.output<(typeof schemas)[Row<N>['answer']]>

/** Throws the refusal with its code and field. */
function readAs<N extends OperationName>(name: N, { status, json }: Said): Answer<N> {
  const refused = schemas.Error.safeParse(json)
  must(refused.success !== (status === 200), `status ${status} and body agree`)
  if (!refused.success) return schemas[operations[name].answer].parse(json) as Answer<N>
  const { code, field, value } = refused.data.error
  const detail = { ...(field === null ? {} : { field }), ...(value === null ? {} : { value }) }
  throw new LaneFault(code as FaultCode, detail)
}

/** A partner with the right `orders` alone hears of nothing else. */
function ofOrder({
  event,
  order,
  refund,
  why = null,
  no,
  atIso,
}: Answer<'events'>['events'][number]) {
  const name = orderEvents.find((one) => one === event)
  return {
    no,
    atIso,
    event: present(name, 'an event of an order'),
    order: present(order, 'its order'),
    refund,
    why,
  }
}

export function ordersOver(send: Send): OrdersClient {
  const call = async <N extends OperationName>(
    name: N,
    number: string,
    body: Body<N>,
    query = '',
  ) => {
    const { method, path } = operations[name]
    const text = body === undefined ? '' : JSON.stringify(body)
    return readAs(name, await send(method, `${path.replace(/\{\w+\}/, number)}${query}`, text))
  }
  return {
    facts: () => call('facts', '', undefined),
    open: ({ orderNo, ...body }) => call('openOrder', orderNo, body),
    order: (orderNo) => call('order', orderNo, undefined),
    settle: (orderNo, body) => call('settleOrder', orderNo, body),
    withdraw: (orderNo, reason) => call('withdrawOrder', orderNo, { reason }),
    review: (orderNo, body) => call('reviewOrder', orderNo, body),
    refund: ({ refundNo, ...body }) => call('refund', refundNo, body),
    refundOf: (refundNo) => call('refundState', refundNo, undefined),
    async events(after) {
      const { events, next } = await call('events', '', undefined, `?after=${after}`)
      return { events: events.map(ofOrder), next }
    },
  }
}

interface SignedTo {
  readonly url: string
  readonly by: Signing
  /** The access system, whose signature every answer has over the nonce of its request. */
  readonly own: Pick<Identity, 'key' | 'verifying'>
  nowMs(): number
  readonly fetching?: typeof fetch
}

/** Signed requests over HTTP; an answer that is not signed by `own` throws. */
export const signedSend =
  ({ url, by, own, nowMs, fetching = fetch }: SignedTo): Send =>
  async (method, path, body) => {
    const nonce = newNonce()
    const bytes = Buffer.from(body)
    const asked = { ...by, nonce, atSec: Math.floor(nowMs() / 1000) }
    const response = await fetching(`${url}${path}`, {
      method,
      headers: {
        authorization: authorization(method, path, bytes, asked),
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === '' ? {} : { body: bytes }),
    })
    const said = new Uint8Array(await response.arrayBuffer())
    const of = (name: string): string => response.headers.get(name) ?? ''
    const signature = new Uint8Array(Buffer.from(of('etc-signature'), 'base64'))
    const message = answerMessage({ timestamp: of('etc-timestamp'), nonce, body: said })
    must(of('etc-serial') === own.key.certSerial, 'the answer names the access system')
    must(own.verifying.verify(message, signature), 'the answer is signed over the nonce')
    return { status: response.status, json: JSON.parse(Buffer.from(said).toString('utf8')) }
  }
