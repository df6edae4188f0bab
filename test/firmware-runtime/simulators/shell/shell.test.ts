// The parts that every simulator process shares: arguments, faults, store, agenda, test TAC.
// Wrong arguments and wrong faults are refused by name.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Agenda, cancel } from '#simulators/shell/agenda.ts'
import { parseSimArguments, usageOf, type SimFlags } from '#simulators/shell/arguments.ts'
import { openStore } from '#simulators/shell/store.ts'
import { createFaultEngine } from '#simulators/shell/faults.ts'
import { createJournal } from '#simulators/shell/journal.ts'
import { flipBits } from '#simulators/shell/mangle.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { tacInputHex, testTac } from '#simulators/shell/test-tac.ts'

const code = (field: string): unknown =>
  expect.objectContaining({ code: 'ARG-01', detail: expect.objectContaining({ field }) })

const full: SimFlags = {
  name: 'some-sim',
  listens: ['pty', 'tcp'],
  variants: ['generic-bcc', 'generic-ver'],
  pushes: true,
  flags: { tac: 'test|any' },
}
const bare: SimFlags = { name: 'bare-sim', listens: ['https'] }

describe('arguments', () => {
  it('reads all flags, with = or apart', () => {
    expect(
      parseSimArguments(
        [
          ...['--listen', 'tcp://127.0.0.1:0', '--admin=http://127.0.0.1:7', '--seed', '9'],
          ...['--timing', 'instant', '--books=b.jsonl', '--variant', 'generic-ver'],
          ...['--target', 'http://x/', '--die-with-parent', '--tac', 'any'],
        ],
        full,
      ),
    ).toEqual({
      listen: { kind: 'tcp', host: '127.0.0.1', port: 0 },
      admin: { host: '127.0.0.1', port: 7 },
      variant: 'generic-ver',
      storeFile: 'b.jsonl',
      timing: 'instant',
      seed: 9,
      target: 'http://x/',
      dieWithParent: true,
      extra: { tac: 'any' },
    })
    expect(parseSimArguments(['--listen', 'pty:/x y'], full).listen).toEqual({
      kind: 'pty',
      path: '/x y',
    })
  })

  it.each([
    [['--listen', 'pty:'], '--listen'],
    [['--listen', 'tcp://0.0.0.0:1'], '--listen'],
    [['--listen', 'tcp://127.0.0.1:70000'], '--listen'],
    [['--listen', 'udp://127.0.0.1:1'], '--listen'],
    [['--listen'], '--listen'],
    [['--admin', 'tcp://127.0.0.1:1'], '--admin'],
    [['--admin', 'http://192.0.2.1:1'], '--admin'],
    [['--timing', 'slow'], '--timing'],
    [['--seed', '-1'], '--seed'],
    [['--seed', '4294967296'], '--seed'],
    [['--seed', '1', '--seed', '1'], '--seed'],
    [['--die-with-parent=yes'], '--die-with-parent'],
    [['--variant', 'other'], '--variant'],
    [['--listen', 'https://127.0.0.1:0'], '--listen'],
  ])('refuses %j', (argv, field) => {
    expect(() => parseSimArguments(argv, full)).toThrowError(code(field))
  })

  it.each([['--nope'], ['listen'], ['-x'], ['--variant'], ['--target']])(
    'one without it does not know %s',
    (word) => {
      expect(() => parseSimArguments([word, '1'], bare)).toThrowError(
        expect.objectContaining({ code: 'ARG-01' }),
      )
    },
  )
  it('means the first variant, and help says what is taken', () => {
    expect(parseSimArguments([], full).variant).toBe('generic-bcc')
    expect(usageOf(bare)).toBe(
      'bare-sim [--listen https://127.0.0.1:0] [--admin http://127.0.0.1:0] [--books FILE] ' +
        '[--timing instant|standard] [--seed N]',
    )
    expect(usageOf(full)).toContain('[--variant generic-bcc|generic-ver] [--target URL]')
    expect(usageOf(full)).toContain('[--tac test|any]')
  })
})

describe('faults', () => {
  it('hits after `skip`, `times` times, at its place and moment only', () => {
    const faults = createFaultEngine()
    faults.add({ at: 'B5', when: 'after', do: 'drop', skip: 1, times: 2 })
    const tried = Array.from({ length: 5 }, () => faults.decide('B5', 'after')?.do)
    expect(tried).toEqual([undefined, 'drop', 'drop', undefined, undefined])
    expect(faults.decide('B5', 'before')).toBeNull()
    expect(faults.decide('B4', 'after')).toBeNull()
    expect(faults.list()).toMatchObject([{ id: 1, seen: 5, hits: 2 }])
  })

  it('lets the first of several act and counts every pass for all', () => {
    const faults = createFaultEngine()
    faults.add([
      { at: 'a', do: 'drop' },
      { at: 'a', do: 'delay', ms: 5, skip: 1 },
      { at: 'a', do: 'cut', times: 0 },
    ])
    expect([1, 2, 3, 4].map(() => faults.decide('a', 'before')?.do)).toEqual([
      'drop',
      'delay',
      'cut',
      'cut',
    ])
    faults.clear()
    expect(faults.decide('a', 'before')).toBeNull()
  })

  it.each([
    [null, '/'],
    [[], undefined],
    [{ do: 'drop' }, '/at'],
    [{ at: 'B9', do: 'drop' }, '/at'],
    [{ at: 'B5', do: 'explode' }, '/do'],
    [{ at: 'B5', do: 'drop', when: 'never' }, '/when'],
    [{ at: 'B5', do: 'drop', skip: -1 }, '/skip'],
    [{ at: 'B5', do: 'drop', times: 1.5 }, '/times'],
    [{ at: 'B5', do: 'delay', ms: '5' }, '/ms'],
    [{ at: 'B5', do: 'status', status: 99 }, '/status'],
    [[{ at: 'B5', do: 'drop' }, { at: 'B5' }], '/do'],
  ])('refuses %j and adds nothing', (input, field) => {
    const faults = createFaultEngine({ places: ['B5'] })
    if (field === undefined) expect(faults.add(input)).toEqual([])
    else expect(() => faults.add(input)).toThrowError(code(field))
    expect(faults.list()).toEqual([])
  })
})

describe('books', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sim-books-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const write = async (file: string, rows: readonly unknown[]): Promise<void> => {
    const { writer } = openStore(file)
    await Promise.all(rows.map((row) => writer.append(row)))
    await writer.close()
  }

  it('keeps rows in order and finds them again', async () => {
    const file = join(folder, 'b')
    await write(file, [{ a: 1 }, { a: 2 }])
    await write(file, [{ a: 3 }])
    expect(openStore(file).rows).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
  })

  it('has the row on disk when the promise settles', async () => {
    const file = join(folder, 'b')
    const { writer } = openStore(file)
    await writer.append({ paid: 500 })
    expect(readFileSync(file, 'utf8')).toBe('{"paid":500}\n')
    expect(writer.settled()).toBeNull()
    const second = writer.append({ paid: 600 })
    expect(writer.settled()).not.toBeNull()
    await second
    await writer.close()
  })

  it('forgives a line torn at any byte, and goes on behind it', async () => {
    const last = '{"b":"测"}\n'
    const bytes = Buffer.from(last)
    for (let cut = 1; cut < bytes.length; cut++) {
      const file = join(folder, `torn-${cut}`)
      await write(file, [{ a: 1 }])
      appendFileSync(file, bytes.subarray(0, cut))
      const opened = openStore(file)
      expect(opened).toMatchObject({ rows: [{ a: 1 }], tornBytes: cut })
      await opened.writer.append({ c: 3 })
      await opened.writer.close()
      expect(openStore(file).rows).toEqual([{ a: 1 }, { c: 3 }])
    }
  })

  it('does not forgive a bad line in the middle', () => {
    const file = join(folder, 'b')
    writeFileSync(file, '{"a":1}\nx\n{"a":2}\n')
    expect(() => openStore(file)).toThrowError(expect.objectContaining({ code: 'FILE-02' }))
  })

  it('says when the file cannot be opened', () => {
    expect(() => openStore(join(folder, 'no', 'such'))).toThrowError(
      expect.objectContaining({ code: 'FILE-01' }),
    )
  })
})

describe('agenda', () => {
  it('runs in order of time, then of making, and what is planned on the way', () => {
    const agenda = new Agenda()
    const ran: string[] = []
    agenda.plan(20, () => ran.push('b'))
    agenda.plan(10, () => {
      ran.push('a')
      agenda.plan(5, () => ran.push('a2'))
    })
    agenda.plan(20, () => ran.push('c'))
    const off = agenda.plan(12, () => ran.push('never'))
    cancel(off)
    expect(agenda.nextDueUs()).toBe(10)
    agenda.runUntil(30)
    expect(ran).toEqual(['a', 'a2', 'b', 'c'])
    expect([agenda.nextDueUs(), agenda.nowUs]).toEqual([null, 30])
  })
})

describe('test TAC', () => {
  it.each([
    [500, '370100000001', 17, '20231115061320', 'F9F394EB'],
    [0, '370100000002', 4_294_967_295, '20261120235959', 'EBCB5DBD'],
  ])('vector of docs/test-keys.md: %i fen', (amountFen, psamTerminal, psamSerial, timeBcd, tac) => {
    const input = { amountFen, transType: '09', psamTerminal, psamSerial, timeBcd }
    expect(testTac(input)).toBe(tac)
    const page = readFileSync('docs/test-keys.md', 'utf8')
    expect(page).toContain(`\`${tacInputHex(input)}\` | \`${tac}\``)
  })
})

describe('small parts', () => {
  it('repeats random numbers by seed', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed)
      return [random(), random(), random()]
    }
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(3).every((n) => n >= 0 && n < 1)).toBe(true)
  })

  it('flips exactly as many bits as asked', () => {
    const flipped = flipBits(new Uint8Array(8), 5, seededRandom(1))
    const ones = [...flipped].reduce((sum, b) => sum + b.toString(2).replaceAll('0', '').length, 0)
    expect(ones).toBe(5)
  })

  it('keeps the latest journal entries and pages them', () => {
    const journal = createJournal(() => 5)
    for (let i = 1; i <= 2500; i++) journal.note('in', String(i))
    expect(journal.after(0, 1)).toEqual([{ seq: 501, atMs: 5, dir: 'in', text: '501' }])
    expect(journal.after(2499, 10).map((e) => e.text)).toEqual(['2500'])
  })
})
