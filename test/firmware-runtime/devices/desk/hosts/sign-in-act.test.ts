// The authorisation of a PSAM step by step: what each party may answer at each step, and the result.
// Antenna and platform answer as the row says; only a confirmed grant becomes a row.
import { describe, expect, it } from 'vitest'
import { SignInScheduler } from '#devices/desk/hosts/sign-in.ts'
import type { PsamAnswers, PsamPort } from '#devices/ports/psam.ts'
import type {
  AuthorizeResult,
  ConfirmResult,
  SignInResult,
  Uploader,
} from '#ledger/ports/uploader.ts'
import { makeLot, startMs, testLot } from '../../../runtime/control/control-kit.ts'

const hourMs = 3_600_000
const terminal = '010203040506'
const other = '0A0B0C0D0E0F'
const apdu = '00820000081112131415161718'
const untilMs = startMs + 24 * hourMs
const card = { psamNo: '37010000000000000001', random: '0102030405060708' }

interface Said {
  random: PsamAnswers['psamRandom']
  signIn: SignInResult
  authorize: AuthorizeResult
  applied: PsamAnswers['psamApplied']
  confirm: ConfirmResult
  authorised: boolean | null
}

const well: Said = {
  random: card,
  signIn: { kind: 'granted', validUntilMs: untilMs },
  authorize: { kind: 'authorised', apdu, validUntilMs: untilMs },
  applied: { statusWord: '9000' },
  confirm: { kind: 'granted', validUntilMs: untilMs },
  authorised: false,
}

function scene(over: Partial<Said> = {}, terminals: readonly string[] = [terminal]) {
  const lot = makeLot()
  const said = { ...well, ...over }
  const steps: unknown[] = []
  const uploader: Uploader = {
    clockOffsetMs: null,
    send: () => undefined,
    signIn: ({ psamNo, psamTerminal }, _ms, done) => {
      steps.push(['signIn', psamNo ?? psamTerminal])
      done(said.signIn)
    },
    psam: {
      authorize: ({ psamNo, random }, _ms, done) => {
        steps.push(['authorize', psamNo, random])
        done(said.authorize)
      },
      confirm: ({ listNo, ...rest }, _ms, done) => {
        steps.push(['confirm', rest, /^L/.test(listNo)])
        done(said.confirm)
      },
    },
  }
  const psam: PsamPort = {
    authorised: () => said.authorised,
    random: (one, done) => (steps.push(['random', one]), done(said.random)),
    apply: (one, given, done) => (steps.push(['apply', one, given]), done(said.applied)),
  }
  let n = 0
  const keep = new SignInScheduler({
    runtime: lot.runtime,
    uploader,
    mono: lot.clock,
    config: testLot,
    random: { bytes: (count: number) => new Uint8Array(count).fill(++n) },
    psamOf: () => psam,
  })
  keep.rsuUp('exit', terminals)
  const faults = (): string[] =>
    lot.runtime.events
      .since(0)
      .events.flatMap(({ type, detail }) => (type === 'fault' ? detail : []))
  const granted = (): number | undefined => lot.runtime.lot.signIns.get(terminal)
  return { ...lot, said, steps, keep, faults, granted }
}

describe('authorisation of a PSAM', () => {
  it('random, sign-in, authorisation, card, confirmation: then the grant is a row', () => {
    const t = scene()
    expect(t.steps).toEqual([
      ['random', terminal],
      ['signIn', card.psamNo],
      ['authorize', card.psamNo, card.random],
      ['apply', terminal, apdu],
      ['confirm', { psamNo: card.psamNo, statusWord: '9000' }, true],
    ])
    expect([t.granted(), t.faults()]).toEqual([untilMs, []])
  })

  it.each<[string, Partial<Said>, string, number]>([
    ['the antenna gives no random', { random: 'silent' }, `PSAM-01 ${terminal} silent`, 1],
    ['the PSAM is broken', { random: 'refused' }, `PSAM-01 ${terminal} refused`, 1],
    [
      'locked at the sign-in',
      { signIn: { kind: 'refused', reason: 'psamLocked' } },
      'PSAM-02 psamLocked',
      2,
    ],
    [
      'not registered',
      { authorize: { kind: 'refused', reason: 'psamNotRegistered' } },
      'PSAM-02 psamNotRegistered',
      3,
    ],
    [
      'a grant of yesterday',
      { authorize: { kind: 'authorised', apdu, validUntilMs: startMs - 1 } },
      `PSAM-04 ${terminal} ${startMs - 1}`,
      3,
    ],
    [
      'a wrong MAC',
      { applied: { statusWord: '6300' }, confirm: { kind: 'noted' } },
      `PSAM-03 ${terminal} 6300`,
      5,
    ],
    ['the card is silent', { applied: 'silent' }, `PSAM-01 ${terminal} silent`, 4],
    [
      'the confirmation is refused',
      { confirm: { kind: 'refused', reason: '300013 conflict' } },
      'PSAM-05 300013 conflict',
      5,
    ],
    [
      'a confirmation of another day',
      { confirm: { kind: 'granted', validUntilMs: startMs } },
      `PSAM-04 ${terminal} ${startMs}`,
      5,
    ],
    [
      'the platform is silent',
      { authorize: { kind: 'silence', reason: 'timeout' } },
      'signIn silence timeout',
      3,
    ],
  ])('%s: no grant, and it is said', (_, over, fault, steps) => {
    const t = scene(over)
    expect(t.granted()).toBeUndefined()
    expect(t.faults()).toEqual([fault])
    expect(t.steps).toHaveLength(steps)
    Object.assign(t.said, well)
    t.clock.advance(2_000)
    expect(t.granted()).toBe(untilMs)
  })

  it('a card that took it is not asked again while the platform does not answer: the confirmation is said again', () => {
    const t = scene({ confirm: { kind: 'silence', reason: 'timeout' } })
    t.said.confirm = well.confirm
    t.clock.advance(2_000)
    expect(t.steps.map((step) => (step as unknown[])[0])).toEqual([
      'random',
      'signIn',
      'authorize',
      'apply',
      'confirm',
      'confirm',
    ])
    expect(t.granted()).toBe(untilMs)
  })

  it('waits while a car is there, and says nothing of it', () => {
    const t = scene({ random: 'busy' })
    t.clock.advance(20_000)
    expect([t.steps.length, t.faults()]).toEqual([11, []])
    t.said.random = card
    t.clock.advance(2_000)
    expect(t.granted()).toBe(untilMs)
  })

  it.each<[PsamAnswers['psamRandom'], boolean | null, boolean]>([
    ['none', null, true],
    ['none', true, true],
    ['silent', true, true],
    ['silent', false, false],
    ['silent', null, false],
  ])(
    'an antenna that says %s and calls its PSAM authorised %s: granted by the sign-in alone: %s',
    (random, authorised, grants) => {
      const t = scene({ random, authorised })
      expect(t.granted()).toBe(grants ? untilMs : undefined)
    },
  )

  it('one PSAM of a lane at a time: a second random would make the first worthless', () => {
    const t = scene({}, [terminal, other])
    expect(t.steps.filter((step) => (step as unknown[])[0] === 'random')).toHaveLength(2)
    expect(t.steps.slice(5).at(0)).toEqual(['random', other])
  })

  it('is done again for a PSAM that lost its power, though the grant holds', () => {
    const t = scene()
    t.said.authorised = true
    t.keep.rsuUp('exit', [terminal])
    expect(t.steps).toHaveLength(5)
    t.said.authorised = false
    t.keep.rsuUp('exit', [terminal])
    expect(t.steps).toHaveLength(10)
  })
})
