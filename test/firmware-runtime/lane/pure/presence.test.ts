// What entry and exit share: a car arrives, drives out, goes back or is followed by the next one; the boom is seen, fails,
// or is opened by a person; a restart finds a pass. Each line is one effect, and all effects are listed.
import { describe, expect, it } from 'vitest'
import { entryLane } from '#lane/pure/entry-lane.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { present } from '#base/pure/values/must.ts'
import {
  act,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  startMs,
  timerEvent,
} from './lane-bench.ts'
import { shownWord } from './bench-words.ts'
import {
  arriving,
  byHand,
  opened,
  over,
  effectNames,
  entry,
  letOut,
  looked,
  position,
} from './effects-kit.ts'

const comes = ['trace trigger - ', 'timer plate 3000', 'show reading']
const fault = (name: 'loopStuck' | 'openedAlone' | 'disarmed'): LaneEvent => ({
  type: 'barrierFault',
  fault: name,
})

const contents = (bench: LaneBench, kind: string): object[] =>
  bench.rows
    .filter((row) => row.kind === kind)
    .map(({ nodeId: _node, seq: _seq, prevHash: _prev, hash: _hash, ...row }) => row)

describe('a car that comes to the entry', () => {
  const enters = [
    'append stayOpened, pass entry',
    'trace outcomeSynced gx1-S1 entry',
    ...opened,
    'trace barrierCommanded gx1-S1 gx1-P2',
    'show enter',
  ]
  it.each<[string, readonly LaneEvent[], readonly string[]]>([
    ['is read on the loop', arriving, [...comes, 'timer plate off']],
    [
      'is read before it',
      [plateEvent(plate), loop('arrive', 'on')],
      ['timer early 5000', ...comes, 'timer plate off'],
    ],
  ])('%s', (_how, events, first) => {
    const lines = effectNames(entry().give(...events))
    expect(lines).toEqual([...first, `trace plateRead gx1-S1 ${plate}`, ...enters])
  })
  it('is let in when it cannot be read, and by no other timer', () => {
    const bench = entry().give(loop('arrive', 'on'), timerEvent('obu'))
    expect([bench.state.name, effectNames(bench)]).toEqual(['reading', comes])
    bench.give(timerEvent('plate'))
    expect(effectNames(bench)).toEqual([
      'timer plate off',
      'trace plateRead gx1-S1 none',
      ...enters,
    ])
    expect(contents(bench, 'stayOpened')).toEqual([
      {
        kind: 'stayOpened',
        atMs: startMs,
        laneId: 'entry',
        stayId: 'gx1-S1',
        body: { plate: null, colour: 'unknown', enteredAtMs: startMs, noEntry: false, photo: null },
      },
    ])
  })
  it('stays out where nothing can be written', () => {
    const bench = entry()
    bench.failAppends = 1
    bench.give(...arriving)
    expect(effectNames(bench).slice(-2)).toEqual([
      'show manual ledgerStopped 0',
      'trace fault - ledgerStopped',
    ])
  })
  it('has entered, and the next one is read', () => {
    const bench = looked(entry().give(...arriving))
    bench.give({ type: 'passed', passId: 'gx1-P2' })
    expect(effectNames(bench)).toEqual([
      'append if it can event passUsed',
      'trace carLeft gx1-S1 entry',
      ...over,
      ...comes,
    ])
    expect(contents(bench, 'event')).toEqual([
      {
        kind: 'event',
        atMs: startMs,
        laneId: 'entry',
        stayId: 'gx1-S1',
        body: { type: 'passUsed', detail: 'entered' },
      },
    ])
  })
  it('that backs out leaves an empty lane', () => {
    const bench = looked(entry().give(loop('arrive', 'on'))).give(loop('arrive', 'off'))
    expect([bench.state.name, effectNames(bench)]).toEqual(['idle', over])
  })
  it('is not begun by a car that drives out over the other loop', () => {
    const bench = entry().give(loop('under', 'on'), loop('under', 'off'))
    expect([bench.state.name, bench.state.car, effectNames(bench)]).toEqual(['idle', null, []])
  })
  it('that stands under the boom is not gone when its loop is not known any more', () => {
    const bench = entry().give(loop('arrive', 'on'), loop('under', 'on'), loop('arrive', 'off'))
    bench.give({ type: 'loop', loop: 'under', state: 'unknown' })
    expect(bench.state.name).toBe('reading')
    expect(bench.give(loop('under', 'off')).state.name).toBe('idle')
  })
  it('read too long before the loop is forgotten', () => {
    const bench = entry().give(plateEvent(plate), timerEvent('early'))
    expect([bench.state.early, effectNames(bench)]).toEqual([null, ['timer early 5000']])
  })
})

describe('the boom', () => {
  it('is seen open once for a car, and for nobody in an empty lane', () => {
    expect(effectNames(letOut().give(position('open'), position('open')))).toEqual([
      'trace barrierOpen gx1-S1 ',
    ])
    expect(effectNames(letOut().give(position('closed')))).toEqual([])
    expect(effectNames(entry().give(position('open')))).toEqual([])
  })
  it('that fails is told, and one that rose alone is written', () => {
    const bench = entry().give(fault('loopStuck'), fault('openedAlone'))
    expect(effectNames(bench)).toEqual([
      'trace fault - loopStuck',
      'append if it can audit',
      'trace fault - openedAlone',
    ])
    expect(contents(bench, 'audit')).toEqual([
      {
        kind: 'audit',
        atMs: startMs,
        laneId: 'entry',
        body: {
          act: 'boom.openedAlone',
          by: 'etc-lane',
          role: 'attendant',
          reason: 'BOOM-01',
          commandId: `boom-entry-${startMs}`,
          result: 'told',
        },
      },
    ])
  })
  it('that may not move: the driver reads so, until a person opens', () => {
    const bench = letOut().give(fault('loopStuck'))
    expect([effectNames(bench), bench.state.shown.tone]).toEqual([
      ['trace fault gx1-S1 loopStuck'],
      'go',
    ])
    bench.give(fault('disarmed'))
    expect(effectNames(bench)).toEqual(['show notArmed', 'trace fault gx1-S1 disarmed'])
    bench.give(byHand)
    expect(effectNames(bench)).toEqual(['barrier open', 'append if it can audit', 'show go'])
    expect(shownWord(bench.state.shown)).toBe('go')
    expect(bench.rows.filter(({ kind }) => kind === 'pass')).toHaveLength(1)
    expect(contents(bench, 'audit')).toEqual([
      {
        kind: 'audit',
        atMs: startMs,
        laneId: 'exit',
        stayId: 'gx1-S1',
        body: { act: 'lane.open', ...act(), result: 'commanded' },
      },
    ])
  })
  it('that may not move says nothing to a driver who does not read that he may go', () => {
    const bench = looked(entry().give(loop('arrive', 'on'))).give(fault('disarmed'))
    expect([effectNames(bench), shownWord(bench.state.shown)]).toEqual([
      ['trace fault - disarmed'],
      'reading',
    ])
  })
  it('that was never heard of lifts nothing: a hand leaves the driver his words', () => {
    const bench = new LaneBench({ table: entryLane })
    expect(bench.state.shown).toMatchObject({ zh: '', en: '' })
    bench.give(loop('arrive', 'on'), byHand)
    expect(shownWord(bench.state.shown)).toBe('reading')
  })
  it('that fails otherwise leaves who was let go by hand his words', () => {
    const bench = new LaneBench().give(...arriving, byHand)
    expect([bench.state.name, bench.state.shown.tone]).toEqual(['manual', 'go'])
    expect(bench.give(fault('loopStuck')).state.shown.tone).toBe('go')
  })
  it('that a person opens for a car that owes: act, pass and command are of its stay', () => {
    const bench = looked(new LaneBench().entered(70).give(...arriving)).give(byHand)
    expect(bench.state.name).toBe('opening')
    const of = { atMs: startMs, laneId: 'exit', stayId: 'gx1-S1' }
    const passId = bench.state.car?.pass?.passId
    expect(contents(bench, 'pass')).toEqual([
      { kind: 'pass', ...of, body: { passId, cause: 'emergency', by: 'anna', reason: 'asked' } },
    ])
    expect(contents(bench, 'barrier')).toEqual([
      { kind: 'barrier', ...of, body: { passId, command: 'open', result: 'told' } },
    ])
    expect(contents(bench, 'audit')).toMatchObject([{ stayId: 'gx1-S1' }])
  })
  it('that a person opens for a car keeps what the driver reads', () => {
    const bench = letOut().give(byHand)
    expect(effectNames(bench).at(-1)).toBe('show goFree')
    expect(bench.openedByHand).toBe(1)
  })
  it('that a person opens in an empty lane: act, pass and command belong to no stay', () => {
    const bench = entry().give(byHand)
    expect(effectNames(bench)).toEqual([
      'append if it can audit, pass emergency, barrier',
      'barrier open',
      'trace barrierCommanded - gx1-P1',
    ])
    expect([bench.openedByHand, bench.state.name]).toEqual([1, 'idle'])
    const at = { atMs: startMs, laneId: 'entry' }
    expect(bench.rows.map(({ kind }) => contents(bench, kind)[0])).toEqual([
      { kind: 'audit', ...at, body: { act: 'lane.open', ...act(), result: 'commanded' } },
      {
        kind: 'pass',
        ...at,
        stayId: '',
        body: { passId: 'gx1-P1', cause: 'emergency', by: 'anna', reason: 'asked' },
      },
      { kind: 'barrier', ...at, body: { passId: 'gx1-P1', command: 'open', result: 'told' } },
    ])
  })
  it('whose board is lost tells nothing any more, and it comes back without what it knew', () => {
    const bench = letOut().give(position('open'), { type: 'barrierDown', reason: 'x' })
    const { arrive, under, position: at, barrierUp } = bench.state
    expect([arrive, under, at, barrierUp]).toEqual(['unknown', 'unknown', 'unknown', false])
    bench.give({ type: 'barrierUp' })
    expect([bench.state.barrierUp, bench.state.arrive]).toEqual([true, 'unknown'])
  })
})

describe('a car with its pass', () => {
  const used = (detail: string): object[] => [
    {
      kind: 'event',
      atMs: startMs,
      laneId: 'exit',
      stayId: 'gx1-S1',
      body: { type: 'passUsed', detail },
    },
  ]
  it('that is on no loop for long: its pass is over, the boom comes down', () => {
    const bench = letOut().give(loop('arrive', 'off'), timerEvent('early'), timerEvent('plate'))
    expect([effectNames(bench), bench.state.wentBack]).toEqual([['timer gone 20000'], 'yes'])
    bench.give(timerEvent('gone'))
    expect(effectNames(bench)).toEqual([
      'append if it can event passUsed',
      'barrier close',
      'trace fault gx1-S1 leftUnseen',
      ...over,
    ])
    expect(contents(bench, 'event')).toEqual(used('offTheLoops'))
    expect(bench.state.wentBack).toBe('no')
  })
  const both = (at: 'off' | 'unknown') => [loop('arrive', at), loop('under', at)]
  it('that is on no loop is not waited for anew by inputs that are unknown for a moment', () => {
    const bench = looked(letOut().give(loop('arrive', 'off')))
    bench.give(...both('unknown'), ...both('off'), ...both('unknown'), ...both('off'))
    expect(effectNames(bench)).toEqual([])
    bench.give(timerEvent('gone'))
    expect(effectNames(bench)).toContain('trace fault gx1-S1 leftUnseen')
  })
  it('does not go while nobody knows whether it is there, and is waited for anew', () => {
    const bench = letOut().give(loop('arrive', 'off'), ...both('unknown'), timerEvent('gone'))
    expect(bench.state.name).toBe('opening')
    looked(bench).give(...both('off'))
    expect(effectNames(bench)).toEqual(['timer gone 20000'])
    bench.give(loop('arrive', 'on'), loop('arrive', 'off'))
    expect(effectNames(bench)).toEqual(['timer gone off', 'timer gone 20000'])
  })
  it('that drives through is waited for at each loop', () => {
    const bench = letOut().give(loop('under', 'on'), loop('arrive', 'off'))
    expect([effectNames(bench), bench.state.wentBack]).toEqual([
      ['timer gone off', 'timer gone off'],
      'no',
    ])
    bench.give(loop('under', 'off'))
    expect([effectNames(bench), bench.state.wentBack]).toEqual([['timer gone 20000'], 'yes'])
    bench.give(loop('arrive', 'on'))
    expect(effectNames(bench)).toEqual(['timer gone off'])
  })
  it('keeps the plate of the next one, read behind it', () => {
    const bench = letOut().give(plateEvent(otherPlate))
    expect([effectNames(bench), bench.state.early?.read.plate]).toEqual([
      ['timer early 5000'],
      otherPlate,
    ])
    expect(bench.state.wentBack).toBe('no')
    expect(bench.give(timerEvent('plate')).state.early?.read.plate).toBe(otherPlate)
    expect(bench.give(timerEvent('early')).state.early).toBe(null)
    const own = letOut().give(plateEvent('测A12346'), plateEvent(null))
    expect([effectNames(own), own.state.early]).toEqual([[], null])
  })
  it('that went back is itself when it is read again, and not when another is', () => {
    const back = letOut().give(loop('arrive', 'off'), plateEvent(plate))
    expect(back.state.wentBack).toBe('yes')
    expect(back.give(loop('arrive', 'on')).state.name).toBe('opening')
    const again = letOut().give(loop('arrive', 'off'), loop('arrive', 'on'), plateEvent(plate))
    expect(again.state.wentBack).toBe('no')
    const next = letOut().give(loop('arrive', 'off'), plateEvent(otherPlate))
    expect([effectNames(next), next.state.wentBack]).toEqual([
      ['timer gone 20000', 'timer early 5000'],
      'followed',
    ])
    expect(next.give(loop('arrive', 'off')).state.wentBack).toBe('followed')
  })
  it('that went back, and another one stands there: the pass is over, the other one is read', () => {
    const bench = letOut().give(loop('arrive', 'off'), loop('arrive', 'on'), plateEvent(otherPlate))
    expect(effectNames(bench).slice(2, 12)).toEqual([
      'append if it can event passUsed',
      'barrier close',
      'trace fault gx1-S1 backedOut',
      ...over,
    ])
    expect(contents(bench, 'event')).toEqual(used('wentBackIn'))
    expect(bench.state.car?.plate).toBe(otherPlate)
  })
  it('that went back and was followed keeps its pass until the other one stands there', () => {
    const bench = letOut().give(loop('arrive', 'off'), plateEvent(otherPlate))
    // A board that returns reports one loop at a time.
    bench.give({ type: 'barrierDown', reason: 'x' }, { type: 'barrierUp' }, loop('arrive', 'off'))
    expect([bench.state.name, bench.state.car?.plate]).toEqual(['opening', plate])
    looked(bench).give(loop('arrive', 'on'))
    expect(effectNames(bench).slice(0, 10)).toEqual([
      'append if it can event passUsed',
      'barrier close',
      'trace fault gx1-S1 backedOut',
      ...over,
    ])
    expect(contents(bench, 'event')).toEqual(used('wentBackIn'))
    expect(bench.state.car?.plate).toBe(otherPlate)
  })
  it('that differs by one character from who comes back is another one where the lot says so', () => {
    const strict = new LaneBench({ plateTolerance: 0 }).entered(5).give(...arriving)
    strict.give(loop('arrive', 'off'), plateEvent('测A12346'))
    expect(strict.state.wentBack).toBe('followed')
    const loose = letOut().give(loop('arrive', 'off'), plateEvent('测A12346'))
    expect(loose.state.wentBack).toBe('yes')
  })
})

describe('a pass that a restart finds', () => {
  const car = present(letOut().state.car, 'a car with its pass')
  it.each([
    [
      'its car is gone: nothing moves',
      { told: true, fate: 'gone' },
      ['trace fault gx1-S1 leftDuringRestart'],
      'opening',
    ],
    [
      'nobody knows who waits: nothing moves',
      { told: true, fate: 'inDoubt' },
      ['trace fault gx1-S1 passInDoubt'],
      'idle',
    ],
    [
      'its car is here: the boom opens from the record',
      { told: false, fate: 'here' },
      ['barrier open', 'trace barrierCommanded gx1-S1 gx1-P3', 'show go'],
      'opening',
    ],
    [
      'and was told before: a person is told too',
      { told: true, fate: 'here' },
      [
        'trace fault gx1-S1 restartAfterOpen',
        'barrier open',
        'trace barrierCommanded gx1-S1 gx1-P3',
        'show go',
      ],
      'opening',
    ],
  ] as const)('%s', (_name, how, lines, end) => {
    const bench = looked(new LaneBench()).give({ type: 'resume', car, ...how })
    expect([effectNames(bench), bench.state.name]).toEqual([lines, end])
    expect(bench.state.inDoubt).toBe(how.fate === 'inDoubt' ? plate : null)
  })
  it('in doubt, and the next one is not read: a person, and the doubt ends with that car', () => {
    const bench = looked(new LaneBench()).give({ type: 'resume', car, told: true, fate: 'inDoubt' })
    bench.give(loop('arrive', 'on'), timerEvent('obu'), timerEvent('plate'))
    expect(bench.state.car?.manual).toBe('passInDoubt')
    bench.give(loop('arrive', 'off'))
    expect([bench.state.name, bench.state.inDoubt]).toEqual(['idle', null])
  })
})
