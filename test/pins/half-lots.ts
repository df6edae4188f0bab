// Lots of the corpus that are one half of clause 5.1: our billing with an access system of another maker, and our access
// system with a billing system of another maker.
import { fullLot, openLot } from './lots.ts'

/** A lot whose ETC is at an access system of another maker: no antenna is ours. */
export const orderLot = (): Record<string, unknown> => {
  const { lanes, platform, ...lot } = fullLot() as {
    readonly lanes: readonly object[]
    readonly platform: object
  }
  return {
    ...lot,
    chargeMode: 'online',
    offline: 'other-payment',
    lanes: lanes.map((lane) => ({ ...lane, rsu: null, psams: undefined })),
    platform: { ...platform, interface: 'access' },
  }
}

/** An access system: another billing system sends the orders of its lane. */
export const sentLot = (): Record<string, unknown> => {
  const { spaces: _, reservation: _booked, ...lot } = openLot()
  const none = { camera: null, barrier: null, display: null }
  const name = { zh: '出口', en: 'Exit' }
  const exit = {
    id: 'exit',
    name,
    direction: 'exit',
    layout: '7.1.1',
    rsu: 'tcp://192.168.1.90:60001',
  }
  const partners = [{ id: 'ACME', certFile: 'acme.pem', rights: ['orders'] }]
  const published = { host: '127.0.0.1', port: 8443, certDir: 'partners', partners }
  const lanes = [{ ...exit, ...none, ordersFrom: 'ACME' }]
  return { ...lot, layout: '7.1.1', lanes, published }
}
