// The rows of platform certificates: one for each new certificate since the start, after the row of the start, and a
// bounded number a day however often a server changes it.
import { describe, expect, it } from 'vitest'
import { certificatesPerDay, PeerRows } from '#lane/lot/queue/peer-rows.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { ChannelPeer } from '#base/pure/data/peer-certificate.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { lotOn } from '../lot-on.ts'

const peer = (fingerprint: string, over: Partial<ChannelPeer> = {}): ChannelPeer => ({
  channel: 'platform',
  host: '192.168.1.20:8443',
  fingerprint,
  subject: 'platform.example',
  issuer: 'Example CA',
  notAfterIso: '2027-11-27T00:00:00.000+08:00',
  ...over,
})

function bench() {
  const rows: RowDraft[] = []
  const time = { nowMs: 1_795_156_200_000 }
  const peers = new PeerRows({ nowMs: () => time.nowMs, write: (row) => rows.push(row) })
  const told = (): readonly string[] =>
    rows.map(({ kind, body }) => {
      if (kind !== 'event' || !('peer' in body) || body.peer === undefined) return kind
      const { channel, fingerprint, isLast } = body.peer
      return [channel, fingerprint, ...(isLast === true ? ['last'] : [])].join(' ')
    })
  return { peers, time, told }
}

describe('a row is written', () => {
  it.each<[string, readonly ChannelPeer[], readonly string[]]>([
    ['once for a certificate', [peer('A'), peer('A'), peer('A')], ['platform A']],
    ['for each new one', [peer('A'), peer('B'), peer('A')], ['platform A', 'platform B']],
    [
      'for each channel',
      [peer('A'), peer('A', { channel: 'operator' })],
      ['platform A', 'operator A'],
    ],
    [
      'for the same at another address',
      [peer('A'), peer('A', { host: '192.168.1.21:8443' })],
      ['platform A', 'platform A'],
    ],
  ])('%s', (_, seen, expected) => {
    const { peers, told } = bench()
    peers.begin()
    for (const one of seen) peers.seen(one)
    expect(told()).toEqual(expected)
  })

  it('only after the row of the start', () => {
    const { peers, told } = bench()
    for (const name of ['A', 'A', 'B']) peers.seen(peer(name))
    expect(told()).toEqual([])
    peers.begin()
    expect(told()).toEqual(['platform A', 'platform B'])
  })
})

it('a server that changes it at each connection gets a bounded number of rows a day, and so does the next day', () => {
  const { peers, time, told } = bench()
  const many = (from: string): void => {
    for (let i = 0; i < 500; i++) peers.seen(peer(`${from}${i}`))
  }
  many('early')
  peers.begin()
  many('late')
  expect(told()).toHaveLength(certificatesPerDay)
  expect(told().map((one) => one.endsWith(' last'))).toEqual([
    ...Array.from({ length: certificatesPerDay - 1 }, () => false),
    true,
  ])
  peers.seen(peer('A', { channel: 'operator' }))
  time.nowMs += dayMs
  many('next')
  expect(told()).toHaveLength(2 * certificatesPerDay + 1)
})

it('in a running lot the row stands behind that of the start', () => {
  const lot = lotOn([])
  lot.runtime.peerSeen(peer('A'))
  lot.runtime.peerSeen(peer('A'))
  const { list } = lot.ledger
  expect(list.at(-1)).toMatchObject({
    kind: 'event',
    body: { type: 'peerCertificate', detail: 'platform', peer: { fingerprint: 'A' } },
  })
  expect(list.filter(({ kind }) => kind === 'event')).toHaveLength(1)
})
