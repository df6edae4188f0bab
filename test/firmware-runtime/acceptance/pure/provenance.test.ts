// Whose rows a ledger has: what the boot rows say decides, and a change of lot, node or mode begins anew. Under which
// certificates its platforms answered: what the lanes recorded decides, whatever the address is.
import { describe, expect, it } from 'vitest'
import { unrecordedOf } from '#acceptance/pure/platform-certificates.ts'
import { provenanceOf } from '#acceptance/pure/provenance.ts'
import { simulatedName, simulatedTlsAuthority } from '#base/pure/lot/simulated.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'

const lot = { lotId: 'GX00099', nodeId: 'n1', mode: 'production' }
const boot = (seq: number, over: Partial<RowBodies['boot']> = {}, nodeId = 'n1') => ({
  kind: 'boot',
  nodeId,
  seq,
  atMs: seq * 1000,
  hash: '',
  body: {
    repair: 'B',
    version: `1.${seq}`,
    mode: 'production',
    lotId: 'GX00099',
    chargeMode: 'card',
    simulated: [],
    ...over,
  },
})
type Recorded = Parameters<typeof provenanceOf>[0]
const of = (boots: readonly object[], sinceMs = 0, events: readonly object[] = []) =>
  provenanceOf({ boots, events } as unknown as Recorded, lot, sinceMs)

describe('rows count from', () => {
  it.each<[string, readonly object[], number | null, number | null]>([
    ['the first start, where every start is of this lot', [boot(2), boot(9)], 2, 0],
    ['nowhere before any start, and acts do', [], null, 0],
    ['the start after the last of another lot', [boot(1, { lotId: 'GX00001' }), boot(9)], 9, 9],
    ['the start after the last of another node', [boot(1, {}, 'n2'), boot(9)], 9, 9],
    ['the start after the last demo', [boot(1), boot(5, { mode: 'demo' }), boot(9)], 9, 9],
    ['nowhere after a start of another lot', [boot(1), boot(9, { lotId: 'X' })], null, null],
    ['nowhere after a demo', [boot(1, { mode: 'demo' })], null, null],
    ['the start of a version that named no lot', [boot(2, { lotId: undefined as never })], 2, 0],
    // Rows of another lot without their starts, and this lot started behind them.
    ['behind rows that no start made', [boot(700)], 700, 0],
  ])('%s', (_, boots, fromSeq, actsFromSeq) => {
    expect(of(boots)).toMatchObject({ fromSeq, actsFromSeq })
  })
})

describe('a period is simulated', () => {
  const sims = { simulated: ['exit/rsu'] }
  it.each<[string, readonly object[], number, boolean]>([
    ['where a link of a start in it went to a simulator', [boot(1), boot(9, sims)], 0, true],
    ['where the start in force at its beginning had one', [boot(1, sims), boot(9)], 5000, true],
    ['not by a start that was over before it', [boot(1, sims), boot(4), boot(9)], 5000, false],
    ['not where every link was real', [boot(1), boot(9)], 0, false],
    ['not by a version that did not say', [boot(1, { simulated: undefined as never })], 0, false],
  ])('%s', (_, boots, sinceMs, simulated) => {
    expect(of(boots, sinceMs).simulated).toBe(simulated)
  })
  it('and its starts are named with their programs', () => {
    expect(of([boot(1, sims), boot(9)], 9000).starts).toEqual([
      { atIso: '1970-01-01T08:00:09.000+08:00', program: '1.9', mode: 'production', simulated: [] },
    ])
  })
})

type Peer = NonNullable<RowBodies['event']['peer']>
const peerRow = (seq: number, over: Partial<Peer> = {}, nodeId = 'n1') => ({
  kind: 'event',
  nodeId,
  seq,
  atMs: seq * 1000,
  hash: '',
  body: {
    type: 'peerCertificate',
    detail: 'platform',
    peer: {
      channel: 'platform',
      host: '192.168.1.20:8443',
      fingerprint: 'A',
      subject: 'platform.example',
      issuer: 'Example CA',
      notAfterIso: '2027-11-27T00:00:00.000+08:00',
      ...over,
    },
  },
})
const [one, two] = [[boot(1)], [boot(1), boot(5)]]
const copied = { issuer: simulatedName(simulatedTlsAuthority) }
const [other, operator] = [{ fingerprint: 'B' }, { channel: 'operator' }] as const

describe('certificates of a period', () => {
  it.each<[string, readonly object[], readonly object[], number, readonly string[]]>([
    ['the one recorded', one, [peerRow(2)], 0, ['platform A 2']],
    [
      'both where it changed',
      one,
      [peerRow(2), peerRow(9, other)],
      0,
      ['platform A 2', 'platform B 9'],
    ],
    [
      'of each platform',
      one,
      [peerRow(2), peerRow(3, operator)],
      0,
      ['platform A 2', 'operator A 3'],
    ],
    ['once where two starts recorded it', two, [peerRow(2), peerRow(6)], 0, ['platform A 2']],
    [
      'recorded before the period, by the start in force',
      one,
      [peerRow(2)],
      8000,
      ['platform A 2'],
    ],
    [
      'not of a start that was over before it',
      two,
      [peerRow(2, other), peerRow(6)],
      8000,
      ['platform A 6'],
    ],
    ['not from before a change of lot', [boot(1, { lotId: 'X' }), boot(5)], [peerRow(2)], 0, []],
    [
      'not from before a change of node',
      [boot(1, {}, 'n2'), boot(5)],
      [peerRow(2, {}, 'n2')],
      0,
      [],
    ],
    [
      'not from before the end of a demo',
      [boot(1, { mode: 'demo' }), boot(5)],
      [peerRow(2)],
      0,
      [],
    ],
    ['none where none was recorded', one, [], 0, []],
  ])('%s', (_, boots, events, sinceMs, expected) => {
    const shown = of(boots, sinceMs, events).certificates
    expect(
      shown.map(({ channel, fingerprint, fromIso }) =>
        [channel, fingerprint, Date.parse(fromIso) / 1000].join(' '),
      ),
    ).toEqual(expected)
  })

  it.each<
    [string, readonly object[], readonly object[], number, readonly (readonly string[] | null)[]]
  >([
    ['a real one', one, [peerRow(2)], 0, [[]]],
    [
      "the simulator's at an address of the lot's network",
      one,
      [peerRow(2, copied)],
      0,
      [['platform']],
    ],
    [
      "the simulator's after a real one",
      one,
      [peerRow(2), peerRow(3, { ...other, ...copied })],
      0,
      [['platform']],
    ],
    [
      "the simulator's in one of two starts",
      two,
      [peerRow(2, copied), peerRow(6, other)],
      0,
      [['platform'], []],
    ],
    [
      "the simulator's in a start that is over",
      two,
      [peerRow(2, copied), peerRow(6, other)],
      8000,
      [[]],
    ],
    [
      "the simulator's before a change of lot",
      [boot(1, { lotId: 'X' }), boot(5)],
      [peerRow(2, copied)],
      0,
      [[]],
    ],
    [
      'a link that was simulated by its address too',
      [boot(1, { simulated: ['platform'] })],
      [peerRow(2, copied)],
      0,
      [['platform']],
    ],
    [
      'a version that did not say',
      [boot(1, { simulated: undefined as never })],
      [peerRow(2, copied)],
      0,
      [['platform']],
    ],
    [
      'a subject alone that is named like the authority',
      one,
      [peerRow(2, { subject: copied.issuer })],
      0,
      [[]],
    ],
  ])('simulated: %s', (_, boots, events, sinceMs, expected) => {
    const { starts, simulated } = of(boots, sinceMs, events)
    expect(starts.map((start) => start.simulated)).toEqual(expected)
    expect(simulated).toBe(expected.some((links) => (links ?? []).length > 0))
  })
})

const outbox = (seq: number, destination = 'platform') => ({
  kind: 'outbox',
  nodeId: 'n1',
  seq,
  body: { outboxId: `U${destination}`, destination },
})
const answered = (seq: number, state = 'confirmed', destination = 'platform') => ({
  kind: 'outboxState',
  nodeId: 'n1',
  seq,
  body: { outboxId: `U${destination}`, state },
})

describe('a platform that accepted records under no recorded certificate', () => {
  const both = [outbox(3), answered(4), outbox(5, 'operator'), answered(6, 'confirmed', 'operator')]
  it.each<[string, readonly object[], readonly object[], readonly object[], readonly string[]]>([
    ['none was recorded', one, [], [outbox(3), answered(4)], ['platform 1']],
    ['one was recorded', one, [peerRow(2)], [outbox(3), answered(4)], []],
    [
      'only in an earlier start',
      [boot(1), boot(3)],
      [peerRow(2)],
      [outbox(4), answered(5)],
      ['platform 3'],
    ],
    [
      'only in a later start',
      [boot(1), boot(8)],
      [peerRow(9)],
      [outbox(4), answered(5)],
      ['platform 1'],
    ],
    ['only that of another platform', one, [peerRow(2)], both, ['operator 1']],
    ['nothing was accepted', one, [], [outbox(3), answered(4, 'rejected')], []],
    [
      'after the last row of a day',
      one,
      [peerRow(2, { isLast: true })],
      both.slice(0, 2),
      ['platform 1'],
    ],
    [
      'before the last row of a day',
      one,
      [peerRow(2), peerRow(5, { isLast: true })],
      both.slice(0, 2),
      [],
    ],
    ['on the day after', one, [peerRow(2, { isLast: true }), peerRow(3)], both.slice(0, 2), []],
    ['each platform once', one, [], [...both, ...both], ['platform 1', 'operator 1']],
  ])('%s', (_, boots, events, rows, expected) => {
    const recorded = { boots, events } as unknown as Recorded
    const found = unrecordedOf(recorded, rows as unknown as Parameters<typeof unrecordedOf>[1])
    expect(found.map(({ channel, fromIso }) => `${channel} ${Date.parse(fromIso) / 1000}`)).toEqual(
      expected,
    )
  })
})
